package org.payhub.provider.tropipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.provider.EventText;
import org.payhub.provider.ProviderConnectorContract;
import org.payhub.provider.http.TestWire;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.ReadFirst;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;

/** Tropipay sits the exam. */
class TropipayConnectorTest extends ProviderConnectorContract {

    private static final String CARD = "00000000-0000-4000-8000-0000000000aa";
    private static final Pattern SIGNED =
            Pattern.compile("\"originalCurrencyAmount\":\"?([^\",}]+)\"?");

    @Override
    protected ProviderConnector connector(String apiBase) {
        return TropipaySamples.connector(apiBase);
    }

    @Override
    protected Credentials credentials() {
        return TropipaySamples.credentials();
    }

    @Override
    protected Credentials otherCredentials() {
        return TropipaySamples.credentials("another-id", "another-secret");
    }

    /** The proof stands inside: a mark in the body is replaced by it. */
    @Override
    protected RawWebhook signed(
            Credentials signer, byte[] body, Instant signedAt, Instant receivedAt) {
        String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
        Matcher amount = SIGNED.matcher(text);
        String digest =
                amount.find()
                        ? TropipaySignature.third(
                                "690259220262",
                                signer.get(TropipayKeys.CLIENT_ID).reveal(),
                                signer.get(TropipayKeys.CLIENT_SECRET).reveal(),
                                amount.group(1))
                        : "";
        return TropipaySamples.raw(
                text.contains("@") ? TropipaySamples.bytes(text.replace("@", digest)) : body,
                receivedAt);
    }

    @Override
    protected RawWebhook unsigned(byte[] body, Instant receivedAt) {
        return TropipaySamples.raw(body, receivedAt);
    }

    @Override
    protected List<RawWebhook> malformed(byte[] body, Instant receivedAt) {
        String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
        return List.of("", "00", "zz".repeat(32), "é".repeat(64)).stream()
                .map(digest -> text.replace("@", digest))
                .map(t -> TropipaySamples.raw(TropipaySamples.bytes(t), receivedAt))
                .toList();
    }

    @Override
    protected boolean signsTime() {
        return false;
    }

    @Override
    protected byte[] paid(Money amount) {
        return notification("OK", amount.minor().toString(), amount.asset().code());
    }

    private static byte[] notification(String status, String amount, String currency) {
        return TropipaySamples.bytes(
                "{\"status\":\"" + status + "\",\"data\":" + data(amount, currency, "5") + "}");
    }

    private static String data(String amount, String currency, String state) {
        return "{\"id\":900001,\"bankOrderCode\":\"690259220262\",\"amount\":"
                + amount
                + ",\"currency\":\""
                + currency
                + "\",\"originalCurrencyAmount\":\""
                + amount
                + "\",\"state\":"
                + state
                + ",\"paymentcardId\":\""
                + CARD
                + "\",\"createdAt\":\"2026-11-20T09:59:00.000Z\",\"signaturev3\":\"@\"}";
    }

    /** What the notification names is read; the list says what the notification says. */
    @Override
    protected List<ProviderEvent> toldBy(byte[] body) {
        List<ProviderEvent> told = connector("http://127.0.0.1:1").translate(verified(body));
        String text = new String(body, java.nio.charset.StandardCharsets.UTF_8);
        String row = text.substring(text.indexOf("\"data\":") + 7, text.length() - 1);
        return read((ReadFirst) told.get(0), row);
    }

    private List<ProviderEvent> read(ReadFirst first, String... rows) {
        try (TestWire wire = listing(rows)) {
            return TropipaySamples.connector(wire.base())
                    .read(credentials(), new Reference(first.kind(), first.key()))
                    .events();
        }
    }

    private static TestWire listing(String... rows) {
        return new TestWire(
                exchange -> {
                    boolean token = exchange.getRequestURI().getPath().endsWith("/access/token");
                    TestWire.says(
                                    200,
                                    token
                                            ? "{\"access_token\":\"t\",\"expires_in\":600}"
                                            : "{\"count\":"
                                                    + rows.length
                                                    + ",\"rows\":["
                                                    + String.join(",", rows)
                                                    + "]}")
                            .to(exchange);
                });
    }

    @Override
    protected Optional<byte[]> paidWithTooManyDigits() {
        return Optional.of(notification("OK", "12340.5", "EUR"));
    }

    @Override
    protected byte[] unknown() {
        return notification("GUARDED", "200", "EUR");
    }

    @Override
    protected void call(ProviderConnector connector, Credentials credentials) {
        connector.check(credentials);
    }

    @Override
    protected TestWire.Answer refusal() {
        return TestWire.says(
                400,
                "{\"error\":{\"code\":\"invalid_client\",\"message\":\"Credential not found\"}}");
    }

    // --- what is Tropipay's own ---

    private VerifiedWebhook genuine(String fixture) {
        return connector("http://127.0.0.1:1")
                .verify(
                        credentials(),
                        TropipaySamples.raw(
                                TropipaySamples.bytes(TropipaySamples.fixture(fixture)), NOW));
    }

    @Test
    void a_notification_alone_pays_nothing_whatever_it_says() {
        ProviderConnector tropipay = connector("http://127.0.0.1:1");

        for (String fixture : List.of("ok.json", "ko.json")) {
            assertThat(EventText.of(tropipay.translate(genuine(fixture))))
                    .containsExactly("read first order 690259220262");
        }
    }

    @Test
    void a_refusal_edited_into_a_payment_is_genuinely_signed_and_reads_as_a_refusal() {
        String edited =
                TropipaySamples.fixture("ko.json")
                        .replace("\"KO\"", "\"OK\"")
                        .replace("\"state\": 4", "\"state\": 5");
        VerifiedWebhook webhook =
                connector("http://127.0.0.1:1")
                        .verify(
                                credentials(),
                                TropipaySamples.raw(TropipaySamples.bytes(edited), NOW));

        List<ProviderEvent> events =
                read(
                        (ReadFirst) connector("http://127.0.0.1:1").translate(webhook).get(0),
                        data("200", "EUR", "4"));

        assertThat(webhook.eventType()).isEqualTo("transaction_completed");
        assertThat(EventText.of(events))
                .containsExactly(
                        "payment DECLINED 2.00 EUR [card=" + CARD + ",order=690259220262]");
    }

    @Test
    void whatever_is_edited_makes_another_event_and_takes_no_genuine_ones_place() {
        String ok = TropipaySamples.fixture("ok.json");
        List<String> keys =
                List.of(
                                ok,
                                ok.replace("\"OK\"", "\"KO\""),
                                ok.replace("0000000000aa", "0000000000bb"),
                                ok.replace("\"currency\": \"EUR\"", "\"currency\": \"USD\""))
                        .stream()
                        .map(t -> TropipaySamples.raw(TropipaySamples.bytes(t), NOW))
                        .map(r -> connector("http://127.0.0.1:1").verify(credentials(), r))
                        .map(VerifiedWebhook::eventKey)
                        .toList();

        assertThat(keys).doesNotHaveDuplicates();
    }

    @Test
    void the_card_is_looked_for_first_and_our_reference_is_the_cards() {
        String multi =
                TropipaySamples.fixture("ok.json")
                        .replaceFirst(
                                "\"reference\": \"visit-42\"", "\"reference\": \"1695389078367\"")
                        .replace(
                                "\"reference\": \"visit-42\"",
                                "\"reference\": \""
                                        + TropipayMovement.reference(new java.util.UUID(1, 2))
                                        + "\"");

        var hints =
                connector("http://127.0.0.1:1")
                        .hints(TropipaySamples.raw(TropipaySamples.bytes(multi), NOW));

        assertThat(hints.ours()).contains(new java.util.UUID(1, 2));
        assertThat(hints.keys())
                .containsExactly(
                        new Reference("card", CARD), new Reference("order", "690259220262"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"200", "\"200\""})
    void numbers_and_texts_are_hashed_as_they_were_received(String amount) {
        String text =
                TropipaySamples.fixture("ok.json")
                        .replace(
                                "\"originalCurrencyAmount\": \"200\"",
                                "\"originalCurrencyAmount\": " + amount)
                        .replace("\"690259220262\"", "690259220262");

        assertThat(
                        connector("http://127.0.0.1:1")
                                .verify(
                                        credentials(),
                                        TropipaySamples.raw(TropipaySamples.bytes(text), NOW))
                                .eventKey())
                .contains("690259220262")
                .contains("200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"200.0\"",
                "200.0",
                "2e2",
                "\"\"",
                "\" 200\"",
                "\"+200\"",
                "null",
                "{}",
                "[]",
                "\"2000000000000000\"",
                "\"\u0662\u0660\u0660\"",
                "true"
            })
    void an_amount_that_is_no_plain_number_is_refused_before_it_is_hashed(String amount) {
        String text =
                TropipaySamples.fixture("ok.json")
                        .replace(
                                "\"originalCurrencyAmount\": \"200\"",
                                "\"originalCurrencyAmount\": " + amount);

        assertThat(refusal(credentials(), text, Map.of())).isEqualTo(Cause.BODY_MALFORMED);
    }

    private static Cause refusal(
            Credentials credentials, String text, Map<String, List<String>> headers) {
        return catchThrowableOfType(
                        WebhookRejected.class,
                        () ->
                                TropipaySamples.connector("http://127.0.0.1:1")
                                        .verify(
                                                credentials,
                                                TropipaySamples.raw(
                                                        TropipaySamples.bytes(text), NOW, headers)))
                .reason();
    }

    @Test
    void the_second_version_is_a_switch_of_the_integration_and_off_by_default() {
        String second = TropipaySamples.fixture("ok.json").replace("\"signaturev3\"", "\"gone\"");
        Credentials on = TropipaySamples.with(credentials(), TropipayKeys.SIGNATURE_V2, "on");

        assertThat(refusal(credentials(), second, Map.of())).isEqualTo(Cause.SIGNATURE_OUTDATED);
        assertThat(
                        connector("http://127.0.0.1:1")
                                .verify(on, TropipaySamples.raw(TropipaySamples.bytes(second), NOW))
                                .eventType())
                .isEqualTo("transaction_completed");
    }

    @Test
    void where_a_hooks_secret_is_known_its_header_decides_over_the_bytes() {
        Credentials hooked =
                TropipaySamples.with(credentials(), TropipayKeys.HOOK_SECRET, "whsec_test");
        String text = TropipaySamples.fixture("ok.json");
        String right =
                TropipaySignature.header(
                        hooked.get(TropipayKeys.HOOK_SECRET), TropipaySamples.bytes(text));

        assertThat(refusal(hooked, text, Map.of("x-tropipay-signature", List.of("0".repeat(64)))))
                .isEqualTo(Cause.SIGNATURE_WRONG);
        assertThat(
                        connector("http://127.0.0.1:1")
                                .verify(
                                        hooked,
                                        TropipaySamples.raw(
                                                TropipaySamples.bytes(
                                                        text.replace("\"signaturev3\"", "\"x\"")),
                                                NOW,
                                                Map.of(
                                                        "X-Tropipay-Signature",
                                                        List.of(
                                                                TropipaySignature.header(
                                                                        hooked.get(
                                                                                TropipayKeys
                                                                                        .HOOK_SECRET),
                                                                        TropipaySamples.bytes(
                                                                                text.replace(
                                                                                        "\"signaturev3\"",
                                                                                        "\"x\"")))))))
                                .eventType())
                .isEqualTo("transaction_completed");
        assertThat(right).hasSize(64);
    }

    @Test
    void an_order_that_is_not_listed_yet_is_asked_for_again_and_never_taken_for_nothing() {
        try (TestWire wire = listing(data("200", "EUR", "5").replace("690259220262", "7"))) {
            TropipayConnector tropipay = TropipaySamples.connector(wire.base());

            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () ->
                                    tropipay.read(
                                            credentials(), new Reference("order", "690259220262")))
                    .hasMessageContaining("does not list this order yet");
        }
    }

    @Test
    void the_dollar_coin_of_tropipay_has_two_digits_and_is_its_own() {
        Asset coin = Asset.of("USDC");

        assertThat(connector("http://127.0.0.1:1").profile().assets()).contains(coin);
        assertThat(coin.exponent()).isEqualTo(2);
        assertThat(coin).isNotEqualTo(Asset.of("USDC:tron"));
    }

    @Test
    void the_owner_is_told_of_sanctions_and_terms_before_connecting() {
        assertThat(connector("http://127.0.0.1:1").profile().notice())
                .get()
                .asString()
                .containsIgnoringCase("sanctions")
                .contains("terms");
    }
}
