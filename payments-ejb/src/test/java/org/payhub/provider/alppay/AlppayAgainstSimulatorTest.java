package org.payhub.provider.alppay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.payhub.money.Money;
import org.payhub.platform.Ids;
import org.payhub.provider.EventText;
import org.payhub.provider.spi.CheckoutOpening.CheckoutAnswer;
import org.payhub.provider.spi.CheckoutOpening.CheckoutOrder;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.DayListing.Listed;
import org.payhub.provider.spi.DayListing.Listing;
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.WithdrawalOutcome;
import org.payhub.provider.spi.ProviderEvent.WithdrawalReported;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.StateReading.Reading;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.Withdrawing.WithdrawalOrder;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.alppay.AlppayAccount;
import org.payhub.simulator.alppay.AlppaySimulator;
import org.payhub.simulator.kit.ApiFaults.Failure;
import org.payhub.simulator.kit.ApiFaults.Kind;

/** Every call that the connector makes, against the imitated ALPPAY over HTTP. */
class AlppayAgainstSimulatorTest {

    private static final String ADDRESS = "TPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4n";

    private Simulator simulator;
    private AlppaySimulator theirs;
    private AlppayConnector alppay;
    private Credentials credentials;

    @BeforeEach
    void start() {
        simulator = Simulator.start(0);
        theirs = simulator.provider(AlppaySimulator.class);
        alppay = AlppaySamples.connector(theirs.apiBase(simulator.baseUrl()));
        credentials = keys(theirs.account().apiKey(), theirs.account().hmacKey());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static Credentials keys(String api, String hmac, String... more) {
        Map<String, String> typed = new java.util.HashMap<>();
        typed.put(AlppayKeys.API_KEY, api);
        typed.put(AlppayKeys.HMAC_KEY, hmac);
        typed.put(AlppayKeys.ACCOUNT_EMAIL, "owner@salon.example");
        for (int i = 0; i < more.length; i += 2) {
            typed.put(more[i], more[i + 1]);
        }
        return Credentials.of(AlppaySamples.OWNER, typed);
    }

    private static CheckoutOrder order(UUID payment, String amount) {
        return new CheckoutOrder(
                payment,
                Money.parse(amount, "USDT:tron"),
                "Colour & cut <now>",
                Optional.of("client@example.org"),
                Locale.forLanguageTag("th-TH-u-nu-thai"),
                "https://hub.example/pay/token?returned=1",
                "https://hub.example/pay/token",
                Instant.now().plusSeconds(3_600),
                false,
                false,
                Map.of(),
                "checkout-" + payment);
    }

    private String open(UUID payment, String amount) {
        return alppay.openCheckout(credentials, order(payment, amount)).checkout().key();
    }

    private InvoiceReported read(String key) {
        return (InvoiceReported)
                alppay.read(credentials, new Reference(AlppayObjects.PAYMENT, key)).events().get(0);
    }

    // --- keys ---

    @Test
    void both_keys_are_accepted_and_nothing_is_made() {
        ConnectionFacts facts = alppay.check(credentials);

        assertThat(facts.livemode()).contains(false);
        assertThat(facts.missingRights()).isEmpty();
        assertThat(theirs.payments(theirs.account().id())).isEmpty();
    }

    @Test
    void a_wrong_key_and_an_unlisted_server_are_told_apart() {
        AlppayAccount account = theirs.account();

        assertThat(refusal(keys("ak_live_unknown", account.hmacKey())).field()).contains("api_key");
        assertThat(refusal(keys(account.apiKey(), "sk_live_unknown")).field()).contains("hmac_key");
        theirs.listed(account.id(), false);
        assertThat(refusal(credentials).code()).isEqualTo("provider.address_not_listed");
    }

    private ProviderRefused refusal(Credentials typed) {
        return catchThrowableOfType(ProviderRefused.class, () -> alppay.check(typed));
    }

    // --- invoices ---

    @Test
    void an_invoice_is_paid_in_parts_and_tells_its_fees() {
        UUID payment = Ids.next();
        CheckoutAnswer page = alppay.openCheckout(credentials, order(payment, "120"));
        String key = page.checkout().key();

        InvoiceOutcome opened = read(key).outcome();
        theirs.send(key, "48");
        InvoiceReported part = read(key);
        theirs.sendRest(key);
        InvoiceReported whole = read(key);

        assertThat(page.redirectUrl()).startsWith(simulator.baseUrl() + "/pay/alppay/");
        assertThat(page.expiresAt()).isAfter(Instant.now().plusSeconds(8_000));
        assertThat(opened).isEqualTo(InvoiceOutcome.PENDING);
        assertThat(part.outcome()).isEqualTo(InvoiceOutcome.PARTIALLY_PAID);
        assertThat(whole.outcome()).isEqualTo(InvoiceOutcome.PAID);
        assertThat(whole.references().ours()).contains(payment);
        assertThat(whole.transfers()).hasSize(2);
        assertThat(whole.transfers().get(0).toldFee()).contains(Money.parse("0.24", "USDT:tron"));
    }

    @Test
    void too_much_too_late_too_little_and_of_bad_origin_are_told_apart() {
        String much = open(Ids.next(), "100");
        String late = open(Ids.next(), "100");
        String little = open(Ids.next(), "100");
        String bad = open(Ids.next(), "100");
        String none = open(Ids.next(), "100");
        theirs.send(much, "105");
        theirs.send(late, "40");
        theirs.expire(late);
        theirs.send(late, "70");
        theirs.send(little, "40");
        theirs.expire(little);
        theirs.sendSuspicious(bad, "100");
        theirs.expire(none);

        assertThat(read(much).outcome()).isEqualTo(InvoiceOutcome.OVERPAID);
        assertThat(read(late).outcome()).isEqualTo(InvoiceOutcome.LATE);
        assertThat(read(late).received()).isEqualTo(Money.parse("110", "USDT:tron"));
        assertThat(read(little).outcome()).isEqualTo(InvoiceOutcome.UNDERPAID);
        assertThat(read(bad).outcome()).isEqualTo(InvoiceOutcome.ON_HOLD);
        assertThat(read(bad).transfers().get(0).suspicious()).isTrue();
        assertThat(read(none).outcome()).isEqualTo(InvoiceOutcome.EXPIRED);
    }

    @Test
    void a_status_that_no_paper_names_is_unknown_and_not_paid() {
        String key = open(Ids.next(), "100");
        theirs.send(key, "100");

        theirs.force(key, "SETTLED", "COMPLETED");

        assertThat(read(key).outcome()).isEqualTo(InvoiceOutcome.UNKNOWN);
    }

    @Test
    void every_genuine_webhook_verifies_with_the_key_and_says_what_reading_says() {
        UUID payment = Ids.next();
        String key = open(payment, "120");
        theirs.send(key, "48");
        theirs.sendRest(key);

        List<String> said =
                theirs.events(theirs.account().id()).stream()
                        .map(body -> body.getBytes(StandardCharsets.UTF_8))
                        .map(this::verified)
                        .flatMap(v -> alppay.translate(v).stream())
                        .map(e -> EventText.of(e).split(" \\{")[0])
                        .toList();

        assertThat(said)
                .containsExactly(
                        "invoice PENDING 0.000000 USDT:tron of 120.000000 USDT:tron",
                        "invoice PARTIALLY_PAID 48.000000 USDT:tron of 120.000000 USDT:tron",
                        "invoice CONFIRMING 120.000000 USDT:tron of 120.000000 USDT:tron",
                        "read first payment " + key);
    }

    private VerifiedWebhook verified(byte[] body) {
        String signature =
                AlppaySignature.sign(
                        org.payhub.provider.spi.Secret.of(theirs.account().hmacKey()), body);
        return alppay.verify(
                credentials,
                new RawWebhook(
                        "POST",
                        Optional.of("payment"),
                        "",
                        Map.of("x-hmac", List.of(signature)),
                        body,
                        Instant.now()));
    }

    @Test
    void an_order_whose_answer_was_lost_is_found_and_made_once() {
        UUID payment = Ids.next();
        theirs.api()
                .failNext(1, Failure.of(Kind.RESET).on("POST /alppay/payment").afterTheEffect());

        CheckoutAnswer page = alppay.openCheckout(credentials, order(payment, "10"));
        CheckoutAnswer again = alppay.openCheckout(credentials, order(payment, "10"));

        assertThat(again).isEqualTo(page);
        assertThat(theirs.requests("POST", "/alppay/payment")).isEqualTo(1);
        assertThat(theirs.payments(theirs.account().id())).hasSize(1);
    }

    @Test
    void a_lost_order_is_found_by_our_reference_with_its_page() {
        UUID payment = Ids.next();
        String key = open(payment, "10");

        Reading reading = alppay.find(credentials, payment, Optional.empty(), List.of());

        assertThat(reading.found()).isTrue();
        assertThat(reading.openCheckout().orElseThrow().checkout().key()).isEqualTo(key);
        assertThat(alppay.find(credentials, Ids.next(), Optional.empty(), List.of()).found())
                .isFalse();
    }

    @Test
    void money_that_comes_by_itself_is_ours_only_at_an_address_of_ours() {
        String key = open(Ids.next(), "10");
        String ours = theirs.find(key).orElseThrow().get("addressTo").getAsString();
        String account = theirs.account().id();

        String toOurs = theirs.deposit(account, ours, "3").get("id").getAsString();
        String elsewhere = theirs.deposit(account, ADDRESS, "3").get("id").getAsString();

        assertThat(read(toOurs).references().traceOfUs()).isTrue();
        assertThat(read(toOurs).references().ours()).isEmpty();
        assertThat(read(elsewhere).references().traceOfUs()).isFalse();
    }

    @Test
    void the_fee_is_estimated_where_it_is_not_told_and_agreed() {
        theirs.tellsFees(theirs.account().id(), false);
        String key = open(Ids.next(), "100");
        theirs.sendRest(key);
        Credentials agreed =
                keys(
                        theirs.account().apiKey(),
                        theirs.account().hmacKey(),
                        AlppayKeys.FEE_PERCENT,
                        "0.5");

        var transfer =
                ((InvoiceReported)
                                alppay.read(agreed, new Reference(AlppayObjects.PAYMENT, key))
                                        .events()
                                        .get(0))
                        .transfers()
                        .get(0);

        assertThat(transfer.feeEstimated()).isTrue();
        assertThat(transfer.fee()).contains(Money.parse("0.5", "USDT:tron"));
    }

    // --- withdrawals ---

    @Test
    void a_withdrawal_goes_from_order_over_approval_to_what_arrived() {
        UUID withdrawal = Ids.next();

        WithdrawalReported ordered = alppay.withdraw(credentials, withdrawal(withdrawal, "10"));
        theirs.approve(ordered.withdrawalKey());
        WithdrawalOutcome approved = found(withdrawal).outcome();
        theirs.complete(ordered.withdrawalKey());
        WithdrawalReported sent = found(withdrawal);

        assertThat(ordered.outcome()).isEqualTo(WithdrawalOutcome.PENDING);
        assertThat(approved).isEqualTo(WithdrawalOutcome.PENDING);
        assertThat(sent.outcome()).isEqualTo(WithdrawalOutcome.SUCCEEDED);
        assertThat(sent.ours()).contains(withdrawal);
        assertThat(sent.arrived()).contains(Money.parse("9", "USDT:tron"));
        assertThat(sent.networkKey()).isPresent();
    }

    private WithdrawalReported found(UUID withdrawal) {
        return alppay.findWithdrawal(credentials, withdrawal, Optional.empty()).orElseThrow();
    }

    private static WithdrawalOrder withdrawal(UUID id, String amount) {
        return new WithdrawalOrder(
                id, Money.parse(amount, "USDT:tron"), ADDRESS, Optional.empty(), "rent");
    }

    @Test
    void a_withdrawal_whose_answer_was_lost_is_found_and_not_ordered_again() {
        UUID withdrawal = Ids.next();
        theirs.api()
                .failNext(1, Failure.of(Kind.RESET).on("POST /alppay/withdrawal").afterTheEffect());

        ProviderUnavailable unknown =
                catchThrowableOfType(
                        ProviderUnavailable.class,
                        () -> alppay.withdraw(credentials, withdrawal(withdrawal, "10")));

        assertThat(unknown.mayHaveReachedProvider()).isTrue();
        assertThat(found(withdrawal).outcome()).isEqualTo(WithdrawalOutcome.PENDING);
        assertThat(theirs.requests("POST", "/alppay/withdrawal")).isEqualTo(1);
    }

    @Test
    void more_than_there_is_is_refused_with_the_reason() {
        ProviderRefused refused =
                catchThrowableOfType(
                        ProviderRefused.class,
                        () -> alppay.withdraw(credentials, withdrawal(Ids.next(), "501")));

        assertThat(refused).hasMessageContaining("insufficient balance");
    }

    // --- days ---

    @Test
    void a_day_lists_every_payment_and_withdrawal_of_it_over_many_pages() {
        for (int i = 0; i < 120; i++) {
            open(Ids.next(), "10");
        }
        alppay.withdraw(credentials, withdrawal(Ids.next(), "1"));
        Instant now = Instant.now();

        List<Listed> all = new java.util.ArrayList<>();
        Optional<String> cursor = Optional.empty();
        int pages = 0;
        do {
            Listing page =
                    alppay.list(
                            credentials,
                            now.minus(Duration.ofHours(1)),
                            now.plus(Duration.ofHours(1)),
                            cursor);
            all.addAll(page.items());
            cursor = page.next();
            pages++;
        } while (cursor.isPresent());

        assertThat(all).hasSize(121);
        assertThat(pages).isEqualTo(3);
        assertThat(
                        alppay.list(
                                        credentials,
                                        now.minus(Duration.ofDays(9)),
                                        now.minus(Duration.ofDays(8)),
                                        Optional.empty())
                                .items())
                .isEmpty();
    }
}
