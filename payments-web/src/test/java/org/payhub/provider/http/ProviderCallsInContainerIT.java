package org.payhub.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.platform.PageRequest;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.CallOwner;
import org.payhub.provider.spi.CheckoutOpening;
import org.payhub.provider.spi.Refunding;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.StateReading;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;

@Tag("database")
@ExtendWith(ArquillianExtension.class)
class ProviderCallsInContainerIT {

    @Inject ProviderHttp http;
    @Inject ProviderCalls calls;
    @Inject Providers providers;

    private final MerchantId merchant = MerchantId.next();
    private final UUID integration = Ids.next();

    private Scope scope(MerchantId whose, Role role) {
        return new Scope(whose, Actor.system("test"), role, Set.of(), Optional.empty(), false);
    }

    private void call(String path) {
        http.send(
                ProviderCall.to(
                                CallOwner.of(merchant.value(), integration),
                                "stripe",
                                "test.probe",
                                "POST",
                                http.address("stripe", "http://127.0.0.1:1", path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .requestIdIn("Request-Id")
                        .hiding(Secret.of("hidden-word"))
                        .body(
                                "note=hidden-word&customer_email=zoe@example.org&amount=5000"
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private List<ProviderCallRow> recorded(int expected) {
        Scope scope = scope(merchant, Role.OWNER);
        List<ProviderCallRow> rows = List.of();
        for (int i = 0; i < 100 && rows.size() < expected; i++) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            rows = calls.page(scope, ProviderCallFilter.all(), PageRequest.first(50)).items();
        }
        assertThat(rows).hasSize(expected);
        return rows;
    }

    @Test
    void a_call_is_recorded_redacted_and_seen_by_its_merchant_alone() {
        call("/v1/refunds?expand=charge");

        ProviderCallRow row = recorded(1).get(0);
        assertThat(row.integration()).contains(integration);
        assertThat(row.operation()).isEqualTo("test.probe");
        assertThat(row.method()).isEqualTo("POST");
        assertThat(row.address()).endsWith("/v1/refunds?expand=…");
        assertThat(row.result()).isEqualTo("refused");
        assertThat(row.httpStatus()).contains(401);
        assertThat(row.providerRequestId()).isPresent();
        assertThat(row.requestExcerpt().orElseThrow())
                .contains("amount=5000")
                .doesNotContain("hidden-word")
                .doesNotContain("zoe");
        assertThat(
                        calls.page(
                                        scope(MerchantId.next(), Role.OWNER),
                                        ProviderCallFilter.all(),
                                        PageRequest.first(50))
                                .items())
                .isEmpty();
    }

    @Test
    void the_record_is_walked_newest_first_and_filtered() {
        for (int i = 0; i < 5; i++) {
            call("/v1/refunds");
        }
        List<ProviderCallRow> all = recorded(5);
        Scope scope = scope(merchant, Role.INTEGRATOR);

        var first = calls.page(scope, ProviderCallFilter.of(integration), PageRequest.first(3));
        var second =
                calls.page(
                        scope,
                        new ProviderCallFilter(Optional.of(integration), true),
                        PageRequest.of(3, first.nextCursor().orElseThrow()));

        assertThat(first.items()).isEqualTo(all.subList(0, 3));
        assertThat(second.items()).isEqualTo(all.subList(3, 5));
        assertThat(second.nextCursor()).isEmpty();
        assertThat(
                        calls.page(scope, ProviderCallFilter.of(Ids.next()), PageRequest.first(3))
                                .items())
                .isEmpty();
        assertThat(calls.health(scope, integration).lastGood()).isEmpty();
    }

    @Test
    void the_record_is_not_for_everyone() {
        assertThatThrownBy(
                        () ->
                                calls.page(
                                        scope(merchant, Role.FRONT_DESK),
                                        ProviderCallFilter.all(),
                                        PageRequest.first(3)))
                .isInstanceOfSatisfying(
                        HubException.class,
                        e -> assertThat(e.code()).isEqualTo("access.right_missing"));
    }

    @Test
    void what_a_connector_can_do_shows_through_the_containers_proxy() {
        assertThat(providers.ability("stripe", CheckoutOpening.class)).isPresent();
        assertThat(providers.ability("stripe", Refunding.class)).isPresent();
        assertThat(providers.ability("stripe", StateReading.class)).isPresent();
        assertThat(providers.get("stripe").profile().name()).isEqualTo("Stripe");
    }
}
