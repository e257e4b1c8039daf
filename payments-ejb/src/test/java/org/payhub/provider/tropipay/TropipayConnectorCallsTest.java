package org.payhub.provider.tropipay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Clock;
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
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderEvent.RefundOutcome;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.Refunding.RefundOrder;
import org.payhub.provider.spi.StateReading.Reading;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookRegistering.RegisteredWebhook;
import org.payhub.provider.spi.WebhookRegistering.WebhookSettings;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.kit.ApiFaults.Failure;
import org.payhub.simulator.tropipay.TropipayAccount;
import org.payhub.simulator.tropipay.TropipaySimulator;

/** Every call that the connector makes, against the imitated Tropipay over HTTP. */
class TropipayConnectorCallsTest {

    private static final String VISA = "4900490000000501";
    private static final String DECLINED = "4000000000000002";
    private static final String HOOK = "https://hub.example/payments/prepaid/tropipay/key-1";

    private Simulator simulator;
    private TropipaySimulator tropipay;
    private TropipayAccount account;
    private TropipayConnector connector;
    private Credentials credentials;

    @BeforeEach
    void start() {
        simulator = Simulator.start(0);
        tropipay = simulator.provider(TropipaySimulator.class);
        account = tropipay.account();
        connector = TropipaySamples.connector(tropipay.apiBase(simulator.baseUrl()));
        credentials = TropipaySamples.credentials(account.clientId(), account.clientSecret());
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    private static CheckoutOrder order(UUID payment, Money amount) {
        return new CheckoutOrder(
                payment,
                amount,
                "Colour and cut",
                Optional.of("client@example.org"),
                Locale.forLanguageTag("es-ES"),
                "https://hub.example/pay/token?returned=1",
                "https://hub.example/pay/token",
                Instant.now().plusSeconds(3_600),
                false,
                false,
                Map.of("visit_id", "vis_1"),
                "checkout-" + payment,
                Optional.of(HOOK));
    }

    private CheckoutAnswer page(UUID payment) {
        return connector.openCheckout(credentials, order(payment, Money.parse("50.00", "EUR")));
    }

    private CheckoutAnswer paidPage(UUID payment) {
        CheckoutAnswer page = page(payment);
        assertThat(tropipay.pay(page.checkout().key(), VISA)).isEqualTo("succeeded");
        return page;
    }

    private String orderOf(CheckoutAnswer page) {
        List<com.google.gson.JsonObject> all = tropipay.movements(page.checkout().key());
        return all.get(0).get("bankOrderCode").getAsString();
    }

    private List<String> read(Reference thing) {
        return EventText.of(connector.read(credentials, thing).events());
    }

    private RefundReported refund(CheckoutAnswer page, UUID refund, String amount, String code) {
        return connector.refund(
                credentials,
                new RefundOrder(
                        refund,
                        List.of(page.checkout()),
                        Money.parse(amount, "EUR"),
                        "requested_by_customer",
                        Optional.ofNullable(code),
                        "refund-" + refund));
    }

    // --- credentials ---

    @Test
    void checking_tells_the_account_and_creates_nothing() {
        ConnectionFacts facts = connector.check(credentials);

        assertThat(facts.livemode()).contains(false);
        assertThat(facts.accountKey()).contains(account.id());
        assertThat(facts.accountName()).contains(account.name());
        assertThat(facts.missingRights()).isEmpty();
        assertThat(facts.warnings()).isEmpty();
        assertThat(tropipay.requests("POST", "/paymentcards")).isZero();
    }

    @Test
    void wrong_credentials_are_refused_on_their_field_without_their_text() {
        Credentials wrong = TropipaySamples.credentials(account.clientId(), "not-the-secret");

        ProviderRefused refused =
                catchThrowableOfType(ProviderRefused.class, () -> connector.check(wrong));

        assertThat(refused.code()).isEqualTo("integration.credentials_refused");
        assertThat(refused.field()).contains(TropipayKeys.CLIENT_SECRET);
        assertThat(refused.getMessage()).doesNotContain("not-the-secret");
    }

    @Test
    void missing_scopes_are_named_and_a_missing_right_to_refund_is_a_warning() {
        tropipay.scopes(account.id(), List.of("ALLOW_PAYMENT_IN", "ALLOW_GET_MOVEMENT_LIST"));

        ConnectionFacts facts = connector.check(credentials);

        assertThat(facts.missingRights()).containsExactly("ALLOW_EXTERNAL_CHARGE");
        assertThat(facts.warnings()).anyMatch(w -> w.contains("ALLOW_REFUND"));
        assertThat(facts.warnings()).anyMatch(w -> w.contains("profile"));
    }

    @Test
    void one_token_serves_many_calls_and_a_refused_one_is_fetched_anew() {
        page(Ids.next());
        page(Ids.next());
        long before = tropipay.requests("POST", "/access/token");

        tropipay.forgetTokens();
        page(Ids.next());

        assertThat(before).isEqualTo(1);
        assertThat(tropipay.requests("POST", "/access/token")).isEqualTo(2);
    }

    // --- payment cards ---

    @Test
    void a_card_is_opened_paid_and_read_back_with_what_arrives() {
        UUID payment = Ids.next();

        CheckoutAnswer page = paidPage(payment);

        Reading reading = connector.read(credentials, page.checkout());
        String order = orderOf(page);
        assertThat(page.redirectUrl()).startsWith(simulator.baseUrl());
        assertThat(page.expiresAt()).isAfter(Instant.now().plusSeconds(3_500));
        assertThat(EventText.of(reading.events()))
                .hasSize(3)
                .satisfiesExactly(
                        e -> assertThat(e).startsWith("checkout COMPLETED"),
                        e ->
                                assertThat(e)
                                        .startsWith("payment CAPTURED 50.00 EUR")
                                        .contains("order=" + order + ",trace"),
                        e ->
                                assertThat(e)
                                        .startsWith("fee CHARGE ")
                                        .endsWith("50.00 EUR fee 2.25 EUR"));
        assertThat(reading.openCheckout()).isEmpty();
        com.google.gson.JsonObject card = tropipay.card(page.checkout().key()).orElseThrow();
        assertThat(card.get("reference").getAsString())
                .isEqualTo(TropipayMovement.reference(payment));
        assertThat(card.get("urlNotification").getAsString()).isEqualTo(HOOK);
        assertThat(card.get("lang").getAsString()).isEqualTo("es");
    }

    @Test
    void a_payment_from_a_balance_reads_so() {
        CheckoutAnswer page = page(Ids.next());
        tropipay.payFromBalance(page.checkout().key());

        assertThat(read(page.checkout())).anyMatch(e -> e.startsWith("payment CAPTURED 50.00 EUR"));
        assertThat(orderOf(page)).startsWith("TX");
    }

    @Test
    void dollars_and_the_dollar_coin_are_charged_in_cents() {
        for (String asset : List.of("USD", "USDC")) {
            CheckoutAnswer page =
                    connector.openCheckout(
                            credentials, order(Ids.next(), Money.ofMinor(1_055, asset)));
            tropipay.pay(page.checkout().key(), VISA);

            assertThat(read(page.checkout()))
                    .anyMatch(e -> e.startsWith("payment CAPTURED 10.55 " + asset))
                    .anyMatch(e -> e.startsWith("fee CHARGE ") && e.endsWith("fee 0.00 EUR"));
        }
    }

    @Test
    void a_declined_try_ends_the_attempt_and_the_page_lives_on() {
        CheckoutAnswer page = page(Ids.next());
        tropipay.pay(page.checkout().key(), DECLINED);

        Reading reading = connector.read(credentials, page.checkout());

        assertThat(EventText.of(reading.events()))
                .singleElement()
                .asString()
                .startsWith("payment DECLINED 50.00 EUR");
        assertThat(reading.openCheckout()).isPresent();
    }

    @Test
    void an_order_that_may_have_been_made_before_is_looked_for_and_not_made_twice() {
        UUID old = new UUID((System.currentTimeMillis() - 60_000 << 16) | 0x7000, 0x8L << 60 | 7);
        CheckoutAnswer first = page(old);

        CheckoutAnswer again = page(old);

        assertThat(again.checkout()).isEqualTo(first.checkout());
        assertThat(tropipay.requests("POST", "/paymentcards")).isEqualTo(1);
    }

    @Test
    void a_lost_order_of_a_card_is_found_by_our_reference_with_its_address() {
        UUID payment = Ids.next();
        tropipay.api()
                .failNext(
                        1, Failure.status(500).on("POST /tropipay/paymentcards").afterTheEffect());

        ProviderUnavailable lost =
                catchThrowableOfType(ProviderUnavailable.class, () -> page(payment));
        Reading found = connector.find(credentials, payment, Optional.empty(), List.of());
        Reading nothing = connector.find(credentials, Ids.next(), Optional.empty(), List.of());

        assertThat(lost.mayHaveReachedProvider()).isTrue();
        assertThat(found.found()).isTrue();
        assertThat(found.openCheckout().orElseThrow().redirectUrl())
                .startsWith(simulator.baseUrl());
        assertThat(nothing.found()).isFalse();
    }

    @Test
    void a_token_that_cannot_be_fetched_means_that_nothing_was_ordered() {
        tropipay.api().failNext(1, Failure.status(500).on("POST /tropipay/access/token"));

        ProviderUnavailable never =
                catchThrowableOfType(ProviderUnavailable.class, () -> page(Ids.next()));

        assertThat(never.mayHaveReachedProvider()).isFalse();
    }

    @Test
    void what_tropipay_does_not_do_is_refused_before_it_is_asked() {
        for (Money amount : List.of(Money.parse("0.99", "EUR"), Money.parse("50.00", "GBP"))) {
            assertThatThrownBy(() -> connector.openCheckout(credentials, order(Ids.next(), amount)))
                    .isInstanceOf(ProviderRefused.class);
        }
        assertThat(tropipay.requests()).isEmpty();
    }

    @Test
    void a_closed_page_is_expired_and_a_paid_one_says_that_it_is_too_late() {
        CheckoutAnswer open = page(Ids.next());
        CheckoutAnswer paid = paidPage(Ids.next());

        assertThat(connector.expireCheckout(credentials, open.checkout().key()))
                .isEqualTo(CheckoutOutcome.EXPIRED);
        assertThat(connector.expireCheckout(credentials, open.checkout().key()))
                .isEqualTo(CheckoutOutcome.EXPIRED);
        assertThat(connector.expireCheckout(credentials, paid.checkout().key()))
                .isEqualTo(CheckoutOutcome.COMPLETED);
    }

    @Test
    void money_that_came_after_the_page_was_closed_is_found() {
        CheckoutAnswer page = page(Ids.next());
        connector.expireCheckout(credentials, page.checkout().key());

        tropipay.pay(page.checkout().key(), VISA);

        assertThat(read(page.checkout())).anyMatch(e -> e.startsWith("payment CAPTURED 50.00 EUR"));
        assertThat(read(new Reference(TropipayMovement.ORDER, orderOf(page))))
                .anyMatch(e -> e.startsWith("payment CAPTURED 50.00 EUR"));
    }

    // --- notifications ---

    @Test
    void a_genuine_notification_verifies_and_names_the_order_that_is_read() {
        CheckoutAnswer page = paidPage(Ids.next());
        String body = tropipay.notifications(account.id()).get(0);
        RawWebhook raw = TropipaySamples.raw(TropipaySamples.bytes(body), Instant.now());

        VerifiedWebhook webhook = connector.verify(credentials, raw);

        assertThat(EventText.of(connector.translate(webhook)))
                .containsExactly("read first order " + orderOf(page));
        assertThat(webhook.objectKey()).contains(page.checkout().key());
        assertThat(connector.hints(raw).keys()).contains(page.checkout());
    }

    @Test
    void lists_whose_filters_are_passed_over_are_filtered_here() {
        CheckoutAnswer page = paidPage(Ids.next());
        for (int i = 0; i < 60; i++) {
            tropipay.payFromBalance(page(Ids.next()).checkout().key());
        }
        tropipay.filtersIgnored(true);

        assertThat(read(new Reference(TropipayMovement.ORDER, orderOf(page)))).hasSize(2);
        assertThat(read(page.checkout())).hasSize(3);
    }

    // --- refunds ---

    @Test
    void a_refund_asks_for_the_code_that_the_owner_is_sent_and_takes_it_then() {
        CheckoutAnswer page = paidPage(Ids.next());

        ProviderRefused asked =
                catchThrowableOfType(
                        ProviderRefused.class, () -> refund(page, Ids.next(), "20.00", null));
        ProviderRefused wrong =
                catchThrowableOfType(
                        ProviderRefused.class, () -> refund(page, Ids.next(), "20.00", "999999"));
        RefundReported done = refund(page, Ids.next(), "20.00", " 123456 ");

        assertThat(asked.code()).isEqualTo("refund.second_factor_required");
        assertThat(wrong.code()).isEqualTo("refund.second_factor_wrong");
        assertThat(tropipay.codesSent(account.id())).isEqualTo(1);
        assertThat(done.outcome()).isEqualTo(RefundOutcome.SUCCEEDED);
        assertThat(done.amount()).isEqualTo(Money.parse("20.00", "EUR"));
        assertThat(tropipay.books(account.id()).sum("EUR", "refunded")).isEqualTo(2_000);
        assertThat(read(page.checkout()))
                .filteredOn(e -> e.startsWith("refund "))
                .singleElement()
                .asString()
                .startsWith("refund SUCCEEDED " + done.refundKey() + " 20.00 EUR");
    }

    @Test
    void more_than_was_paid_is_refused_and_nothing_moves() {
        CheckoutAnswer page = paidPage(Ids.next());

        assertThatThrownBy(() -> refund(page, Ids.next(), "50.01", "123456"))
                .isInstanceOf(ProviderRefused.class);

        assertThat(tropipay.books(account.id()).sum("EUR", "refunded")).isZero();
    }

    @Test
    void a_refund_whose_answer_was_lost_is_found() {
        CheckoutAnswer page = paidPage(Ids.next());
        UUID refund = Ids.next();
        tropipay.api()
                .failNext(
                        1,
                        Failure.status(502)
                                .on("POST /tropipay/movements/in/refund")
                                .afterTheEffect());

        ProviderUnavailable lost =
                catchThrowableOfType(
                        ProviderUnavailable.class, () -> refund(page, refund, "20.00", "123456"));
        Reading found =
                connector.find(
                        credentials, Ids.next(), Optional.of(refund), List.of(page.checkout()));

        assertThat(lost.mayHaveReachedProvider()).isTrue();
        assertThat(found.found()).isTrue();
        assertThat(EventText.of(found.events())).anyMatch(e -> e.contains("20.00 EUR"));
    }

    @Test
    void a_pending_refund_ends_well_or_not() {
        tropipay.refundsPending(true);
        CheckoutAnswer page = paidPage(Ids.next());
        RefundReported first = refund(page, Ids.next(), "10.00", "123456");
        RefundReported second = refund(page, Ids.next(), "5.00", "123456");

        tropipay.act("refund_succeeds", first.refundKey(), Map.of());
        tropipay.act("refund_fails", second.refundKey(), Map.of());

        assertThat(first.outcome()).isEqualTo(RefundOutcome.PENDING);
        assertThat(read(new Reference(TropipayMovement.ORDER, orderOf(page))))
                .anyMatch(e -> e.startsWith("refund SUCCEEDED " + first.refundKey()))
                .anyMatch(e -> e.startsWith("refund FAILED " + second.refundKey()));
    }

    // --- hooks ---

    @Test
    void hooks_are_set_seen_and_taken_back() {
        RegisteredWebhook made = connector.register(credentials, HOOK);

        WebhookSettings settings =
                connector.inspect(credentials, HOOK, Optional.of(made.registrationKey()));
        assertThat(settings.found()).isTrue();
        assertThat(settings.missingRequired()).isEmpty();
        assertThat(made.secret()).isEmpty();
        assertThat(tropipay.hooks(account.id()))
                .containsEntry("transaction_completed", HOOK)
                .containsEntry("transaction_failed", HOOK);

        connector.unregister(credentials, made.registrationKey());
        connector.unregister(credentials, made.registrationKey());

        assertThat(tropipay.hooks(account.id())).isEmpty();
        assertThat(connector.inspect(credentials, HOOK, Optional.empty()).found()).isFalse();
    }

    @Test
    void an_address_of_ours_is_replaced_and_another_systems_is_left_alone() {
        tropipay.hook(
                account.id(),
                "transaction_completed",
                "https://hub.example/payments/prepaid/tropipay/older");
        connector.register(credentials, HOOK);
        assertThat(tropipay.hooks(account.id())).containsEntry("transaction_completed", HOOK);

        tropipay.hook(account.id(), "transaction_failed", "https://shop.example/hook");
        assertThatThrownBy(() -> connector.register(credentials, HOOK))
                .isInstanceOfSatisfying(
                        ProviderRefused.class,
                        e -> assertThat(e.code()).isEqualTo("integration.webhook_taken"));
        assertThat(tropipay.hooks(account.id()))
                .containsEntry("transaction_failed", "https://shop.example/hook");
    }

    // --- the day's list ---

    @Test
    void a_day_is_listed_page_by_page_with_everything_that_moved() {
        Instant from = Instant.now().minus(Duration.ofMinutes(1));
        CheckoutAnswer first = paidPage(Ids.next());
        for (int i = 0; i < 55; i++) {
            tropipay.payFromBalance(page(Ids.next()).checkout().key());
        }
        refund(first, Ids.next(), "10.00", "123456");

        List<Listed> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        int pages = 0;
        do {
            Listing listing =
                    connector.list(
                            credentials,
                            from,
                            Instant.now(Clock.systemUTC()).plusSeconds(60),
                            cursor);
            all.addAll(listing.items());
            cursor = listing.next();
            pages++;
        } while (cursor.isPresent());

        assertThat(pages).isEqualTo(2);
        assertThat(all).hasSize(57);
        assertThat(all).filteredOn(l -> l.kind() == Kind.REFUND).hasSize(1);
        assertThat(all).allMatch(Listed::moved).noneMatch(l -> l.events().isEmpty());
        assertThat(
                        connector
                                .list(
                                        credentials,
                                        from.minus(Duration.ofDays(1)),
                                        from,
                                        Optional.empty())
                                .items())
                .isEmpty();
    }
}
