package org.payhub.provider.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.payhub.platform.Ids;
import org.payhub.provider.EventText;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.CheckoutReported;
import org.payhub.provider.spi.ProviderEvent.DisputeReported;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.ProviderEvent.PayoutReported;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.VerifiedWebhook;

class StripeEventsTest {

    private static List<ProviderEvent> events(byte[] body) {
        VerifiedWebhook verified =
                StripeWebhook.verify(StripeSamples.credentials(), StripeSamples.signed(body));
        return StripeEvents.of(StripeWebhook.event(verified), verified.raw().receivedAt());
    }

    private static List<ProviderEvent> events(String type, String object) {
        return events(
                ("{\"id\":\"evt_1\",\"type\":\""
                                + type
                                + "\",\"created\":1700000000,\"data\":{\"object\":"
                                + object
                                + "}}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static List<String> text(String type, String object) {
        return EventText.of(events(type, object));
    }

    // --- every recorded event ---

    static Stream<Arguments> fixtures() {
        return Stream.of(
                row(
                        "charge.succeeded--zulip.json",
                        "payment CAPTURED 222.00 USD [charge=ch_3TbGBUJEe0yY0QKr18Sf1VVH,"
                                + "intent=pi_3TbGBUJEe0yY0QKr1NhtlhQp]",
                        "read later balance_transaction txn_3TbGBUJEe0yY0QKr1CDjmSO5"),
                row(
                        "charge.succeeded--gitpay.json",
                        "payment CAPTURED 5.00 USD [charge=ch_1CeLZkBrSjgsps2DCNBQmnLA]",
                        "read later balance_transaction txn_1CeLZlBrSjgsps2DYNYEZqhs"),
                row(
                        "charge.succeeded--cityofboston-uncaptured.json",
                        "payment AUTHORIZED 14.56 USD [charge=ch_1DwXClHEIqCf0NlgypL8DXb6]"),
                row(
                        "charge.captured--cityofboston.json",
                        "payment CAPTURED 43.16 USD [charge=ch_1E1Hs4HEIqCf0NlguuGDYPjL]",
                        "read later balance_transaction txn_1E1HsmHEIqCf0Nlgq1rAyopa"),
                row(
                        "charge.updated--gitpay.json",
                        "payment CAPTURED 20.00 USD [charge=ch_1CcdmsBrSjgsps2DNZiZAyvG]"),
                row(
                        "charge.updated--pay-rails.data.json",
                        "payment CAPTURED 249.00 USD [charge=ch_1234,intent=pi_1234]",
                        "read later balance_transaction txn_1234"),
                row(
                        "charge.failed--zulip.json",
                        "payment DECLINED 22.00 USD [charge=ch_3TbGfyJEe0yY0QKr0Nh9uVjd,"
                                + "intent=pi_3TbGfyJEe0yY0QKr0V9PBbP9]"),
                row(
                        "charge.failed--gitpay.json",
                        "payment DECLINED 5.00 USD [charge=ch_1D8FHBBrSjgsps2DJawS1hYk]"),
                // Type and object contradict each other in these two; the object decides.
                row(
                        "charge.expired--stripe-sync-engine.json",
                        "payment DECLINED 25.00 USD [charge=ch_3KtoMeJDPojXS6LN0igeffJ6,"
                                + "intent=pi_3KtoMeJDPojXS6LN0XnGDnI3]"),
                row(
                        "charge.pending--stripe-sync-engine.json",
                        "payment DECLINED 25.00 USD [charge=ch_3KtoMeJDPojXS6LN0igeffJ6,"
                                + "intent=pi_3KtoMeJDPojXS6LN0XnGDnI3]"),
                row(
                        "charge.refunded--gitpay.json",
                        "payment CAPTURED 20.00 USD [charge=ch_1TestCharge,intent=pi_1TestPI]",
                        "refund SUCCEEDED re_1TestRefund 20.00 USD"
                                + " [charge=ch_1TestCharge,intent=pi_1TestPI]",
                        "read later charge ch_1TestCharge"),
                row(
                        "charge.refunded--gitpay-partial.json",
                        "payment CAPTURED 100.00 USD"
                                + " [charge=ch_1TestPartialCharge,intent=pi_1TestPartialPI]",
                        "refund SUCCEEDED re_1TestPartialRefund 20.00 USD"
                                + " [charge=ch_1TestPartialCharge,intent=pi_1TestPartialPI]"),
                row(
                        "charge.refund.updated--zulip-failed.json",
                        "refund FAILED re_1Gib6ZHLwdCOCoR7VrzCnXlj 300000.00 INR"
                                + " (expired_or_canceled_card) [charge=ch_1Gib61HLwdCOCoR71rnkccye,"
                                + "intent=pi_1Gib60HLwdCOCoR7KJbTO3U7]",
                        "read later balance_transaction txn_1Gib6ZHLwdCOCoR71Gd83huz",
                        "read later balance_transaction txn_1Gib6dHLwdCOCoR7VQXTaZVj"),
                row(
                        "charge.refund.updated--zulip-pyr.json",
                        "refund SUCCEEDED pyr_abcde12345ABCDF 12.34 EUR"
                                + " [charge=py_abcde12345ABCDG,intent=pi_abcd1234ABCDH]"),
                row(
                        "charge.dispute.created--zulip.json",
                        "dispute NEEDS_RESPONSE du_1TbG46JEe0yY0QKr8P0G3pa3 22.00 USD"
                                + " {txn_1TbG47JEe0yY0QKrI4W6EK83 -22.00 USD fee 15.00 USD}"
                                + " [charge=ch_3TbG44JEe0yY0QKr0aPnlMSQ,"
                                + "intent=pi_3TbG44JEe0yY0QKr0OnHpigY]"),
                row(
                        "charge.dispute.created--gitpay.json",
                        "dispute NEEDS_RESPONSE du_test_123 49.95 USD {txn_test_123 -49.95 USD fee"
                                + " 15.00 USD} [charge=ch_test_123,intent=pi_test_123]"),
                row(
                        "charge.dispute.updated--dj-stripe.json",
                        "dispute NEEDS_RESPONSE dp_1JAyTwJSZQVUcJYgPqasUEn1 10.00 USD"
                                + " {txn_1JHRCWJSZQVUcJYgYwW8XpF4 -10.00 USD fee 15.00 USD}"
                                + " [charge=ch_1JHRCWJSZQVUcJYgOCavbxio,"
                                + "intent=pi_1JAyTwJSZQVUcJYgBbsz0NuH]"),
                row(
                        "charge.dispute.funds_withdrawn--gitpay.json",
                        "dispute NEEDS_RESPONSE du_test_charge_dispute 49.95 USD"
                                + " {txn_test_dispute_balance -49.95 USD fee 15.00 USD}"
                                + " [charge=ch_test_charge,intent=pi_test_payment_intent]"),
                row(
                        "charge.dispute.funds_reinstated--dj-stripe-full.json",
                        "dispute UNDER_REVIEW dp_1JAyTwJSZQVUcJYgPqasUEn1 10.00 USD"
                                + " {txn_16g5h62eZvKYlo2CQ2AHA89s -10.00 USD fee 15.00 USD;"
                                + " txn_1JHRCWJSZQVUcJYgYwW8XpF4 10.00 USD fee -15.00 USD}"
                                + " [charge=ch_fakefakefakefakefake0001,"
                                + "intent=pi_1JAyTwJSZQVUcJYgBbsz0NuH]"),
                row(
                        "charge.dispute.closed--zulip.json",
                        "dispute LOST du_1TbG46JEe0yY0QKr8P0G3pa3 22.00 USD"
                                + " {txn_1TbG47JEe0yY0QKrI4W6EK83 -22.00 USD fee 15.00 USD}"
                                + " [charge=ch_3TbG44JEe0yY0QKr0aPnlMSQ,"
                                + "intent=pi_3TbG44JEe0yY0QKr0OnHpigY]"),
                row(
                        "charge.dispute.closed--gitpay.json",
                        "dispute LOST du_test_123 49.95 USD {txn_test_123 -49.95 USD fee 15.00 USD}"
                                + " [charge=ch_test_123,intent=pi_test_123]"));
    }

    private static Arguments row(String file, String... events) {
        return Arguments.of(file, List.of(events));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void a_recorded_event_says_what_the_table_says(String file, List<String> expected) {
        byte[] body = StripeSamples.fixture(file);

        assertThat(EventText.of(events(body))).isEqualTo(expected);
        assertThat(events(body)).isEqualTo(events(body));
    }

    @Test
    void the_table_names_every_fixture() throws IOException, URISyntaxException {
        Path folder =
                Path.of(StripeEventsTest.class.getResource("fixtures/index.json").toURI())
                        .getParent();
        Set<String> there;
        try (Stream<Path> files = Files.list(folder)) {
            there =
                    files.map(f -> f.getFileName().toString())
                            .filter(f -> !f.equals("index.json"))
                            .collect(Collectors.toCollection(TreeSet::new));
        }
        Set<String> named =
                fixtures()
                        .map(a -> (String) a.get()[0])
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named).isEqualTo(there);
        assertThat(named.stream().map(f -> f.substring(0, f.indexOf("--"))))
                .containsAll(StripeEvents.REQUIRED);
    }

    // --- charges ---

    private static final String CHARGE =
            "\"id\":\"ch_1\",\"object\":\"charge\",\"amount\":5000,\"currency\":\"eur\","
                    + "\"payment_intent\":\"pi_1\",\"created\":1690000000";

    @Test
    void a_hold_tells_until_when_it_may_be_taken() {
        PaymentReported hold =
                (PaymentReported)
                        events(
                                        "charge.succeeded",
                                        "{"
                                                + CHARGE
                                                + ",\"status\":\"succeeded\",\"paid\":true,"
                                                + "\"captured\":false,\"amount_captured\":0,"
                                                + "\"payment_method_details\":{\"type\":\"card\","
                                                + "\"card\":{\"brand\":\"visa\",\"last4\":\"4242\","
                                                + "\"capture_before\":1700600000}}}")
                                .get(0);

        assertThat(EventText.of(hold))
                .isEqualTo("payment AUTHORIZED 50.00 EUR [charge=ch_1,intent=pi_1]");
        assertThat(hold.details().holdUntil()).contains(Instant.ofEpochSecond(1_700_600_000));
        assertThat(hold.details().cardBrand()).contains("visa");
        assertThat(hold.details().cardLast4()).contains("4242");
        assertThat(hold.occurredAt()).isEqualTo(Instant.ofEpochSecond(1_690_000_000));
    }

    @Test
    void a_hold_taken_in_part_is_worth_what_was_taken() {
        assertThat(
                        text(
                                "charge.captured",
                                "{"
                                        + CHARGE
                                        + ",\"status\":\"succeeded\",\"captured\":true,"
                                        + "\"amount_captured\":3000}"))
                .containsExactly("payment CAPTURED 30.00 EUR [charge=ch_1,intent=pi_1]");
    }

    @Test
    void an_expired_hold_is_no_refund_in_the_old_shape_nor_in_the_new() {
        String old =
                "{"
                        + CHARGE
                        + ",\"status\":\"succeeded\",\"captured\":false,\"refunded\":true,"
                        + "\"amount_refunded\":5000,\"refunds\":{\"data\":[{\"id\":\"re_1\","
                        + "\"amount\":5000,\"currency\":\"eur\",\"charge\":\"ch_1\","
                        + "\"status\":\"succeeded\",\"reason\":\"expired_uncaptured_charge\"}]}}";
        String young =
                "{"
                        + CHARGE
                        + ",\"status\":\"succeeded\",\"captured\":false,\"refunded\":false,"
                        + "\"amount_refunded\":0}";
        String expected = "payment HOLD_EXPIRED 50.00 EUR [charge=ch_1,intent=pi_1]";

        assertThat(text("charge.expired", old)).containsExactly(expected);
        assertThat(text("charge.expired", young)).containsExactly(expected);
        assertThat(text("charge.refunded", old)).containsExactly(expected);
        assertThat(
                        text(
                                "charge.refund.updated",
                                "{\"id\":\"re_1\",\"object\":\"refund\",\"amount\":5000,"
                                        + "\"currency\":\"eur\",\"charge\":\"ch_1\","
                                        + "\"status\":\"succeeded\","
                                        + "\"reason\":\"expired_uncaptured_charge\"}"))
                .containsExactly("ignored");
    }

    @Test
    void a_hold_that_was_given_back_shows_before_basil_as_a_refund_of_nothing() {
        assertThat(
                        text(
                                "charge.refunded",
                                "{"
                                        + CHARGE
                                        + ",\"status\":\"succeeded\",\"captured\":false,"
                                        + "\"refunded\":true,\"amount_refunded\":5000}"))
                .containsExactly("payment VOIDED 50.00 EUR [charge=ch_1,intent=pi_1]");
    }

    @Test
    void a_delayed_method_is_pending_and_then_taken_or_declined() {
        assertThat(text("charge.pending", "{" + CHARGE + ",\"status\":\"pending\",\"paid\":false}"))
                .containsExactly("payment PENDING 50.00 EUR [charge=ch_1,intent=pi_1]");
        assertThat(
                        text(
                                "charge.succeeded",
                                "{"
                                        + CHARGE
                                        + ",\"status\":\"succeeded\",\"paid\":true,"
                                        + "\"captured\":true,\"amount_captured\":5000}"))
                .containsExactly("payment CAPTURED 50.00 EUR [charge=ch_1,intent=pi_1]");
    }

    @Test
    void a_decline_names_the_banks_reason() {
        PaymentReported declined =
                (PaymentReported)
                        events(StripeSamples.fixture("charge.failed--gitpay.json")).get(0);

        assertThat(declined.details().declineCode()).contains("highest_risk_level");
        assertThat(declined.details().declineMessage()).contains("Your card was declined.");
        assertThat(declined.details().cardLast4()).contains("1017");
    }

    @Test
    void a_refund_without_the_list_is_read_and_never_booked_from_the_sum() {
        String charge =
                "{"
                        + CHARGE
                        + ",\"status\":\"succeeded\",\"captured\":true,\"amount_captured\":5000,"
                        + "\"amount_refunded\":2000}";

        assertThat(text("charge.refunded", charge))
                .containsExactly(
                        "payment CAPTURED 50.00 EUR [charge=ch_1,intent=pi_1]",
                        "read first charge ch_1");
        assertThat(text("charge.updated", charge))
                .containsExactly("payment CAPTURED 50.00 EUR [charge=ch_1,intent=pi_1]");
    }

    @Test
    void a_list_that_is_cut_or_of_a_hold_taken_in_part_is_read_whole() {
        String refunds =
                "\"refunds\":{\"data\":[{\"id\":\"re_1\",\"amount\":2000,\"currency\":\"eur\","
                        + "\"status\":\"succeeded\"}],\"has_more\":";
        String base = "{" + CHARGE + ",\"status\":\"succeeded\",\"captured\":true,";

        assertThat(text("charge.refunded", base + "\"amount_captured\":5000," + refunds + "true}}"))
                .contains("read first charge ch_1")
                .noneMatch(e -> e.startsWith("refund"));
        assertThat(
                        text(
                                "charge.refunded",
                                base + "\"amount_captured\":3000," + refunds + "false}}"))
                .contains("read first charge ch_1")
                .noneMatch(e -> e.startsWith("refund"));
    }

    @Test
    void our_metadata_leads_to_our_payment() {
        UUID payment = Ids.next();
        PaymentReported byText =
                (PaymentReported)
                        events(
                                        "charge.succeeded",
                                        "{"
                                                + CHARGE
                                                + ",\"metadata\":{\"payhub_payment\":\""
                                                + Ids.text("pay", payment)
                                                + "\"}}")
                                .get(0);
        PaymentReported byUuid =
                (PaymentReported)
                        events(
                                        "charge.succeeded",
                                        "{"
                                                + CHARGE
                                                + ",\"metadata\":{\"payhub_payment\":\""
                                                + payment
                                                + "\"}}")
                                .get(0);
        PaymentReported broken =
                (PaymentReported)
                        events(
                                        "charge.succeeded",
                                        "{"
                                                + CHARGE
                                                + ",\"metadata\":{\"payhub_payment\":\"pay_x\"}}")
                                .get(0);

        assertThat(byText.references().ours()).contains(payment);
        assertThat(byUuid.references().ours()).contains(payment);
        assertThat(broken.references().ours()).isEmpty();
        assertThat(broken.references().traceOfUs()).isTrue();
    }

    @Test
    void an_object_without_amount_or_currency_is_read_first() {
        assertThat(text("charge.succeeded", "{\"id\":\"ch_1\",\"object\":\"charge\"}"))
                .containsExactly("read first charge ch_1");
        assertThat(
                        text(
                                "charge.succeeded",
                                "{\"id\":\"ch_1\",\"amount\":25.5,\"currency\":\"eur\"}"))
                .containsExactly("read first charge ch_1");
        assertThat(text("refund.created", "{\"id\":\"re_1\",\"amount\":5,\"currency\":\"eur\"}"))
                .containsExactly("read first refund re_1");
        assertThat(text("charge.dispute.created", "{\"id\":\"du_1\"}"))
                .containsExactly("read first dispute du_1");
        assertThat(text("payout.paid", "{\"id\":\"po_1\"}"))
                .containsExactly("read first payout po_1");
        assertThat(text("charge.succeeded", "{\"amount\":5}")).containsExactly("ignored");
    }

    @Test
    void an_amount_that_was_written_with_a_point_is_the_same_amount() {
        assertThat(
                        text(
                                "charge.succeeded",
                                "{\"id\":\"ch_1\",\"amount\":2500.0,\"currency\":\"usd\","
                                        + "\"status\":\"succeeded\",\"captured\":true}"))
                .containsExactly("payment CAPTURED 25.00 USD [charge=ch_1]");
    }

    // --- refunds and disputes ---

    @Test
    void a_refund_of_ours_bears_our_id_and_a_trace() {
        UUID refund = Ids.next();
        RefundReported reported =
                (RefundReported)
                        events(
                                        "refund.created",
                                        "{\"id\":\"re_1\",\"object\":\"refund\",\"amount\":2000,"
                                                + "\"currency\":\"jpy\",\"charge\":\"ch_1\","
                                                + "\"status\":\"pending\",\"metadata\":"
                                                + "{\"payhub_refund\":\""
                                                + Ids.text("ref", refund)
                                                + "\"}}")
                                .get(0);

        assertThat(reported.ours()).contains(refund);
        assertThat(EventText.of(reported))
                .isEqualTo("refund PENDING re_1 2000 JPY [charge=ch_1,trace]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "warning_needs_response:INQUIRY",
                "warning_under_review:INQUIRY",
                "warning_closed:CLOSED",
                "charge_refunded:CLOSED",
                "needs_response:NEEDS_RESPONSE",
                "under_review:UNDER_REVIEW",
                "won:WON",
                "lost:LOST",
                "prevented:PREVENTED",
                "invented_later:UNDER_REVIEW"
            })
    void every_word_for_a_disputes_state_is_known(String pair) {
        String status = pair.substring(0, pair.indexOf(':'));

        DisputeReported dispute =
                (DisputeReported)
                        events(
                                        "charge.dispute.updated",
                                        "{\"id\":\"du_1\",\"amount\":5000,\"currency\":\"eur\","
                                                + "\"charge\":\"ch_1\",\"status\":\""
                                                + status
                                                + "\",\"balance_transactions\":[],"
                                                + "\"evidence_details\":{\"due_by\":0}}")
                                .get(0);

        assertThat(dispute.outcome().name()).isEqualTo(pair.substring(pair.indexOf(':') + 1));
        assertThat(dispute.answerBy()).isEmpty();
    }

    @Test
    void a_dispute_settled_in_another_currency_keeps_both() {
        assertThat(
                        text(
                                "charge.dispute.funds_withdrawn",
                                "{\"id\":\"du_1\",\"amount\":5000,\"currency\":\"usd\","
                                        + "\"charge\":\"ch_1\",\"status\":\"needs_response\","
                                        + "\"balance_transactions\":[{\"id\":\"txn_1\","
                                        + "\"amount\":-4600,\"currency\":\"eur\",\"fee\":2000,"
                                        + "\"created\":1700000000}]}"))
                .containsExactly(
                        "dispute NEEDS_RESPONSE du_1 50.00 USD"
                                + " {txn_1 -46.00 EUR fee 20.00 EUR} [charge=ch_1]");
    }

    @Test
    void the_oldest_shape_of_a_dispute_is_read_for_its_movements() {
        assertThat(
                        text(
                                "charge.dispute.created",
                                "{\"id\":\"du_1\",\"amount\":5000,\"currency\":\"usd\","
                                        + "\"charge\":\"ch_1\",\"status\":\"needs_response\","
                                        + "\"evidence\":\"text\",\"balance_transaction\":\"txn_1\"}"))
                .containsExactly(
                        "dispute NEEDS_RESPONSE du_1 50.00 USD {} [charge=ch_1]",
                        "read first dispute du_1");
    }

    // --- sessions and payouts ---

    @ParameterizedTest
    @ValueSource(
            strings = {
                "completed:paid:COMPLETED",
                "completed:no_payment_required:COMPLETED",
                "completed:unpaid:PENDING",
                "expired:unpaid:EXPIRED",
                "async_payment_succeeded:paid:COMPLETED",
                "async_payment_failed:unpaid:FAILED"
            })
    void a_session_says_what_became_of_the_page(String row) {
        String[] parts = row.split(":");
        UUID payment = Ids.next();

        CheckoutReported page =
                (CheckoutReported)
                        events(
                                        "checkout.session." + parts[0],
                                        "{\"id\":\"cs_test_1\",\"object\":\"checkout.session\","
                                                + "\"payment_intent\":\"pi_1\",\"payment_status\":\""
                                                + parts[1]
                                                + "\",\"client_reference_id\":\""
                                                + Ids.text("pay", payment)
                                                + "\"}")
                                .get(0);

        assertThat(EventText.of(page))
                .isEqualTo("checkout " + parts[2] + " [intent=pi_1,session=cs_test_1,trace]");
        assertThat(page.references().ours()).contains(payment);
    }

    @Test
    void the_session_of_someone_elses_shop_bears_no_trace_of_us() {
        assertThat(
                        text(
                                "checkout.session.completed",
                                "{\"id\":\"cs_1\",\"object\":\"checkout.session\","
                                        + "\"client_reference_id\":\"order-77\"}"))
                .containsExactly("checkout COMPLETED [session=cs_1]");
    }

    @Test
    void a_payout_tells_where_it_stands_and_when_it_arrives() {
        PayoutReported payout =
                (PayoutReported)
                        events(
                                        "payout.reconciliation_completed",
                                        "{\"id\":\"po_1\",\"object\":\"payout\",\"amount\":123456,"
                                                + "\"currency\":\"eur\",\"status\":\"paid\","
                                                + "\"arrival_date\":1700006400,\"automatic\":true,"
                                                + "\"reconciliation_status\":\"completed\","
                                                + "\"trace_id\":{\"status\":\"supported\","
                                                + "\"value\":\"trace-1\"}}")
                                .get(0);

        assertThat(EventText.of(payout)).isEqualTo("payout PAID po_1 1234.56 EUR");
        assertThat(payout.arrivalDate()).contains(java.time.LocalDate.of(2023, 11, 15));
        assertThat(payout.reconciled()).isTrue();
        assertThat(payout.traceId()).contains("trace-1");
    }

    // --- what is left aside ---

    @ParameterizedTest
    @ValueSource(
            strings = {"customer.created", "charge.invented", "v2.core.event", "payhub.rehearsal"})
    void an_event_of_a_type_that_is_not_used_changes_nothing(String type) {
        assertThat(text(type, "{" + CHARGE + "}")).containsExactly("ignored");
    }

    @Test
    void an_event_without_an_object_or_with_another_kind_changes_nothing() {
        assertThat(
                        EventText.of(
                                events(
                                        "{\"id\":\"evt_1\",\"type\":\"charge.succeeded\"}"
                                                .getBytes(
                                                        java.nio.charset.StandardCharsets.UTF_8))))
                .containsExactly("ignored");
        assertThat(text("charge.succeeded", "{}")).containsExactly("ignored");
        assertThat(text("charge.succeeded", "null")).containsExactly("ignored");
        assertThat(text("charge.succeeded", "[]")).containsExactly("ignored");
        assertThat(text("charge.refund.updated", "{" + CHARGE + ",\"status\":\"succeeded\"}"))
                .containsExactly("ignored");
    }

    @Test
    void a_canceled_intent_is_read() {
        assertThat(
                        text(
                                "payment_intent.canceled",
                                "{\"id\":\"pi_1\",\"object\":\"payment_intent\"}"))
                .containsExactly("read first intent pi_1");
    }

    // --- identity ---

    @Test
    void a_repeat_in_another_version_has_the_same_fingerprint_and_another_amount_has_not() {
        String old =
                "{\"id\":\"evt_1\",\"type\":\"charge.succeeded\",\"api_version\":\"2018-02-28\","
                        + "\"data\":{\"object\":{\"id\":\"ch_1\",\"amount\":500,"
                        + "\"currency\":\"eur\",\"source\":{}}}}";
        String young =
                "{\"type\":\"charge.succeeded\",\"id\":\"evt_1\",\"data\":{\"object\":"
                        + "{\"currency\":\"eur\",\"id\":\"ch_1\",\"amount\":500}}}";
        String other = young.replace("500", "501");

        assertThat(verified(young).fingerprint()).isEqualTo(verified(old).fingerprint());
        assertThat(verified(other).fingerprint()).isNotEqualTo(verified(old).fingerprint());
        assertThat(verified(young).fingerprint()).isEqualTo("charge.succeeded|ch_1|500|eur");
        assertThat(verified(young).livemode()).isEmpty();
    }

    private static VerifiedWebhook verified(String body) {
        return StripeWebhook.verify(StripeSamples.credentials(), StripeSamples.signed(body));
    }

    @Test
    void the_hint_of_an_unverified_body_points_to_payment_charge_intent_and_session() {
        UUID payment = Ids.next();
        String charge =
                "{\"data\":{\"object\":{"
                        + CHARGE
                        + ",\"metadata\":{\"payhub_payment\":\""
                        + payment
                        + "\"}}}}";

        var hints = StripeWebhook.hints(StripeSamples.signed(charge));

        assertThat(hints.ours()).contains(payment);
        assertThat(hints.keys().stream().map(k -> k.kind() + "=" + k.key()))
                .containsExactly("charge=ch_1", "intent=pi_1");
        assertThat(StripeWebhook.hints(StripeSamples.signed("nonsense")).keys()).isEmpty();
        assertThat(
                        StripeWebhook.hints(
                                        StripeSamples.signed(
                                                "{\"data\":{\"object\":{\"object\":\"dispute\","
                                                        + "\"charge\":\"ch_9\"}}}"))
                                .keys())
                .hasSize(1);
    }

    @Test
    void a_body_keeps_its_exact_text_in_the_tree() {
        assertThat(Json.parse("{\"a\":\"Zo\\u00eb\"}").text("a")).contains("Zoë");
    }
}
