package org.payhub.provider.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.payhub.money.Money;
import org.payhub.provider.ProviderConnectorContract;
import org.payhub.provider.http.TestWire;
import org.payhub.provider.spi.CheckoutOpening.CheckoutOrder;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderEvent.Ignored;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.Refunding.RefundOrder;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.VerifiedWebhook;

/** Stripe sits the exam. */
class StripeConnectorTest extends ProviderConnectorContract {

    @Override
    protected ProviderConnector connector(String apiBase) {
        return StripeSamples.connector(apiBase);
    }

    @Override
    protected Credentials credentials() {
        return StripeSamples.credentials("whsec_newer", StripeSamples.SIGNING_SECRET);
    }

    @Override
    protected Credentials otherCredentials() {
        return StripeSamples.credentials("whsec_of_someone_else");
    }

    @Override
    protected RawWebhook signed(
            Credentials signer, byte[] body, Instant signedAt, Instant receivedAt) {
        List<Secret> secrets = signer.all(StripeKeys.WEBHOOK_SECRET);
        return StripeSamples.raw(
                body,
                receivedAt,
                StripeSignature.sign(secrets.get(secrets.size() - 1), signedAt, body));
    }

    @Override
    protected RawWebhook unsigned(byte[] body, Instant receivedAt) {
        return StripeSamples.raw(body, receivedAt);
    }

    @Override
    protected List<RawWebhook> malformed(byte[] body, Instant receivedAt) {
        return List.of("", "t=1", "v1=00", "t=abc,v1=00", "t,v1", "nonsense").stream()
                .map(header -> StripeSamples.raw(body, receivedAt, header))
                .toList();
    }

    @Override
    protected boolean signsTime() {
        return true;
    }

    @Override
    protected byte[] paid(Money amount) {
        boolean withTwoZeros = Set.of("ISK", "UGX").contains(amount.asset().code());
        BigInteger wire =
                withTwoZeros ? amount.minor().multiply(BigInteger.valueOf(100)) : amount.minor();
        return charge(wire.toString(), amount.asset().code().toLowerCase(Locale.ROOT));
    }

    private static byte[] charge(String amount, String currency) {
        return ("{\"id\":\"evt_1\",\"type\":\"charge.succeeded\",\"data\":{\"object\":{\"id\":"
                        + "\"ch_1\",\"object\":\"charge\",\"amount\":"
                        + amount
                        + ",\"currency\":\""
                        + currency
                        + "\",\"status\":\"succeeded\",\"paid\":true,\"captured\":true}}}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected Optional<byte[]> paidWithTooManyDigits() {
        return Optional.of(charge("550", "isk"));
    }

    @Override
    protected byte[] unknown() {
        return "{\"id\":\"evt_1\",\"type\":\"charge.invented\",\"data\":{\"object\":{}}}"
                .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void call(ProviderConnector connector, Credentials credentials) {
        ((StripeConnector) connector)
                .read(credentials, new Reference(StripeObjects.BOOKING, "txn_1"));
    }

    @Override
    protected TestWire.Answer refusal() {
        return TestWire.says(
                401,
                "{\"error\":{\"type\":\"invalid_request_error\",\"message\":\"Invalid API Key"
                        + " provided: sk_test_****ndIt\"}}");
    }

    // --- what is Stripe's own ---

    @Test
    void a_sample_verifies_and_changes_nothing() {
        StripeConnector stripe = StripeSamples.connector("http://127.0.0.1:1");
        Credentials credentials = StripeSamples.credentials();

        VerifiedWebhook sample = stripe.verify(credentials, stripe.sample(credentials, NOW));

        assertThat(stripe.translate(sample)).allMatch(Ignored.class::isInstance);
        assertThat(sample.livemode()).contains(false);
    }

    @Test
    void the_page_of_a_checkout_is_offered_in_the_clients_language() {
        Map<String, String> expected =
                Map.ofEntries(
                        Map.entry("en-US", "en"),
                        Map.entry("en-GB", "en-GB"),
                        Map.entry("es-ES", "es"),
                        Map.entry("es-MX", "es-419"),
                        Map.entry("fr-CA", "fr-CA"),
                        Map.entry("pt-BR", "pt-BR"),
                        Map.entry("ru", "ru"),
                        Map.entry("tr-TR", "tr"),
                        Map.entry("id-ID", "id"),
                        Map.entry("nn-NO", "nb"),
                        Map.entry("zh-Hant-TW", "zh-TW"),
                        Map.entry("zh-CN", "zh"),
                        Map.entry("kk-KZ", "auto"),
                        Map.entry("ar", "auto"),
                        Map.entry("und", "auto"));

        expected.forEach(
                (tag, stripes) ->
                        assertThat(StripeCheckout.locale(Locale.forLanguageTag(tag)).getValue())
                                .as(tag)
                                .isEqualTo(stripes));
    }

    @Test
    void the_end_of_a_page_is_brought_within_what_stripe_takes() {
        assertThat(StripeCheckout.expiresAt(NOW.plusSeconds(60), NOW))
                .isBetween(NOW.plusSeconds(1_800), NOW.plusSeconds(1_920));
        assertThat(StripeCheckout.expiresAt(NOW.plusSeconds(10_000_000), NOW))
                .isBetween(NOW.plusSeconds(86_000), NOW.plusSeconds(86_400));
        assertThat(StripeCheckout.expiresAt(NOW.plusSeconds(7_200), NOW))
                .isEqualTo(NOW.plusSeconds(7_200));
    }

    @Test
    void an_order_is_cut_to_what_stripe_takes_and_otherwise_left_alone() {
        UUID payment = new UUID(0x0192_0000_0000_7000L, 0x8000_0000_0000_0001L);
        CheckoutOrder order =
                new CheckoutOrder(
                        payment,
                        Money.ofMinor(2_500, "EUR"),
                        "💇".repeat(300),
                        Optional.of("not a mail"),
                        Locale.ROOT,
                        "https://hub.example/back",
                        "https://hub.example/cancel",
                        NOW.plusSeconds(7_200),
                        false,
                        true,
                        Map.of("visit_id", "vis_1", "bad[key]", "x", "k".repeat(41), "x"),
                        "key");

        var params = StripeCheckout.params(order, NOW);

        String name =
                params.getLineItems().get(0).getPriceData().getProductData().getName().toString();
        assertThat(name.codePointCount(0, name.length())).isEqualTo(250);
        assertThat(params.getCustomerEmail()).isNull();
        assertThat(params.getPaymentMethodTypes()).isNull();
        assertThat(params.getMetadata()).isEqualTo(params.getPaymentIntentData().getMetadata());
        assertThat(params.getMetadata())
                .isEqualTo(
                        Map.of(
                                "visit_id",
                                "vis_1",
                                "payhub_payment",
                                params.getClientReferenceId()));
    }

    @Test
    void a_call_carries_its_version_its_key_and_our_idempotency_key_and_tells_nothing_more() {
        Map<String, List<String>> sent = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        try (TestWire wire =
                new TestWire(
                        exchange -> {
                            sent.putAll(exchange.getRequestHeaders());
                            TestWire.says(400, "{\"error\":{\"message\":\"no\"}}").to(exchange);
                        })) {
            StripeConnector stripe = StripeSamples.connector(wire.base());
            assertThatThrownBy(
                            () ->
                                    stripe.refund(
                                            credentials(),
                                            new RefundOrder(
                                                    new UUID(0, 1),
                                                    List.of(
                                                            new Reference(
                                                                    StripeObjects.CHARGE, "ch_1")),
                                                    Money.ofMinor(500, "EUR"),
                                                    "duplicate",
                                                    Optional.empty(),
                                                    "refund-1")))
                    .isInstanceOf(ProviderRefused.class);
        }

        assertThat(sent.get("Stripe-Version")).containsExactly("2026-07-29.dahlia");
        assertThat(sent.get("Idempotency-Key")).containsExactly("refund-1");
        assertThat(sent.get("Authorization")).containsExactly("Bearer " + StripeSamples.SECRET_KEY);
        assertThat(sent.get("User-Agent")).containsExactly("Payhub/1");
        assertThat(sent.keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).contains("telemetry"));
    }
}
