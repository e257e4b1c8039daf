package org.payhub.provider.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.Ids;
import org.payhub.provider.EventText;
import org.payhub.provider.spi.CheckoutOpening.CheckoutAnswer;
import org.payhub.provider.spi.CheckoutOpening.CheckoutOrder;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.DayListing.Kind;
import org.payhub.provider.spi.DayListing.Listed;
import org.payhub.provider.spi.DayListing.Listing;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.ProviderEvent.RefundOutcome;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.Refunding.RefundOrder;
import org.payhub.provider.spi.StateReading.Reading;
import org.payhub.provider.spi.WebhookRegistering.RegisteredWebhook;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.kit.ApiFaults;
import org.payhub.simulator.kit.ApiFaults.Failure;
import org.payhub.simulator.stripe.StripeAccount;
import org.payhub.simulator.stripe.StripeEvent;

/** Every call that the connector makes, against the imitated Stripe over HTTP. */
class StripeConnectorCallsTest {

    private static final String VISA = "4242424242424242";

    private Simulator simulator;
    private StripeConnector stripe;
    private Credentials credentials;

    @BeforeEach
    void start() {
        simulator = Simulator.start(0);
        stripe = StripeSamples.connector(simulator.baseUrl());
        StripeAccount.Keys keys = simulator.stripe().account().test();
        credentials = keys(keys.publishable(), keys.secret());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static Credentials keys(String publishable, String secret) {
        return Credentials.of(
                StripeSamples.OWNER,
                Map.of(StripeKeys.PUBLISHABLE_KEY, publishable, StripeKeys.SECRET_KEY, secret));
    }

    private static CheckoutOrder order(UUID payment, String amount, boolean hold) {
        return order(payment, Money.parse(amount, "EUR"), hold, Instant.now().plusSeconds(7_200));
    }

    private static CheckoutOrder order(UUID payment, Money amount, boolean hold, Instant end) {
        return new CheckoutOrder(
                payment,
                amount,
                "Colour and cut",
                Optional.of("client@example.org"),
                Locale.forLanguageTag("es-ES"),
                "https://hub.example/pay/token/back",
                "https://hub.example/pay/token",
                end,
                hold,
                false,
                Map.of("visit_id", "vis_1"),
                "checkout-" + payment);
    }

    private CheckoutAnswer paidPage(UUID payment, boolean hold) {
        CheckoutAnswer page = stripe.openCheckout(credentials, order(payment, "50.00", hold));
        assertThat(simulator.stripe().pay(page.checkout().key(), VISA))
                .isEqualTo(hold ? "held" : "succeeded");
        return page;
    }

    private RefundOrder refundOf(CheckoutAnswer page, UUID refund, String amount) {
        return new RefundOrder(
                refund,
                List.of(page.checkout()),
                Money.parse(amount, "EUR"),
                "requested_by_customer",
                Optional.empty(),
                "refund-" + refund);
    }

    private List<String> read(Reference thing) {
        return EventText.of(stripe.read(credentials, thing).events());
    }

    // --- keys ---

    @Test
    void a_secret_key_tells_mode_account_and_currencies() {
        ConnectionFacts facts = stripe.check(credentials);

        assertThat(facts.livemode()).contains(false);
        assertThat(facts.accountKey()).contains(simulator.stripe().account().id());
        assertThat(facts.settlementAssets()).contains(Asset.of("EUR"));
        assertThat(facts.missingRights()).isEmpty();
    }

    @Test
    void checking_a_restricted_key_names_what_it_lacks_and_creates_nothing() {
        StripeAccount account = simulator.stripe().account();
        Credentials restricted = keys(account.test().publishable(), account.test().restricted());

        ConnectionFacts facts = stripe.check(restricted);

        assertThat(facts.missingRights()).isEmpty();
        assertThat(facts.accountKey()).isEmpty();
        assertThat(simulator.stripe().events(account.id(), false)).isEmpty();
    }

    @Test
    void a_restricted_key_is_told_by_name_which_rights_it_lacks() {
        StripeAccount account = simulator.stripe().account();
        simulator
                .stripe()
                .restrict(
                        account.id(),
                        false,
                        List.of("rak_checkout_session_read", "rak_charge_read", "rak_payout_read"));
        Credentials restricted = keys(account.test().publishable(), account.test().restricted());

        ConnectionFacts facts = stripe.check(restricted);

        assertThat(facts.livemode()).contains(false);
        assertThat(facts.missingRights())
                .containsExactly(
                        "Balance: Read",
                        "Checkout Sessions: Write",
                        "Charges and Refunds: Write",
                        "PaymentIntents: Write",
                        "Disputes: Read",
                        "Balance transaction sources: Read",
                        "Webhook Endpoints: Write");
        assertThatThrownBy(() -> stripe.register(restricted, "http://127.0.0.1:1/hook"))
                .isInstanceOfSatisfying(
                        ProviderRefused.class,
                        e -> assertThat(e.code()).isEqualTo("integration.webhook_right_missing"));
        assertThat(
                        stripe.inspect(restricted, "http://127.0.0.1:1/hook", Optional.empty())
                                .readable())
                .isFalse();
    }

    @Test
    void a_key_that_may_not_see_bookings_still_reads_the_payment() {
        CheckoutAnswer page = paidPage(Ids.next(), false);
        StripeAccount account = simulator.stripe().account();
        simulator
                .stripe()
                .restrict(
                        account.id(),
                        false,
                        List.of(
                                "rak_checkout_session_read",
                                "rak_charge_read",
                                "rak_payment_intent_read"));
        Credentials restricted = keys(account.test().publishable(), account.test().restricted());

        List<String> events = EventText.of(stripe.read(restricted, page.checkout()).events());

        assertThat(events).anyMatch(e -> e.startsWith("payment CAPTURED 50.00 EUR"));
    }

    @Test
    void a_revoked_key_is_refused_with_its_field_and_without_its_text() {
        Credentials revoked = keys("pk_test_51Gone", "sk_test_51GoneAndRevoked");

        ProviderRefused refused =
                catchThrowableOfType(ProviderRefused.class, () -> stripe.check(revoked));

        assertThat(refused.code()).isEqualTo("integration.credentials_refused");
        assertThat(refused.field()).contains(StripeKeys.SECRET_KEY);
        assertThat(refused.getMessage()).doesNotContain("GoneAndRevoked");
        assertThat(refused.requestId()).isPresent();
    }

    // --- checkout ---

    @Test
    void a_page_is_opened_paid_and_read_back_with_its_fee() {
        UUID payment = Ids.next();

        CheckoutAnswer page = paidPage(payment, false);

        simulator.stripe().runEverythingDue(Duration.ofHours(2));
        Reading reading = stripe.read(credentials, page.checkout());
        assertThat(page.redirectUrl()).startsWith(simulator.baseUrl());
        assertThat(page.expiresAt()).isAfter(Instant.now().plusSeconds(7_000));
        assertThat(reading.found()).isTrue();
        assertThat(EventText.of(reading.events()).get(0)).startsWith("checkout COMPLETED");
        assertThat(EventText.of(reading.events()).get(1)).startsWith("payment CAPTURED 50.00 EUR");
        assertThat(EventText.of(reading.events()).get(2)).startsWith("fee CHARGE txn_");
        PaymentReported reported = (PaymentReported) reading.events().get(1);
        assertThat(reported.references().ours()).contains(payment);
        assertThat(reported.references().traceOfUs()).isTrue();
    }

    @Test
    void the_same_key_opens_the_same_page_also_with_another_end() {
        UUID payment = Ids.next();
        CheckoutAnswer first = stripe.openCheckout(credentials, order(payment, "50.00", false));

        CheckoutAnswer again = stripe.openCheckout(credentials, order(payment, "50.00", false));
        CheckoutAnswer later =
                stripe.openCheckout(
                        credentials,
                        order(
                                payment,
                                Money.parse("50.00", "EUR"),
                                false,
                                Instant.now().plusSeconds(10_000)));

        assertThat(again.checkout()).isEqualTo(first.checkout());
        assertThat(later.checkout()).isEqualTo(first.checkout());
        assertThat(simulator.stripe().requests("POST", "/v1/checkout/sessions")).isEqualTo(3);
    }

    @Test
    void an_amount_below_stripes_smallest_is_refused_by_name() {
        ProviderRefused refused =
                catchThrowableOfType(
                        ProviderRefused.class,
                        () -> stripe.openCheckout(credentials, order(Ids.next(), "0.20", false)));

        assertThat(refused.code()).isEqualTo("checkout.amount_too_small");
        assertThat(refused.providerCode()).contains("amount_too_small");
    }

    @Test
    void yen_and_crowns_reach_stripe_in_its_own_units() {
        UUID yen = Ids.next();
        UUID crowns = Ids.next();
        Instant end = Instant.now().plusSeconds(7_200);

        CheckoutAnswer inYen =
                stripe.openCheckout(
                        credentials, order(yen, Money.ofMinor(5_000, "JPY"), false, end));
        CheckoutAnswer inCrowns =
                stripe.openCheckout(
                        credentials, order(crowns, Money.ofMinor(5_000, "ISK"), false, end));

        assertThat(total(inYen)).isEqualTo(5_000);
        assertThat(total(inCrowns)).isEqualTo(500_000);
    }

    private long total(CheckoutAnswer page) {
        return simulator
                .stripe()
                .find(page.checkout().key())
                .orElseThrow()
                .get("amount_total")
                .getAsLong();
    }

    @Test
    void an_open_page_is_closed_once_and_a_paid_one_says_that_it_is_too_late() {
        CheckoutAnswer open = stripe.openCheckout(credentials, order(Ids.next(), "50.00", false));
        CheckoutAnswer paid = paidPage(Ids.next(), false);

        assertThat(stripe.expireCheckout(credentials, open.checkout().key()))
                .isEqualTo(CheckoutOutcome.EXPIRED);
        assertThat(stripe.expireCheckout(credentials, open.checkout().key()))
                .isEqualTo(CheckoutOutcome.EXPIRED);
        assertThat(stripe.expireCheckout(credentials, paid.checkout().key()))
                .isEqualTo(CheckoutOutcome.COMPLETED);
    }

    @Test
    void a_lost_order_of_a_page_is_found_by_our_id_with_its_address() {
        UUID payment = Ids.next();
        stripe.openCheckout(credentials, order(Ids.next(), "50.00", false));
        CheckoutAnswer lost = stripe.openCheckout(credentials, order(payment, "50.00", false));

        Reading found = stripe.find(credentials, payment, Optional.empty(), List.of());
        Reading nothing = stripe.find(credentials, Ids.next(), Optional.empty(), List.of());

        assertThat(found.found()).isTrue();
        assertThat(found.openCheckout().orElseThrow()).isEqualTo(lost);
        assertThat(nothing.found()).isFalse();
    }

    // --- refunds ---

    @Test
    void the_same_refund_is_ordered_once_and_bears_our_id() {
        CheckoutAnswer page = paidPage(Ids.next(), false);
        UUID refund = Ids.next();

        ProviderEvent.RefundReported first =
                stripe.refund(credentials, refundOf(page, refund, "20.00"));
        ProviderEvent.RefundReported again =
                stripe.refund(credentials, refundOf(page, refund, "20.00"));

        assertThat(first.outcome()).isEqualTo(RefundOutcome.SUCCEEDED);
        assertThat(first.ours()).contains(refund);
        assertThat(first.amount()).isEqualTo(Money.parse("20.00", "EUR"));
        assertThat(again.refundKey()).isEqualTo(first.refundKey());
        assertThat(read(page.checkout()))
                .filteredOn(e -> e.startsWith("refund "))
                .singleElement()
                .asString()
                .startsWith("refund SUCCEEDED " + first.refundKey() + " 20.00 EUR");
    }

    @Test
    void more_than_was_paid_is_refused_and_nothing_moves() {
        CheckoutAnswer page = paidPage(Ids.next(), false);

        assertThatThrownBy(() -> stripe.refund(credentials, refundOf(page, Ids.next(), "50.01")))
                .isInstanceOf(ProviderRefused.class);

        assertThat(read(page.checkout())).noneMatch(e -> e.startsWith("refund "));
    }

    @Test
    void a_refund_whose_answer_was_lost_is_found_by_its_own_id() {
        CheckoutAnswer page = paidPage(Ids.next(), false);
        UUID refund = Ids.next();
        simulator
                .stripe()
                .api()
                .failNext(
                        3,
                        Failure.of(ApiFaults.Kind.RESET).on("POST /v1/refunds").afterTheEffect());

        ProviderUnavailable lost =
                catchThrowableOfType(
                        ProviderUnavailable.class,
                        () -> stripe.refund(credentials, refundOf(page, refund, "20.00")));
        Reading found =
                stripe.find(credentials, Ids.next(), Optional.of(refund), List.of(page.checkout()));
        Reading other =
                stripe.find(
                        credentials, Ids.next(), Optional.of(Ids.next()), List.of(page.checkout()));

        assertThat(lost.mayHaveReachedProvider()).isTrue();
        assertThat(found.found()).isTrue();
        assertThat(other.found()).isFalse();
    }

    // --- holds ---

    @Test
    void a_hold_is_taken_in_part_and_reads_so() {
        CheckoutAnswer page = paidPage(Ids.next(), true);
        List<String> held = read(page.checkout());

        List<ProviderEvent> taken =
                stripe.capture(
                        credentials, List.of(page.checkout()), Money.parse("30.00", "EUR"), "c1");

        assertThat(held).anyMatch(e -> e.startsWith("payment AUTHORIZED 50.00 EUR"));
        assertThat(EventText.of(taken).get(0)).startsWith("payment CAPTURED 30.00 EUR");
        assertThat(read(page.checkout()))
                .anyMatch(e -> e.startsWith("payment CAPTURED 30.00 EUR"))
                .noneMatch(e -> e.startsWith("refund "));
    }

    @Test
    void a_hold_is_given_back_and_cannot_be_taken_then() {
        CheckoutAnswer page = paidPage(Ids.next(), true);

        List<ProviderEvent> voided = stripe.voidHold(credentials, List.of(page.checkout()), "v1");

        assertThat(((PaymentReported) voided.get(0)).outcome()).isEqualTo(PaymentOutcome.VOIDED);
        assertThat(read(page.checkout())).anyMatch(e -> e.startsWith("payment VOIDED 50.00 EUR"));
        assertThatThrownBy(
                        () ->
                                stripe.capture(
                                        credentials,
                                        List.of(page.checkout()),
                                        Money.parse("50.00", "EUR"),
                                        "c2"))
                .isInstanceOfSatisfying(
                        ProviderRefused.class,
                        e -> assertThat(e.code()).isEqualTo("hold.not_open"));
    }

    @Test
    void a_hold_that_ran_out_reads_so() {
        CheckoutAnswer page = paidPage(Ids.next(), true);
        String charge = charge(page);

        simulator.stripe().act("hold_expires", charge, Map.of());

        assertThat(read(page.checkout())).anyMatch(e -> e.startsWith("payment HOLD_EXPIRED"));
        assertThat(read(new Reference(StripeObjects.CHARGE, charge)))
                .anyMatch(e -> e.startsWith("payment HOLD_EXPIRED"));
    }

    private String charge(CheckoutAnswer page) {
        return stripe.read(credentials, page.checkout()).events().stream()
                .filter(PaymentReported.class::isInstance)
                .map(e -> ((PaymentReported) e).transactionKey())
                .findFirst()
                .orElseThrow();
    }

    // --- state ---

    @Test
    void refunds_failures_and_disputes_are_read_with_their_bookings() {
        CheckoutAnswer page = paidPage(Ids.next(), false);
        simulator.stripe().runEverythingDue(Duration.ofHours(2));
        String refund = stripe.refund(credentials, refundOf(page, Ids.next(), "10.00")).refundKey();
        simulator.stripe().act("refund_fails", refund, Map.of());
        simulator.stripe().act("dispute", charge(page), Map.of("withdraw", true));

        List<String> all = read(page.checkout());

        assertThat(all).anyMatch(e -> e.startsWith("refund FAILED " + refund));
        assertThat(all).anyMatch(e -> e.startsWith("fee REFUND "));
        assertThat(all).anyMatch(e -> e.startsWith("fee REFUND_FAILURE "));
        assertThat(all).anyMatch(e -> e.startsWith("dispute NEEDS_RESPONSE"));
        assertThat(all)
                .filteredOn(e -> e.startsWith("dispute "))
                .singleElement()
                .asString()
                .contains("-50.00 EUR");
    }

    @Test
    void every_kind_can_be_read_by_its_key_and_an_unknown_one_is_nothing() {
        CheckoutAnswer page = paidPage(Ids.next(), false);
        simulator.stripe().runEverythingDue(Duration.ofHours(2));
        String charge = charge(page);
        String refund = stripe.refund(credentials, refundOf(page, Ids.next(), "10.00")).refundKey();
        List<String> whole = read(page.checkout());
        String booking =
                whole.stream()
                        .filter(e -> e.startsWith("fee CHARGE "))
                        .map(e -> e.split(" ")[2])
                        .findFirst()
                        .orElseThrow();

        assertThat(read(new Reference(StripeObjects.CHARGE, charge)))
                .containsExactlyElementsOf(whole.subList(1, whole.size()));
        assertThat(read(new Reference(StripeObjects.REFUND, refund)).get(0))
                .startsWith("refund SUCCEEDED " + refund);
        assertThat(read(new Reference(StripeObjects.BOOKING, booking)).get(0))
                .startsWith("fee CHARGE " + booking + " of " + charge);
        for (String kind :
                List.of("session", "intent", "charge", "refund", "dispute", "payout", "other")) {
            assertThat(stripe.read(credentials, new Reference(kind, "x_nowhere")).found())
                    .as(kind)
                    .isFalse();
        }
    }

    @Test
    void a_payout_is_read() {
        simulator.stripe().asyncCapture(false);
        paidPage(Ids.next(), false);
        simulator.stripe().runEverythingDue(Duration.ofDays(10));
        String payout =
                simulator
                        .stripe()
                        .act("payout", simulator.stripe().account().id(), Map.of())
                        .get("id")
                        .getAsString();

        assertThat(read(new Reference(StripeObjects.PAYOUT, payout)).get(0))
                .startsWith("payout ")
                .contains(payout);
    }

    // --- webhook endpoints ---

    @Test
    void an_endpoint_is_registered_with_every_event_replaced_and_taken_back() {
        String url = "http://127.0.0.1:1/payments/prepaid/stripe/key";

        RegisteredWebhook first = stripe.register(credentials, url);
        RegisteredWebhook second = stripe.register(credentials, url);

        var settings = stripe.inspect(credentials, url, Optional.of(second.registrationKey()));
        assertThat(second.registrationKey()).isNotEqualTo(first.registrationKey());
        assertThat(second.secret().orElseThrow().field()).isEqualTo(StripeKeys.WEBHOOK_SECRET);
        assertThat(second.secret().orElseThrow().secret().reveal()).startsWith("whsec_");
        assertThat(settings.enabled()).isTrue();
        assertThat(settings.missingRequired()).isEmpty();
        assertThat(settings.missingUseful()).isEmpty();
        stripe.unregister(credentials, second.registrationKey());
        stripe.unregister(credentials, second.registrationKey());
        assertThat(stripe.inspect(credentials, url, Optional.empty()).found()).isFalse();
    }

    // --- trouble ---

    @Test
    void an_outage_is_waited_out_within_the_call() {
        simulator.stripe().api().failNext(2, Failure.status(503).on("POST /v1/checkout/sessions"));

        CheckoutAnswer page = stripe.openCheckout(credentials, order(Ids.next(), "50.00", false));

        assertThat(page.checkout().key()).startsWith("cs_test_");
    }

    @Test
    void whatever_stripe_answers_wrongly_leaves_the_outcome_unknown() {
        List<Failure> wrong =
                List.of(
                        Failure.status(500),
                        Failure.status(409),
                        Failure.of(ApiFaults.Kind.HTML),
                        Failure.of(ApiFaults.Kind.EMPTY),
                        Failure.of(ApiFaults.Kind.GARBAGE),
                        Failure.of(ApiFaults.Kind.RESET));
        for (Failure failure : wrong) {
            StripeConnector fresh = StripeSamples.connector(simulator.baseUrl());
            simulator.stripe().api().failNext(3, failure.on("POST /v1/checkout/sessions"));

            ProviderUnavailable unknown =
                    catchThrowableOfType(
                            ProviderUnavailable.class,
                            () ->
                                    fresh.openCheckout(
                                            credentials, order(Ids.next(), "50.00", false)));

            assertThat(unknown).as(failure.toString()).isNotNull();
            assertThat(unknown.mayHaveReachedProvider()).as(failure.toString()).isTrue();
            simulator.stripe().api().reset();
        }
    }

    @Test
    void too_many_calls_is_said_as_nothing_happened() {
        simulator.stripe().api().failNext(1, Failure.status(429).on("POST /v1/checkout/sessions"));

        ProviderUnavailable busy =
                catchThrowableOfType(
                        ProviderUnavailable.class,
                        () -> stripe.openCheckout(credentials, order(Ids.next(), "50.00", false)));

        assertThat(busy.mayHaveReachedProvider()).isFalse();
    }

    @Test
    void a_provider_that_cannot_be_reached_was_not_reached() {
        StripeConnector nowhere = StripeSamples.connector("http://127.0.0.1:1");

        ProviderUnavailable away =
                catchThrowableOfType(
                        ProviderUnavailable.class,
                        () -> nowhere.openCheckout(credentials, order(Ids.next(), "50.00", false)));

        assertThat(away.mayHaveReachedProvider()).isFalse();
    }

    // --- days ---

    private List<Listed> day(Instant from, Instant to) {
        List<Listed> listed = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Listing page = stripe.list(credentials, from, to, cursor);
            listed.addAll(page.items());
            cursor = page.next();
        } while (cursor.isPresent());
        return listed;
    }

    @Test
    void a_day_lists_everything_that_was_done_with_all_that_a_webhook_would_tell() {
        simulator.stripe().asyncCapture(false);
        UUID payment = Ids.next();
        paidPage(payment, false);
        String charge =
                simulator.stripe().events(account(), false).stream()
                        .filter(e -> e.type().equals("charge.succeeded"))
                        .map(StripeEvent::objectId)
                        .findFirst()
                        .orElseThrow();
        simulator.stripe().act("refund", charge, Map.of("amount", 700));
        simulator.stripe().act("dispute", charge, Map.of());
        simulator.stripe().act("sell", account(), Map.of("amount", 900));

        List<Listed> listed =
                day(Instant.now().minusSeconds(3_600), Instant.now().plusSeconds(3_600));

        assertThat(listed.stream().map(Listed::kind))
                .contains(Kind.PAYMENT, Kind.REFUND, Kind.DISPUTE);
        Listed ours =
                listed.stream()
                        .filter(l -> l.thing().key().equals(charge))
                        .findFirst()
                        .orElseThrow();
        assertThat(ours.references().ours()).contains(payment);
        assertThat(ours.moved()).isTrue();
        assertThat(ours.livemode()).contains(false);
        assertThat(ours.amount()).isEqualTo(Money.parse("50.00", "EUR"));
        assertThat(ours.events())
                .hasAtLeastOneElementOfType(PaymentReported.class)
                .hasAtLeastOneElementOfType(ProviderEvent.FeeReported.class);
        assertThat(listed.stream().filter(l -> l.kind() == Kind.PAYMENT)).hasSize(2);
        assertThat(day(Instant.now().minusSeconds(7_200), Instant.now().minusSeconds(3_600)))
                .isEmpty();
    }

    @Test
    void a_long_day_is_listed_page_by_page_without_loss_or_double() {
        for (int i = 0; i < 130; i++) {
            simulator.stripe().act("sell", account(), Map.of("amount", 100 + i));
        }

        List<Listed> listed =
                day(Instant.now().minusSeconds(3_600), Instant.now().plusSeconds(3_600));

        assertThat(
                        listed.stream()
                                .filter(l -> l.kind() == Kind.PAYMENT)
                                .map(l -> l.thing().key())
                                .distinct())
                .hasSize(130);
    }

    private String account() {
        return simulator.stripe().account().id();
    }
}
