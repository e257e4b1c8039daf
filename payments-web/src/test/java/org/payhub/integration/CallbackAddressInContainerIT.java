package org.payhub.integration;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.merchant.Merchants;
import org.payhub.merchant.NewMerchant;
import org.payhub.platform.HubConfig;
import org.payhub.platform.HubDataSource;
import org.payhub.platform.Ids;
import org.payhub.platform.MasterKey;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;

/** Our address for webhooks, called by its public name, where it is right and where it is not. */
@Tag("database")
@ExtendWith(ArquillianExtension.class)
class CallbackAddressInContainerIT {

    private static final String BASE_URL = "PAYHUB_BASE_URL";

    @Inject Merchants merchants;
    @Inject Integrations integrations;
    @Inject IntegrationRecords records;
    @Inject CallbackAddress address;
    @Inject CredentialVault vault;
    @Inject HubConfig config;

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    private Scope owner;
    private IntegrationId id;

    @BeforeEach
    void connect() throws SQLException {
        Actor person = new Actor(Actor.Kind.USER, UUID.randomUUID(), "Olga Owner", "");
        MerchantId merchant =
                merchants.add(new NewMerchant("Calls", "Centre", "EUR", "Europe/Madrid"), person);
        owner = new Scope(merchant, person, Role.OWNER, Set.of(), Optional.empty(), false);
        id = IntegrationId.next();
        try (Connection connection = dataSource.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement(
                                "INSERT INTO integration (id, merchant_id, provider, livemode,"
                                        + " status, paused, all_methods, position,"
                                        + " settlement_assets, missing_rights, warnings,"
                                        + " webhook_key, bare_url, refusals_in_a_row, connected_at,"
                                        + " first_event_at, version) VALUES (?, ?, 'alppay', FALSE,"
                                        + " 'TEST', FALSE, FALSE, 0, 'USDT:tron', '', '', ?, FALSE,"
                                        + " 0, ?, ?, 0)");
                PreparedStatement key =
                        connection.prepareStatement(
                                "INSERT INTO integration_credential (id, integration_id, field,"
                                        + " sealed, fingerprint, ending, added_at, version)"
                                        + " VALUES (?, ?, 'hmac_key', ?, ?, '0001', ?, 0)")) {
            Timestamp longAgo = Timestamp.from(Instant.now().minusSeconds(91L * 24 * 3600));
            insert.setBytes(1, Ids.bytes(id.value()));
            insert.setBytes(2, Ids.bytes(merchant.value()));
            insert.setString(3, MasterKey.token());
            insert.setTimestamp(4, longAgo);
            insert.setTimestamp(5, longAgo);
            insert.executeUpdate();
            byte[] plain = "a-key-that-opens-nothing".getBytes(StandardCharsets.UTF_8);
            key.setBytes(1, Ids.bytes(UUID.randomUUID()));
            key.setBytes(2, Ids.bytes(id.value()));
            key.setBytes(
                    3,
                    vault.seal(
                                    id,
                                    "hmac_key",
                                    org.payhub.provider.spi.Secret.of(
                                            new String(plain, StandardCharsets.UTF_8)),
                                    true,
                                    Instant.now())
                            .sealed());
            key.setBytes(4, MasterKey.sha256(plain));
            key.setTimestamp(5, longAgo);
            key.executeUpdate();
        }
    }

    private IntegrationDetail detail() {
        return integrations.get(owner, id);
    }

    /** Calls the address as if the hub were known by that name. */
    private void callAt(String baseUrl) {
        String before = System.getProperty(BASE_URL);
        System.setProperty(BASE_URL, baseUrl);
        try {
            address.call(id);
        } finally {
            if (before == null) {
                System.clearProperty(BASE_URL);
            } else {
                System.setProperty(BASE_URL, before);
            }
        }
    }

    @Test
    void an_address_that_answers_is_no_problem_and_leaves_nothing_but_the_record_of_the_call()
            throws SQLException {
        address.call(id);

        IntegrationDetail detail = detail();
        assertThat(detail.health().webhookProblem()).isEmpty();
        assertThat(detail.row().status()).isEqualTo(IntegrationStatus.TEST);
        assertThat(detail.health().refusals()).isEmpty();
        assertThat(count("webhook_delivery")).isZero();
    }

    @Test
    void nobody_there_asks_for_action_until_the_address_answers_again() {
        callAt("http://127.0.0.1:1");
        IntegrationDetail unreached = detail();

        address.call(id);

        assertThat(unreached.row().status()).isEqualTo(IntegrationStatus.ACTION_NEEDED);
        assertThat(unreached.health().webhookProblem())
                .hasValueSatisfying(
                        problem ->
                                assertThat(problem)
                                        .contains(
                                                "http://127.0.0.1:1/payments/prepaid/alppay/…",
                                                "cannot be reached from outside",
                                                "no connection could be made"));
        assertThat(detail().row().status()).isEqualTo(IntegrationStatus.TEST);
    }

    @Test
    void an_answer_of_somebody_else_is_not_ours() {
        callAt(config.simulatorBaseUrl().orElseThrow());

        assertThat(detail().health().webhookProblem())
                .hasValueSatisfying(
                        problem -> assertThat(problem).contains("something else answers there"));
    }

    @Test
    void only_a_question_at_the_address_of_an_integration_is_answered() {
        String key = detail().webhookUrls().keyed();
        key = key.substring(key.lastIndexOf('/') + 1);

        Optional<String> one = address.answer("alppay", key, "00ff");
        Optional<String> other = address.answer("alppay", key, "00fe");

        assertThat(one).hasValueSatisfying(text -> assertThat(text).matches("[0-9a-f]{64}"));
        assertThat(other).isPresent().isNotEqualTo(one);
        assertThat(address.answer("stripe", key, "00ff")).isEmpty();
        assertThat(address.answer("alppay", "nobodys", "00ff")).isEmpty();
        assertThat(address.answer("alppay", key, "a question")).isEmpty();
        assertThat(address.answer("alppay", key, "")).isEmpty();
    }

    @Test
    void a_key_of_ninety_days_is_named_on_the_checklist() {
        IntegrationDetail detail = detail();

        assertThat(detail.warnings()).anyMatch(w -> w.startsWith("The HMAC key has been in use"));
        assertThat(detail.checklist())
                .anyMatch(
                        item ->
                                item.key().equals("key_age")
                                        && item.state() == ChecklistItem.State.HINT);
        assertThat(detail.row().status()).isEqualTo(IntegrationStatus.TEST);
    }

    private long count(String table) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "SELECT COUNT(*) FROM " + table + " WHERE integration_id = ?")) {
            select.setBytes(1, Ids.bytes(id.value()));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
