package org.payhub.provider.tiptoppay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonObject;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.Ids;
import org.payhub.provider.EventText;
import org.payhub.provider.InEveryLanguage;
import org.payhub.provider.http.TestWire;
import org.payhub.provider.spi.CheckoutOpening.CheckoutAnswer;
import org.payhub.provider.spi.CheckoutOpening.CheckoutOrder;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.DayListing.Listed;
import org.payhub.provider.spi.DayListing.Listing;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderEvent.RefundOutcome;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.Refunding.RefundOrder;
import org.payhub.provider.spi.StateReading.Reading;
import org.payhub.provider.spi.WebhookRegistering.RegisteredWebhook;
import org.payhub.provider.spi.WebhookRegistering.WebhookSettings;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.kit.ApiFaults.Failure;
import org.payhub.simulator.kit.ApiFaults.Kind;
import org.payhub.simulator.tiptoppay.TiptoppaySimulator;
import org.payhub.simulator.tiptoppay.TiptoppaySite;

/** Every call that the connector makes, against the imitated TipTop Pay over HTTP. */
class TiptoppayConnectorCallsTest {

    private static final String VISA = "4000000000003055";
    private static final String POOR = "4000056655665556";
    private static final String URL = "https://hub.example/payments/prepaid/tiptoppay/k3y";

    private Simulator simulator;
    private TiptoppaySimulator imitated;
    private TiptoppaySite site;
    private TiptoppayConnector tiptop;
    private Credentials credentials;

    @BeforeEach
    void start() {
        simulator = Simulator.start(0);
        imitated = simulator.provider(TiptoppaySimulator.class);
        site = imitated.site();
        tiptop = TiptoppaySamples.connector(imitated.apiBase(simulator.baseUrl()));
        credentials = keys("kazakhstan", "test", site.publicId(), site.apiSecret());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static Credentials keys(String region, String mode, String publicId, String secret) {
        return Credentials.of(
                TiptoppaySamples.OWNER,
                Map.of(
                        TiptoppayKeys.REGION, region,
                        TiptoppayKeys.MODE, mode,
                        TiptoppayKeys.PUBLIC_ID, publicId,
                        TiptoppayKeys.API_SECRET, secret));
    }

    private static CheckoutOrder order(UUID payment, String amount, boolean hold) {
        return new CheckoutOrder(
                payment,
                Money.parse(amount, "KZT"),
                "Стрижка",
                Optional.of("client@example.org"),
                Locale.forLanguageTag("kk-KZ"),
                "https://hub.example/pay/token?returned=1",
                "https://hub.example/pay/token",
                Instant.now().plusSeconds(3_600),
                hold,
                false,
                Map.of("visit_id", "vis_1", "payment_link_id", "lnk_1"),
                "checkout-" + payment);
    }

    private CheckoutAnswer open(UUID payment, String amount, boolean hold) {
        return tiptop.openCheckout(credentials, order(payment, amount, hold));
    }

    private Reference paid(UUID payment, String amount, boolean hold) {
        CheckoutAnswer page = open(payment, amount, hold);
        assertThat(imitated.pay(page.checkout().key(), VISA))
                .isEqualTo(hold ? "held" : "succeeded");
        return last();
    }

    private Reference last() {
        List<JsonObject> all = imitated.operations(site.publicId());
        return TiptoppayTransaction.reference(
                all.get(all.size() - 1).get("TransactionId").getAsString());
    }

    private RefundReported refund(UUID refund, Reference payment, String amount) {
        return tiptop.refund(
                credentials,
                new RefundOrder(
                        refund,
                        List.of(new Reference(TiptoppayConnector.ORDER, "x"), payment),
                        Money.parse(amount, "KZT"),
                        "requested_by_customer",
                        Optional.empty(),
                        "refund-" + refund));
    }

    private List<String> read(Reference thing) {
        return EventText.of(tiptop.read(credentials, thing).events());
    }

    // --- keys ---

    @Test
    void right_keys_tell_the_mode_that_was_chosen_and_the_currency_of_the_country() {
        ConnectionFacts facts = tiptop.check(credentials);

        assertThat(facts.livemode()).contains(false);
        assertThat(facts.accountKey()).contains(site.publicId());
        assertThat(facts.settlementAssets()).containsExactly(Asset.of("KZT"));
        assertThat(
                        tiptop.check(keys("mexico", "live", site.publicId(), site.apiSecret()))
                                .livemode())
                .contains(true);
    }

    @ParameterizedTest
    @CsvSource({
        "public_id,https://merchant.tiptoppay.kz,",
        "public_id,pk_01…ef,",
        "public_id,short,",
        "public_id,with:a_colon,",
        "api_secret,,pk_0123456789abcdef",
        "api_secret,,with blanks in it",
        "api_secret,,0123...cdef",
        "api_secret,,not_the_right_secret"
    })
    void wrong_keys_are_refused_on_their_field(String field, String publicId, String secret) {
        ProviderRefused refused =
                catchThrowableOfType(
                        ProviderRefused.class,
                        () ->
                                tiptop.check(
                                        keys(
                                                "kazakhstan",
                                                "test",
                                                publicId == null ? site.publicId() : publicId,
                                                secret == null ? site.apiSecret() : secret)));

        assertThat(refused.code()).isEqualTo("integration.credentials_refused");
        assertThat(refused.field()).contains(field);
    }

    // --- checkout ---

    @InEveryLanguage
    void an_order_bears_our_number_the_visit_and_the_exact_amount() {
        UUID payment = Ids.next();

        CheckoutAnswer page = open(payment, "12345.67", false);
        imitated.pay(page.checkout().key(), VISA);

        assertThat(page.redirectUrl()).startsWith(simulator.baseUrl() + "/tiptoppay/d/");
        assertThat(tiptop.profile().hosts()).contains(simulator.baseUrl());
        JsonObject operation = imitated.operations(site.publicId()).get(0);
        assertThat(operation.get("InvoiceId").getAsString()).isEqualTo(Ids.text("pay", payment));
        assertThat(operation.get("AccountId").getAsString()).isEqualTo("vis_1");
        assertThat(operation.get("Amount").getAsString()).isEqualTo("12345.67");
        assertThat(operation.get("Currency").getAsString()).isEqualTo("KZT");
        assertThat(operation.get("Email").getAsString()).isEqualTo("client@example.org");
        assertThat(operation.get("JsonData").getAsString()).contains("\"visit_id\":\"vis_1\"");
    }

    @Test
    void the_same_order_opens_the_same_page() {
        CheckoutOrder order = order(Ids.next(), "10.00", false);

        CheckoutAnswer first = tiptop.openCheckout(credentials, order);
        CheckoutAnswer second = tiptop.openCheckout(credentials, order);

        assertThat(second.checkout()).isEqualTo(first.checkout());
    }

    @Test
    void an_open_page_is_closed_and_a_paid_one_was_too_late_to_close() {
        CheckoutAnswer open = open(Ids.next(), "10.00", false);
        CheckoutAnswer paid = open(Ids.next(), "10.00", false);
        imitated.pay(paid.checkout().key(), VISA);

        assertThat(tiptop.expireCheckout(credentials, open.checkout().key()))
                .isEqualTo(CheckoutOutcome.EXPIRED);
        assertThat(tiptop.expireCheckout(credentials, paid.checkout().key()))
                .isEqualTo(CheckoutOutcome.COMPLETED);
        assertThat(imitated.pay(open.checkout().key(), VISA)).isEqualTo("not_possible");
    }

    @Test
    void money_is_not_held_in_mexico() {
        assertThatThrownBy(
                        () ->
                                tiptop.openCheckout(
                                        keys("mexico", "test", site.publicId(), site.apiSecret()),
                                        order(Ids.next(), "10.00", true)))
                .isInstanceOfSatisfying(
                        ProviderRefused.class,
                        e -> assertThat(e.code()).isEqualTo("checkout.hold_not_supported"));
    }

    @ParameterizedTest
    @CsvSource({"STATUS,true", "HTML,true", "EMPTY,true", "GARBAGE,true", "RESET,true"})
    void an_answer_that_says_nothing_is_unknown(Kind kind, boolean reached) {
        imitated.api().failNext(1, Failure.of(kind).afterTheEffect());

        assertThatThrownBy(() -> open(Ids.next(), "10.00", false))
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class,
                        e -> assertThat(e.mayHaveReachedProvider()).isEqualTo(reached));
    }

    @Test
    void too_many_calls_are_no_order() {
        imitated.api().failNext(1, Failure.status(429));

        assertThatThrownBy(() -> open(Ids.next(), "10.00", false))
                .isInstanceOfSatisfying(
                        ProviderUnavailable.class,
                        e -> assertThat(e.mayHaveReachedProvider()).isFalse());
    }

    @ParameterizedTest
    @CsvSource({
        "'{}'",
        "'{\"Success\":true}'",
        "'{\"Success\":true,\"Model\":{}}'",
        "'{\"Success\":true,\"Model\":{\"Id\":\"a\",\"Url\":\"javascript:alert(1)\"}}'"
    })
    void a_page_without_an_address_is_unknown(String said) {
        try (TestWire wire = new TestWire(TestWire.says(200, said))) {
            assertThatThrownBy(
                            () ->
                                    TiptoppaySamples.connector(wire.base())
                                            .openCheckout(
                                                    credentials, order(Ids.next(), "10.00", false)))
                    .isInstanceOf(ProviderUnavailable.class);
        }
    }

    // --- state ---

    @Test
    void a_payment_is_read_with_its_fee() {
        UUID payment = Ids.next();
        Reference number = paid(payment, "5000.00", false);

        Reading reading = tiptop.read(credentials, number);

        String key = "[transaction=" + number.key() + ",trace]";
        assertThat(EventText.of(reading.events()))
                .containsExactly(
                        "payment CAPTURED 5000.00 KZT " + key,
                        "fee CHARGE fee:"
                                + number.key()
                                + " of "
                                + number.key()
                                + " 5000.00 KZT fee 140.00 KZT");
        assertThat(reading.livemode()).contains(false);
        assertThat(reading.isOfOtherMode(true)).isTrue();
    }

    @Test
    void a_refusal_is_read_and_a_bank_that_still_asks_says_nothing() {
        CheckoutAnswer page = open(Ids.next(), "10.00", false);
        imitated.pay(page.checkout().key(), POOR);
        Reference declined = last();
        imitated.pay(page.checkout().key(), "4242424242424242");

        assertThat(read(declined)).first().asString().startsWith("payment DECLINED 10.00 KZT");
        assertThat(tiptop.read(credentials, last()).found()).isTrue();
        assertThat(read(last())).isEmpty();
    }

    @Test
    void what_the_provider_does_not_know_is_nothing() {
        assertThat(tiptop.read(credentials, TiptoppayTransaction.reference("1")).found()).isFalse();
        assertThat(tiptop.read(credentials, new Reference("order", "x")).found()).isFalse();
    }

    @Test
    void a_failure_without_words_is_not_taken_for_nothing() {
        try (TestWire wire =
                new TestWire(TestWire.says(200, "{\"Success\":false,\"Message\":\"Try later\"}"))) {
            assertThatThrownBy(
                            () ->
                                    TiptoppaySamples.connector(wire.base())
                                            .read(credentials, TiptoppayTransaction.reference("1")))
                    .isInstanceOf(ProviderRefused.class);
        }
    }

    @Test
    void an_earlier_success_is_found_behind_a_later_refusal() {
        UUID payment = Ids.next();
        CheckoutAnswer page = open(payment, "10.00", false);
        imitated.pay(page.checkout().key(), VISA);
        imitated.payAgain(page.checkout().key(), POOR);

        Reading reading = tiptop.find(credentials, payment, Optional.empty(), List.of());

        assertThat(EventText.of(reading.events()))
                .anyMatch(e -> e.startsWith("payment CAPTURED 10.00 KZT"))
                .anyMatch(e -> e.startsWith("payment DECLINED 10.00 KZT"));
    }

    @Test
    void an_order_that_nobody_paid_is_not_found() {
        UUID payment = Ids.next();
        open(payment, "10.00", false);

        assertThat(tiptop.find(credentials, payment, Optional.empty(), List.of()).found())
                .isFalse();
    }

    // --- refunds ---

    @Test
    void a_refund_is_done_once_and_read_with_the_payment_that_it_returns() {
        Reference payment = paid(Ids.next(), "100.00", false);
        UUID ours = Ids.next();

        RefundReported first = refund(ours, payment, "40.00");
        RefundReported again = refund(ours, payment, "40.00");

        assertThat(first.outcome()).isEqualTo(RefundOutcome.SUCCEEDED);
        assertThat(first.ours()).contains(ours);
        assertThat(again.refundKey()).isEqualTo(first.refundKey());
        assertThat(imitated.books(site.publicId(), false).refunded()).containsEntry("KZT", 4_000L);
        assertThat(read(TiptoppayTransaction.reference(first.refundKey())))
                .anyMatch(e -> e.startsWith("payment CAPTURED 100.00 KZT"))
                .anyMatch(e -> e.startsWith("refund SUCCEEDED " + first.refundKey() + " 40.00"));
    }

    @Test
    void a_refund_whose_answer_was_lost_is_found_by_our_number() {
        Reference payment = paid(Ids.next(), "100.00", false);
        UUID ours = Ids.next();
        imitated.api()
                .failNext(
                        1,
                        Failure.of(Kind.RESET)
                                .on("POST /tiptoppay/payments/refund")
                                .afterTheEffect());

        assertThatThrownBy(() -> refund(ours, payment, "40.00"))
                .isInstanceOf(ProviderUnavailable.class);

        Reading found = tiptop.find(credentials, Ids.next(), Optional.of(ours), List.of(payment));
        assertThat(found.found()).isTrue();
        assertThat(EventText.of(found.events()))
                .singleElement()
                .asString()
                .startsWith("refund SUCCEEDED");
        assertThat(
                        tiptop.find(
                                        credentials,
                                        Ids.next(),
                                        Optional.of(Ids.next()),
                                        List.of(payment))
                                .found())
                .isFalse();
    }

    @Test
    void a_refund_that_cannot_be_read_back_is_pending() {
        Reference payment = paid(Ids.next(), "100.00", false);
        imitated.api().failNext(1, Failure.status(500).on("POST /tiptoppay/payments/get"));

        assertThat(refund(Ids.next(), payment, "1.00").outcome()).isEqualTo(RefundOutcome.PENDING);
    }

    @Test
    void more_than_was_paid_is_refused() {
        Reference payment = paid(Ids.next(), "100.00", false);

        assertThatThrownBy(() -> refund(Ids.next(), payment, "100.01"))
                .isInstanceOf(ProviderRefused.class)
                .hasMessageContaining("Invalid Amount value");
    }

    // --- holds ---

    @Test
    void a_hold_is_taken_in_part_and_once() {
        Reference held = paid(Ids.next(), "100.00", true);
        assertThat(read(held)).first().asString().startsWith("payment AUTHORIZED 100.00 KZT");

        List<String> first =
                EventText.of(
                        tiptop.capture(
                                credentials, List.of(held), Money.parse("60.00", "KZT"), "k1"));
        List<String> again =
                EventText.of(
                        tiptop.capture(
                                credentials, List.of(held), Money.parse("60.00", "KZT"), "k2"));

        assertThat(first).first().asString().startsWith("payment CAPTURED 60.00 KZT");
        assertThat(again).isEqualTo(first);
    }

    @Test
    void a_hold_is_given_back() {
        Reference held = paid(Ids.next(), "100.00", true);

        assertThat(EventText.of(tiptop.voidHold(credentials, List.of(held), "k1")))
                .first()
                .asString()
                .startsWith("payment VOIDED 100.00 KZT");
        assertThatThrownBy(
                        () ->
                                tiptop.capture(
                                        credentials,
                                        List.of(held),
                                        Money.parse("60.00", "KZT"),
                                        "k2"))
                .isInstanceOfSatisfying(
                        ProviderRefused.class,
                        e -> assertThat(e.code()).isEqualTo("hold.not_open"));
    }

    // --- the list of a day ---

    @Test
    void a_day_lists_payments_refusals_and_refunds_in_pages() {
        Reference payment = paid(Ids.next(), "100.00", false);
        refund(Ids.next(), payment, "40.00");
        String order = open(Ids.next(), "1.00", false).checkout().key();
        for (int i = 0; i < 120; i++) {
            imitated.pay(order, POOR);
        }
        Instant now = Instant.now();

        Listing first =
                tiptop.list(
                        credentials,
                        now.minus(Duration.ofDays(1)),
                        now.plus(Duration.ofHours(1)),
                        Optional.empty());
        Listing second =
                tiptop.list(
                        credentials,
                        now.minus(Duration.ofDays(1)),
                        now.plus(Duration.ofHours(1)),
                        first.next());

        assertThat(first.items()).hasSize(100);
        assertThat(second.items()).hasSize(22);
        assertThat(second.next()).isEmpty();
        Listed paid = first.items().get(0);
        Listed returned = first.items().get(1);
        assertThat(paid.amount()).isEqualTo(Money.parse("100.00", "KZT"));
        assertThat(paid.moved()).isTrue();
        assertThat(paid.livemode()).contains(false);
        assertThat(paid.thing()).isEqualTo(payment);
        assertThat(returned.kind()).isEqualTo(org.payhub.provider.spi.DayListing.Kind.REFUND);
        assertThat(EventText.of(returned.events()))
                .singleElement()
                .asString()
                .startsWith("refund SUCCEEDED");
        assertThat(second.items()).noneMatch(Listed::moved);
    }

    // --- notification addresses ---

    @Test
    void pay_and_refund_are_set_whole_and_check_is_left_to_the_merchant() {
        RegisteredWebhook made = tiptop.register(credentials, URL);

        WebhookSettings after =
                tiptop.inspect(credentials, URL, Optional.of(made.registrationKey()));

        assertThat(made.secret()).isEmpty();
        assertThat(imitated.address(site.publicId(), "pay")).contains(URL + "/pay");
        assertThat(imitated.address(site.publicId(), "refund")).contains(URL + "/refund");
        assertThat(imitated.address(site.publicId(), "confirm")).contains(URL + "/confirm");
        assertThat(imitated.address(site.publicId(), "check")).isEmpty();
        assertThat(after.found()).isTrue();
        assertThat(after.enabled()).isTrue();
        assertThat(after.missingRequired()).containsExactly("check");
        assertThat(after.missingUseful()).isEmpty();
        assertThat(tiptop.eventsByHand()).containsExactly("check");
    }

    @ParameterizedTest
    @CsvSource({
        "https://hub.example/payments/prepaid/tiptoppay/k3y/check,true",
        "https://hub.example/payments/prepaid/tiptoppay/k3y?type=check,true",
        "https://hub.example/payments/prepaid/tiptoppay/k3y,true",
        "https://hub.example/payments/prepaid/tiptoppay,true",
        "https://hub.example/payments/prepaid/tiptoppay?type=check,true",
        "https://hub.example/payments/prepaid/tiptoppay/0ther/check,false",
        "https://hub.example/payments/prepaid/tiptoppay/k3y/pay,false",
        "https://hub.example/payments/prepaid/tiptoppay?type=pay,false",
        "https://elsewhere.example/payments/prepaid/tiptoppay/k3y/check,false",
        "https://hub.example/payments/prepaid/tiptoppayx/k3y,false"
    })
    void check_is_found_at_any_address_of_ours_that_does_not_contradict(
            String address, boolean ours) {
        tiptop.register(credentials, URL);
        imitated.notify(site.publicId(), "check", address);

        assertThat(tiptop.inspect(credentials, URL, Optional.empty()).missingRequired().isEmpty())
                .isEqualTo(ours);
    }

    @Test
    void what_is_switched_off_or_elsewhere_is_missing() {
        imitated.notify(site.publicId(), "check", URL + "/check");
        imitated.notify(site.publicId(), "pay", "https://elsewhere.example/pay");

        WebhookSettings seen = tiptop.inspect(credentials, URL, Optional.empty());

        assertThat(seen.missingRequired()).containsExactly("pay", "refund");
        assertThat(seen.missingUseful()).containsExactly("fail", "confirm", "cancel");
    }

    @Test
    void another_listener_of_the_useful_kinds_is_left_alone() {
        imitated.notify(site.publicId(), "fail", "https://elsewhere.example/fail");

        tiptop.register(credentials, URL);

        assertThat(imitated.address(site.publicId(), "fail"))
                .contains("https://elsewhere.example/fail");
    }

    @Test
    void taking_it_back_switches_off_what_leads_to_us_and_nothing_else() {
        tiptop.register(credentials, URL);
        imitated.notify(site.publicId(), "refund", "https://elsewhere.example/refund");

        tiptop.unregister(credentials, URL);
        tiptop.unregister(credentials, URL);

        assertThat(imitated.address(site.publicId(), "pay")).isEmpty();
        assertThat(imitated.address(site.publicId(), "refund"))
                .contains("https://elsewhere.example/refund");
    }
}
