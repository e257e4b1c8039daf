package org.payhub.provider.alppay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.provider.MovedConfig;
import org.payhub.provider.http.ProviderHttp;
import org.payhub.provider.http.TestWire;
import org.payhub.provider.spi.CheckoutOpening.CheckoutAnswer;
import org.payhub.provider.spi.CheckoutOpening.CheckoutOrder;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.StateReading.Reading;
import org.payhub.provider.spi.Withdrawing.WithdrawalOrder;

/** What goes over the wire when answers are late, lost, refused or of another shape. */
class AlppayCallsTest {

    private static final String EMPTY = "{\"results\":[]}";
    private static final String ADDRESS = "TPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4n";

    private final List<String> asked = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> signatures = new ArrayList<>();
    private TestWire wire;

    @AfterEach
    void stop() {
        wire.close();
    }

    /** Answers each call by what it asks; {@code null}: the connection is cut. */
    private AlppayConnector alppay(Function<String, TestWire.Answer> answers) {
        wire =
                new TestWire(
                        exchange -> {
                            String call =
                                    exchange.getRequestMethod() + " " + exchange.getRequestURI();
                            note(exchange, call);
                            TestWire.Answer answer = answers.apply(call);
                            if (answer != null) {
                                answer.to(exchange);
                            }
                        });
        return AlppaySamples.connector(wire.base());
    }

    private synchronized void note(HttpExchange exchange, String call) {
        asked.add(call);
        keys.add(exchange.getRequestHeaders().getFirst("API-KEY"));
        signatures.add(exchange.getRequestHeaders().getFirst("X-HMAC"));
    }

    private static TestWire.Answer ok(String body) {
        return TestWire.says(200, body);
    }

    private static String ours(String fixture) {
        return AlppaySamples.text(AlppaySamples.ofOurs(AlppaySamples.fixture(fixture)));
    }

    private static CheckoutOrder order(String amount) {
        return new CheckoutOrder(
                AlppaySamples.PAYMENT,
                Money.parse(amount, "USDT:tron"),
                "Colour & cut",
                Optional.of("client@example.org"),
                Locale.forLanguageTag("ar"),
                "https://hub.example/pay/token?returned=1",
                "https://hub.example/pay/token",
                Instant.now().plusSeconds(3_600),
                false,
                false,
                Map.of(),
                "key");
    }

    private static WithdrawalOrder withdrawal(String address) {
        return new WithdrawalOrder(
                AlppaySamples.PAYMENT,
                Money.parse("10", "USDT:tron"),
                address,
                Optional.empty(),
                "rent");
    }

    // --- invoices ---

    @Test
    void an_order_is_signed_and_a_question_is_not() {
        AlppayConnector alppay =
                alppay(call -> ok(call.startsWith("POST") ? ours("w1-partial") : EMPTY));

        CheckoutAnswer answer = alppay.openCheckout(AlppaySamples.credentials(), order("120"));

        assertThat(answer.redirectUrl()).startsWith("https://alppay.io/payment-invoice?id=");
        assertThat(answer.expiresAt()).isEqualTo(Instant.parse("2025-12-04T10:10:00Z"));
        assertThat(asked)
                .containsExactly(
                        "GET /payment?invoices="
                                + AlppayObjects.paymentText(AlppaySamples.PAYMENT)
                                + "&page=1&limit=20",
                        "POST /payment");
        assertThat(keys).containsOnly(AlppaySamples.API_KEY);
        assertThat(signatures.get(0)).isNull();
        assertThat(signatures.get(1)).matches("[0-9a-f]{64}");
    }

    @Test
    void an_order_that_is_there_already_is_not_made_again() {
        AlppayConnector alppay =
                alppay(call -> ok("{\"data\":[" + ours("w1-partial") + "],\"total\":1}"));

        CheckoutAnswer answer = alppay.openCheckout(AlppaySamples.credentials(), order("120"));

        assertThat(answer.checkout().key()).isEqualTo("00000000-0000-4000-8000-000000000042");
        assertThat(asked).noneMatch(call -> call.startsWith("POST"));
    }

    @Test
    void an_order_whose_answer_was_lost_is_found_and_not_sent_twice() {
        AlppayConnector alppay =
                alppay(
                        call -> {
                            boolean sent = asked.stream().anyMatch(c -> c.startsWith("POST"));
                            return call.startsWith("POST")
                                    ? TestWire.says(504, "")
                                    : ok(
                                            sent
                                                    ? "{\"results\":[" + ours("w1-partial") + "]}"
                                                    : EMPTY);
                        });

        CheckoutAnswer answer = alppay.openCheckout(AlppaySamples.credentials(), order("120"));

        assertThat(answer.checkout().kind()).isEqualTo("payment");
        assertThat(asked).filteredOn(call -> call.startsWith("POST")).hasSize(1);
    }

    @Test
    void an_order_that_nobody_has_seen_stays_unknown() {
        AlppayConnector alppay =
                alppay(call -> call.startsWith("POST") ? TestWire.says(500, "") : ok(EMPTY));

        ProviderUnavailable unknown =
                catchThrowableOfType(
                        ProviderUnavailable.class,
                        () -> alppay.openCheckout(AlppaySamples.credentials(), order("120")));

        assertThat(unknown.mayHaveReachedProvider()).isTrue();
        assertThat(asked).filteredOn(call -> call.startsWith("POST")).hasSize(1);
    }

    @Test
    void
            an_invoice_of_another_amount_or_without_a_page_of_alppays_is_nothing_to_send_a_client_to() {
        AlppayConnector alppay =
                alppay(call -> ok(call.startsWith("POST") ? ours("w1-partial") : EMPTY));

        assertThat(
                        catchThrowableOfType(
                                ProviderUnavailable.class,
                                () ->
                                        alppay.openCheckout(
                                                AlppaySamples.credentials(), order("121"))))
                .hasMessageContaining("another amount");
        wire.answers(
                exchange ->
                        ok(exchange.getRequestMethod().equals("POST")
                                        ? ours("w1-partial")
                                                .replace(
                                                        "https://alppay.io",
                                                        "https://alppay.example")
                                        : EMPTY)
                                .to(exchange));
        assertThat(
                        catchThrowableOfType(
                                ProviderUnavailable.class,
                                () ->
                                        alppay.openCheckout(
                                                AlppaySamples.credentials(), order("120"))))
                .hasMessageContaining("address");
    }

    @Test
    void an_amount_finer_than_the_wire_takes_is_refused_before_any_call() {
        AlppayConnector alppay = alppay(call -> ok(EMPTY));
        CheckoutOrder fine = order("1");
        CheckoutOrder ether =
                new CheckoutOrder(
                        fine.payment(),
                        Money.parse("0.000000000000000001", "ETH:ethereum"),
                        "x",
                        Optional.empty(),
                        Locale.ROOT,
                        "https://hub.example/a",
                        "https://hub.example/b",
                        fine.expiresAt(),
                        false,
                        false,
                        Map.of(),
                        "key");

        ProviderRefused refused =
                catchThrowableOfType(
                        ProviderRefused.class,
                        () -> alppay.openCheckout(AlppaySamples.credentials(), ether));

        assertThat(refused.code()).isEqualTo("checkout.too_many_digits");
        assertThat(asked).isEmpty();
    }

    @Test
    void an_invoice_cannot_be_closed_and_tells_whether_money_has_come() {
        AlppayConnector alppay =
                alppay(
                        call ->
                                call.endsWith("/gone")
                                        ? TestWire.says(404, "")
                                        : ok(
                                                call.endsWith("/paid")
                                                        ? ours("w1-partial")
                                                        : ours("w1-partial")
                                                                .replace(
                                                                        "\"totalReceivedAmount\":"
                                                                                + "\"50.00\"",
                                                                        "\"totalReceivedAmount\":"
                                                                                + "\"0\"")));
        Credentials credentials = AlppaySamples.credentials();

        assertThat(alppay.expireCheckout(credentials, "paid")).isEqualTo(CheckoutOutcome.COMPLETED);
        assertThat(alppay.expireCheckout(credentials, "open")).isEqualTo(CheckoutOutcome.EXPIRED);
        assertThat(alppay.expireCheckout(credentials, "gone")).isEqualTo(CheckoutOutcome.EXPIRED);
        assertThat(asked).allMatch(call -> call.startsWith("GET"));
    }

    // --- reading ---

    @Test
    void a_payment_is_read_bare_and_wrapped() {
        AlppayConnector alppay =
                alppay(
                        call ->
                                ok(
                                        call.endsWith("/bare")
                                                ? ours("w2-completed")
                                                : "{\"data\":" + ours("w2-completed") + "}"));
        Credentials credentials = AlppaySamples.credentials();

        Reading bare = alppay.read(credentials, new Reference("payment", "bare"));
        Reading wrapped = alppay.read(credentials, new Reference("payment", "wrapped"));

        assertThat(bare.events()).hasSize(1).isEqualTo(wrapped.events());
        assertThat(bare.openCheckout()).isEmpty();
    }

    @Test
    void money_that_came_by_itself_to_an_address_of_ours_bears_a_trace_of_us() {
        String own =
                AlppaySamples.text(AlppaySamples.fixture("w2-completed"))
                        .replace("\"invoice\":\"visit-42\"", "\"invoice\":\"\"");
        AlppayConnector alppay =
                alppay(
                        call ->
                                ok(
                                        call.contains("search=")
                                                ? "{\"results\":["
                                                        + ours("w4-expired-underpaid")
                                                        + "]}"
                                                : own));

        Reading reading = alppay.read(AlppaySamples.credentials(), new Reference("payment", "p-1"));

        assertThat(org.payhub.provider.EventText.of(reading.events()).get(0)).contains(",trace]");
        assertThat(asked.get(1)).contains("search=" + ADDRESS);
    }

    @Test
    void a_question_is_repeated_once_when_the_answer_fails() {
        AlppayConnector alppay =
                alppay(
                        call ->
                                asked.size() == 1
                                        ? TestWire.says(503, "")
                                        : ok(ours("w2-completed")));

        assertThat(alppay.read(AlppaySamples.credentials(), new Reference("payment", "p")).found())
                .isTrue();
        assertThat(asked).hasSize(2);
    }

    @Test
    void what_alppay_does_not_know_is_not_found() {
        AlppayConnector alppay =
                alppay(call -> call.contains("?") ? ok("{\"data\":null}") : TestWire.says(404, ""));
        Credentials credentials = AlppaySamples.credentials();

        assertThat(alppay.read(credentials, new Reference("payment", "x")).found()).isFalse();
        assertThat(alppay.read(credentials, new Reference("withdrawal", "x")).found()).isFalse();
        assertThat(alppay.read(credentials, new Reference("charge", "x")).found()).isFalse();
        assertThat(
                        alppay.find(credentials, AlppaySamples.PAYMENT, Optional.empty(), List.of())
                                .found())
                .isFalse();
        assertThat(alppay.findWithdrawal(credentials, AlppaySamples.PAYMENT, Optional.empty()))
                .isEmpty();
    }

    // --- keys ---

    @Test
    void checking_tries_both_keys_and_orders_nothing_that_could_be() {
        AlppayConnector alppay =
                alppay(
                        call ->
                                call.startsWith("POST")
                                        ? TestWire.says(422, "{\"message\":\"no such asset\"}")
                                        : ok("{\"results\":[" + ours("w1-partial") + "]}"));

        ConnectionFacts facts = alppay.check(AlppaySamples.credentials());

        assertThat(facts.livemode()).contains(false);
        assertThat(facts.accountKey()).contains("10");
        assertThat(facts.settlementAssets()).containsExactly(Asset.of("USDT:tron"));
        assertThat(facts.warnings()).isEmpty();
    }

    @Test
    void a_refused_server_is_told_about_the_white_list_first() {
        AlppayConnector alppay = alppay(call -> TestWire.says(403, ""));

        ProviderRefused refused =
                catchThrowableOfType(
                        ProviderRefused.class, () -> alppay.check(AlppaySamples.credentials()));

        assertThat(refused.code()).isEqualTo("provider.address_not_listed");
        assertThat(refused.getMessage()).contains("IP white list");
    }

    @Test
    void the_address_to_be_listed_is_named_where_the_operator_told_it() {
        wire = new TestWire(TestWire.says(403, ""));
        MovedConfig config =
                new MovedConfig(wire.base()) {
                    @Override
                    public Optional<String> egressAddresses() {
                        return Optional.of("203.0.113.7");
                    }
                };
        AlppayConnector alppay =
                new AlppayConnector(
                        ProviderHttp.standalone(config, Clock.systemUTC()),
                        config,
                        Clock.systemUTC());

        assertThat(
                        catchThrowableOfType(
                                ProviderRefused.class,
                                () -> alppay.check(AlppaySamples.credentials())))
                .hasMessageContaining("203.0.113.7");
    }

    @Test
    void a_wrong_key_is_refused_on_its_own_field() {
        AlppayConnector alppay = alppay(call -> TestWire.says(401, ""));
        assertThat(
                        catchThrowableOfType(
                                        ProviderRefused.class,
                                        () -> alppay.check(AlppaySamples.credentials()))
                                .field())
                .contains("api_key");

        wire.answers(
                exchange ->
                        (exchange.getRequestMethod().equals("POST")
                                        ? TestWire.says(401, "")
                                        : ok(EMPTY))
                                .to(exchange));
        assertThat(
                        catchThrowableOfType(
                                        ProviderRefused.class,
                                        () -> alppay.check(AlppaySamples.credentials()))
                                .field())
                .contains("hmac_key");
    }

    @Test
    void a_key_that_is_accepted_without_its_beginning_is_told_so() {
        String rest = "abcdef1234567890";
        String probe =
                AlppaySignature.sign(
                        Secret.of(rest),
                        AlppayBody.payment(
                                "0",
                                new AlppayProtocol.Coin("", "NONE", "none"),
                                new AlppayBody.Customer(1, "Client", "owner@salon.example"),
                                "probe",
                                Optional.empty()));
        wire =
                new TestWire(
                        exchange -> {
                            boolean post = exchange.getRequestMethod().equals("POST");
                            boolean fits =
                                    probe.equals(exchange.getRequestHeaders().getFirst("X-HMAC"));
                            (post ? TestWire.says(fits ? 422 : 401, "") : ok(EMPTY)).to(exchange);
                        });

        assertThat(
                        catchThrowableOfType(
                                ProviderRefused.class,
                                () ->
                                        AlppaySamples.connector(wire.base())
                                                .check(
                                                        AlppaySamples.credentials(
                                                                "sk_live_" + rest))))
                .hasMessageContaining("without its beginning sk_live_")
                .hasMessageNotContaining(rest);
    }

    @Test
    void while_a_key_is_replaced_the_other_one_is_tried_too() {
        AlppayConnector alppay =
                alppay(
                        call ->
                                keys.get(keys.size() - 1).equals("ak_older")
                                        ? ok(EMPTY)
                                        : TestWire.says(401, ""));
        Credentials credentials =
                new Credentials(
                        AlppaySamples.OWNER,
                        Map.of(
                                AlppayKeys.API_KEY,
                                List.of(Secret.of("ak_newer"), Secret.of("ak_older"))));

        assertThat(
                        alppay.find(credentials, AlppaySamples.PAYMENT, Optional.empty(), List.of())
                                .found())
                .isFalse();
        assertThat(keys).containsExactly("ak_newer", "ak_older");
    }

    @Test
    void typed_values_that_cannot_be_right_are_refused_on_their_field_without_a_call() {
        AlppayConnector alppay = alppay(call -> ok(EMPTY));
        Map<String, String> right =
                Map.of(
                        "api_key", "ak_live_0123456789abcdef",
                        "hmac_key", "abcdef1234567890",
                        "account_email", "owner@salon.example");
        Map<String, String> wrong =
                Map.ofEntries(
                        Map.entry("api_key", "sk_" + "live_abcdef1234567890"),
                        Map.entry("hmac_key", "ak_live_0123456789abcdef"),
                        Map.entry("account_email", "nobody"),
                        Map.entry("assets", "USDT:tron, DOGE"),
                        Map.entry("fee_percent", "101"),
                        Map.entry("fee_fixed", "1,5"),
                        Map.entry("min_fee", "0.3"),
                        Map.entry("under_percent", "60"),
                        Map.entry("under_abs", "5.00000001"),
                        Map.entry("over_percent", "-1"),
                        Map.entry("over_abs", "6"),
                        Map.entry("min_payment", "ten"),
                        Map.entry("max_payment", "DOGE 5"),
                        Map.entry("daily_withdrawal", "1,000,000"),
                        Map.entry("address_wait", "721"));

        wrong.forEach(
                (field, value) -> {
                    Map<String, String> typed = new java.util.HashMap<>(right);
                    typed.put(field, value);
                    ProviderRefused refused =
                            catchThrowableOfType(
                                    ProviderRefused.class,
                                    () -> alppay.check(Credentials.of(AlppaySamples.OWNER, typed)));
                    assertThat(refused.field()).as(field).contains(field);
                });
        assertThat(asked).isEmpty();
    }

    // --- withdrawals ---

    @Test
    void a_withdrawal_is_ordered_once_and_never_again_by_itself() {
        AlppayConnector alppay = alppay(call -> TestWire.says(503, ""));

        ProviderUnavailable unknown =
                catchThrowableOfType(
                        ProviderUnavailable.class,
                        () -> alppay.withdraw(AlppaySamples.credentials(), withdrawal(ADDRESS)));

        assertThat(unknown.mayHaveReachedProvider()).isTrue();
        assertThat(asked).containsExactly("POST /withdrawal");
    }

    @Test
    void a_withdrawal_without_an_answer_is_found_by_our_own_reference() {
        String made =
                AlppaySamples.text(AlppaySamples.fixture("w6-withdrawal-complete"))
                        .replace("wd-7", AlppayObjects.withdrawalText(AlppaySamples.PAYMENT));
        AlppayConnector alppay = alppay(call -> ok("{\"data\":[" + made + "],\"page\":0}"));

        var found =
                alppay.findWithdrawal(
                        AlppaySamples.credentials(), AlppaySamples.PAYMENT, Optional.empty());

        assertThat(found).isPresent();
        assertThat(found.get().ours()).contains(AlppaySamples.PAYMENT);
        assertThat(asked.get(0))
                .isEqualTo(
                        "GET /withdrawal?invoices="
                                + AlppayObjects.withdrawalText(AlppaySamples.PAYMENT)
                                + "&page=0&limit=20");
    }

    @Test
    void a_withdrawal_to_a_mistyped_address_is_refused_before_any_call() {
        AlppayConnector alppay = alppay(call -> ok(EMPTY));

        ProviderRefused refused =
                catchThrowableOfType(
                        ProviderRefused.class,
                        () ->
                                alppay.withdraw(
                                        AlppaySamples.credentials(),
                                        withdrawal(ADDRESS.replace('u', 'v'))));

        assertThat(refused.field()).contains("address");
        assertThat(asked).isEmpty();
    }

    // --- lists ---

    @Test
    void a_day_is_listed_page_by_page_payments_first_then_withdrawals() {
        AlppayConnector alppay =
                alppay(
                        call ->
                                ok(
                                        call.contains("/withdrawal")
                                                ? "{\"data\":["
                                                        + AlppaySamples.text(
                                                                AlppaySamples.fixture(
                                                                        "w6-withdrawal-complete"))
                                                        + "]}"
                                                : "{\"results\":["
                                                        + ours("w2-completed")
                                                        + ","
                                                        + ours("w1-partial")
                                                                .replace("000000042", "000000043")
                                                                .replace("2025-12-04", "2025-11-01")
                                                        + "]}"));
        Instant from = Instant.parse("2025-12-04T00:00:00Z");
        Instant to = Instant.parse("2025-12-05T00:00:00Z");
        Credentials credentials = AlppaySamples.credentials();

        var first = alppay.list(credentials, from, to, Optional.empty());
        var second = alppay.list(credentials, from, to, first.next());
        var other =
                alppay.list(
                        credentials,
                        Instant.parse("2025-08-07T00:00:00Z"),
                        Instant.parse("2025-08-08T00:00:00Z"),
                        first.next());

        assertThat(first.items()).hasSize(1);
        assertThat(first.items().get(0).moved()).isTrue();
        assertThat(first.items().get(0).events()).hasSize(1);
        assertThat(second.items()).isEmpty();
        assertThat(second.next()).isEmpty();
        assertThat(other.items()).hasSize(1);
        assertThat(asked.get(0))
                .isEqualTo("GET /payment?sortField=created_at&sortOrder=desc&page=1&limit=100");
        assertThat(asked.get(1)).isEqualTo("GET /withdrawal?page=0&limit=100");
    }

    @Test
    void no_refusal_quotes_a_key() {
        AlppayConnector alppay =
                alppay(
                        call ->
                                TestWire.says(
                                        422,
                                        "{\"error\":{\"message\":\"bad "
                                                + AlppaySamples.API_KEY
                                                + "\"}}"));

        ProviderRefused refused =
                catchThrowableOfType(
                        ProviderRefused.class,
                        () ->
                                alppay.read(
                                        AlppaySamples.credentials(),
                                        new Reference("payment", "x")));

        assertThat(refused.getMessage()).contains("bad •••");
        assertThat(refused.getMessage().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
    }
}
