package org.payhub.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.provider.http.TestWire;
import org.payhub.provider.spi.CredentialField;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.Ignored;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.ProviderProfile;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookRejected;

/**
 * The exam of every connector. It runs under several languages of the machine, because formatting a
 * number in the machine's language has broken signatures before.
 */
public abstract class ProviderConnectorContract {

    /** When the sample webhooks are signed and received. */
    protected static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    // --- what a newcomer says of itself ---

    /** The connector, calling that address. */
    protected abstract ProviderConnector connector(String apiBase);

    /**
     * Credentials that open nothing; the last one of each secret is what samples are signed with.
     */
    protected abstract Credentials credentials();

    /** Other credentials of the same look, which sign otherwise. */
    protected abstract Credentials otherCredentials();

    /** A genuine webhook with that body. */
    protected abstract RawWebhook signed(
            Credentials signer, byte[] body, Instant signedAt, Instant receivedAt);

    /** A webhook of which nobody signed anything. */
    protected abstract RawWebhook unsigned(byte[] body, Instant receivedAt);

    /** Webhooks whose signature is broken in every way that this provider's form allows. */
    protected abstract List<RawWebhook> malformed(byte[] body, Instant receivedAt);

    /** Whether the time is part of what is signed. */
    protected abstract boolean signsTime();

    /** The body of an event that tells a taken payment of that amount. */
    protected abstract byte[] paid(Money amount);

    /** The body of a taken payment with more decimals than its currency has. */
    protected abstract Optional<byte[]> paidWithTooManyDigits();

    /** The body of an event of a type that does not exist. */
    protected abstract byte[] unknown();

    /** An amount of that asset that this provider can carry. */
    protected Money amountOf(Asset asset) {
        return Money.ofMinor(12_340, asset);
    }

    /**
     * What such a body comes to: what it says, and where that is not enough, what the provider says
     * when it is read.
     */
    protected List<ProviderEvent> toldBy(byte[] body) {
        return connector().translate(verified(body));
    }

    /** What the sample webhook tells of; its text without a point holds 2500. */
    protected Money sampleAmount() {
        return Money.ofMinor(2_500, "EUR");
    }

    /** One call that needs the wire, with an answer that is not looked at. */
    protected abstract void call(ProviderConnector connector, Credentials credentials);

    /** What this provider answers to a key that it does not know. */
    protected abstract TestWire.Answer refusal();

    // --- the exam ---

    private ProviderConnector connector() {
        return connector("http://127.0.0.1:1");
    }

    private byte[] body() {
        return paid(sampleAmount());
    }

    protected VerifiedWebhook verified(byte[] body) {
        return connector().verify(credentials(), signed(credentials(), body, NOW, NOW));
    }

    @Test
    void the_profile_is_complete() {
        ProviderProfile profile = connector().profile();
        Set<String> fields = new HashSet<>();

        assertThat(profile.code()).matches("[a-z][a-z0-9]{1,23}");
        assertThat(profile.name()).isNotBlank();
        assertThat(profile.assets()).isNotEmpty();
        assertThat(profile.credentialFields()).isNotEmpty();
        for (CredentialField field : profile.credentialFields()) {
            assertThat(field.key()).matches("[a-z][a-z0-9_]*");
            assertThat(fields.add(field.key())).isTrue();
        }
        assertThat(profile.hosts()).allMatch(host -> host.matches("https?://[^/]+"));
    }

    @InEveryLanguage
    void a_genuine_webhook_verifies_and_is_acknowledged() {
        VerifiedWebhook verified = verified(body());

        assertThat(verified.eventKey()).isNotBlank();
        assertThat(verified.eventType()).isNotBlank();
        assertThat(verified.fingerprint()).contains("2500");
        assertThat(connector().acknowledge(verified).status()).isBetween(200, 299);
    }

    @InEveryLanguage
    void an_unsigned_a_tampered_and_a_foreign_webhook_are_refused() {
        byte[] tampered = body().clone();
        tampered[tampered.length / 2] ^= 1;
        RawWebhook genuine = signed(credentials(), body(), NOW, NOW);

        refused(unsigned(body(), NOW));
        refused(
                new RawWebhook(
                        genuine.method(),
                        genuine.kind(),
                        genuine.query(),
                        genuine.headers(),
                        tampered,
                        NOW));
        refused(signed(otherCredentials(), body(), NOW, NOW));
    }

    @InEveryLanguage
    void a_webhook_that_is_too_old_or_from_the_future_is_refused_where_time_is_signed() {
        if (!signsTime()) {
            return;
        }
        refused(signed(credentials(), body(), NOW, NOW.plus(Duration.ofMinutes(6))));
        refused(signed(credentials(), body(), NOW, NOW.minus(Duration.ofMinutes(6))));
    }

    @InEveryLanguage
    void whatever_is_wrong_with_a_webhook_it_is_refused_and_nothing_else_is_thrown() {
        List<byte[]> bodies =
                List.of(
                        new byte[0],
                        new byte[] {(byte) 0xff, (byte) 0xfe},
                        "null".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                        "[]".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        List<RawWebhook> all = new ArrayList<>(malformed(body(), NOW));
        bodies.forEach(b -> all.add(signed(credentials(), b, NOW, NOW)));
        bodies.forEach(b -> all.add(unsigned(b, NOW)));
        assertThat(all).isNotEmpty();
        all.forEach(this::refused);
    }

    private void refused(RawWebhook raw) {
        ProviderConnector connector = connector();
        WebhookRejected rejected =
                catchThrowableOfType(
                        WebhookRejected.class, () -> connector.verify(credentials(), raw));
        assertThat(rejected).isNotNull();
        assertThat(connector.refuse(rejected).status()).isBetween(400, 499);
        assertThat(catchThrowable(() -> connector.hints(raw))).isNull();
    }

    @Test
    void without_a_secret_nothing_is_genuine() {
        Credentials none = new Credentials(credentials().owner(), Map.of());

        assertThatThrownBy(() -> connector().verify(none, signed(credentials(), body(), NOW, NOW)))
                .isInstanceOf(WebhookRejected.class);
    }

    @Test
    void translating_twice_says_the_same() {
        VerifiedWebhook verified = verified(body());

        assertThat(connector().translate(verified)).isEqualTo(connector().translate(verified));
    }

    @InEveryLanguage
    void an_unknown_event_is_ignored() {
        assertThat(connector().translate(verified(unknown())))
                .isNotEmpty()
                .allMatch(Ignored.class::isInstance);
    }

    @InEveryLanguage
    void amounts_are_exact_in_every_asset_of_the_profile() {
        for (Asset asset : connector().profile().assets()) {
            Money amount = amountOf(asset);

            List<ProviderEvent> events = toldBy(paid(amount));

            assertThat(events)
                    .as(asset.code())
                    .filteredOn(ProviderConnectorContract::tellsMoney)
                    .extracting(ProviderConnectorContract::toldMoney)
                    .containsExactly(amount);
        }
    }

    @InEveryLanguage
    void an_amount_with_too_many_digits_is_not_rounded() {
        Optional<byte[]> body = paidWithTooManyDigits();
        if (body.isEmpty()) {
            return;
        }
        Throwable thrown =
                catchThrowable(
                        () ->
                                assertThat(toldBy(body.get()))
                                        .noneMatch(ProviderConnectorContract::tellsMoney));

        assertThat(thrown == null || thrown instanceof org.payhub.platform.HubException).isTrue();
    }

    private static boolean tellsMoney(ProviderEvent event) {
        return event instanceof PaymentReported || event instanceof InvoiceReported;
    }

    private static Money toldMoney(ProviderEvent event) {
        return event instanceof InvoiceReported invoice
                ? invoice.received()
                : ((PaymentReported) event).amount();
    }

    @Test
    void a_provider_that_does_not_answer_is_unavailable_and_one_that_says_no_refuses() {
        assertThatThrownBy(() -> call(connector(), credentials()))
                .isInstanceOf(ProviderUnavailable.class);
        try (TestWire wire = new TestWire(TestWire.says(500, ""))) {
            assertThatThrownBy(() -> call(connector(wire.base()), credentials()))
                    .isInstanceOfSatisfying(
                            ProviderUnavailable.class,
                            e -> assertThat(e.mayHaveReachedProvider()).isTrue());
        }
        try (TestWire wire = new TestWire(refusal())) {
            assertThatThrownBy(() -> call(connector(wire.base()), credentials()))
                    .isInstanceOf(ProviderRefused.class);
        }
    }

    @Test
    void no_text_of_anything_holds_a_secret() {
        List<String> texts = new ArrayList<>();
        texts.add(credentials().toString());
        texts.add(connector().toString());
        texts.add(connector().profile().toString());
        Stream.<Runnable>of(
                        () -> call(connector(), credentials()),
                        () -> refusedCall(credentials()),
                        () -> connector().verify(credentials(), unsigned(body(), NOW)),
                        () ->
                                connector()
                                        .verify(
                                                credentials(),
                                                signed(otherCredentials(), body(), NOW, NOW)))
                .forEach(
                        run -> {
                            StringWriter trace = new StringWriter();
                            Throwable thrown = catchThrowable(run::run);
                            assertThat(thrown).isNotNull();
                            thrown.printStackTrace(new PrintWriter(trace));
                            texts.add(trace.toString());
                        });

        for (CredentialField field : connector().profile().credentialFields()) {
            if (field.secret()) {
                for (Secret secret : credentials().all(field.key())) {
                    assertThat(texts).noneMatch(t -> t.contains(secret.reveal()));
                }
            }
        }
    }

    private void refusedCall(Credentials credentials) {
        try (TestWire wire = new TestWire(refusal())) {
            call(connector(wire.base()), credentials);
        }
    }
}
