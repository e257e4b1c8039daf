package org.payhub.provider.alppay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.provider.EventText;
import org.payhub.provider.alppay.AlppayObjects.Terms;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;

class AlppayEventsTest {

    private static final String ID = "00000000-0000-4000-8000-000000000042";
    private static final AlppayConnector ALPPAY = AlppaySamples.connector("http://127.0.0.1:1");

    private static VerifiedWebhook verified(String kind, byte[] body) {
        return ALPPAY.verify(AlppaySamples.credentials(), AlppaySamples.signed(kind, body));
    }

    private static List<String> told(String kind, byte[] body) {
        return EventText.of(ALPPAY.translate(verified(kind, body)));
    }

    private static ProviderEvent read(byte[] body, Terms terms) {
        return AlppayObjects.payment(Json.parse(body), false, terms, AlppaySamples.NOW);
    }

    private static InvoiceReported invoice(byte[] body) {
        return (InvoiceReported) read(body, Terms.NONE);
    }

    private static byte[] changed(String fixture, String... replaced) {
        String text = AlppaySamples.text(AlppaySamples.ofOurs(AlppaySamples.fixture(fixture)));
        for (int i = 0; i < replaced.length; i += 2) {
            assertThat(text).contains(replaced[i]);
            text = text.replace(replaced[i], replaced[i + 1]);
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    // --- the recorded shapes ---

    @Test
    void a_partial_payment_of_an_open_invoice_is_believed_as_it_comes() {
        List<String> events = told("payment", changed("w1-partial"));

        assertThat(events)
                .containsExactly(
                        "invoice PARTIALLY_PAID 50.000000 USDT:tron of 120.000000 USDT:tron {tx-1"
                                + " 50.000000 USDT:tron} [payment="
                                + ID
                                + ",trace]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"w2-completed", "w3-overpaid", "w4-expired-underpaid", "w5-aml-danger"})
    void what_moves_money_is_read_before_it_is_believed(String fixture) {
        assertThat(told("payment", changed(fixture))).containsExactly("read first payment " + ID);
    }

    @ParameterizedTest
    @CsvSource({
        "w1-partial, PARTIALLY_PAID, 50",
        "w2-completed, PAID, 120",
        "w3-overpaid, OVERPAID, 125",
        "w4-expired-underpaid, UNDERPAID, 50",
        "w5-aml-danger, ON_HOLD, 120"
    })
    void reading_says_what_the_table_says(String fixture, InvoiceOutcome outcome, String received) {
        InvoiceReported invoice = invoice(changed(fixture));

        assertThat(invoice.outcome()).isEqualTo(outcome);
        assertThat(invoice.received()).isEqualTo(Money.parse(received, "USDT:tron"));
        assertThat(invoice.ordered()).isEqualTo(Money.parse("120", "USDT:tron"));
        assertThat(invoice.references().ours()).contains(AlppaySamples.PAYMENT);
    }

    @Test
    void an_excess_is_what_came_beyond_the_order() {
        InvoiceReported invoice = invoice(changed("w3-overpaid"));

        assertThat(invoice.received().minus(invoice.ordered()))
                .isEqualTo(Money.parse("5", "USDT:tron"));
    }

    @Test
    void a_completed_withdrawal_is_read_first_and_an_open_one_believed() {
        byte[] complete = AlppaySamples.fixture("w6-withdrawal-complete");
        byte[] open =
                AlppaySamples.text(complete)
                        .replace("\"COMPLETE\"", "\"APPROVED\"")
                        .replace("\"receivedAmount\":\"10\"", "\"receivedAmount\":\"0\"")
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(told("withdrawal", complete))
                .containsExactly("read first withdrawal 00000000-0000-4000-8000-000000000077");
        assertThat(told("withdrawal", open))
                .containsExactly(
                        "withdrawal PENDING 00000000-0000-4000-8000-000000000077 10.000000"
                                + " USDT:tron to TPSMckmxoQBQWfUcasbUs2cRUdh2EMQu4n");
    }

    @Test
    void a_completed_withdrawal_tells_what_arrived_and_by_which_transfer() {
        var withdrawal =
                AlppayObjects.withdrawal(
                                Json.parse(
                                        AlppaySamples.text(
                                                        AlppaySamples.fixture(
                                                                "w6-withdrawal-complete"))
                                                .replace(
                                                        "\"receivedAmount\":\"10\"",
                                                        "\"receivedAmount\":\"9.1\"")),
                                AlppaySamples.NOW)
                        .orElseThrow();

        assertThat(withdrawal.arrived()).contains(Money.parse("9.1", "USDT:tron"));
        assertThat(withdrawal.networkKey()).contains("wtx-1");
        assertThat(withdrawal.occurredAt())
                .isEqualTo(Instant.parse("2025-08-07T10:15:32.123456789Z"));
    }

    @Test
    void an_unknown_status_of_a_withdrawal_is_never_guessed() {
        byte[] odd =
                AlppaySamples.text(AlppaySamples.fixture("w6-withdrawal-complete"))
                        .replace("\"COMPLETE\"", "\"SENT_MAYBE\"")
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(AlppayObjects.withdrawal(Json.parse(odd), AlppaySamples.NOW)).isEmpty();
        assertThat(told("withdrawal", odd)).first().asString().startsWith("read first");
    }

    // --- two addresses ---

    @Test
    void what_comes_to_the_address_of_the_other_kind_changes_nothing() {
        byte[] withdrawal = AlppaySamples.fixture("w6-withdrawal-complete");
        byte[] payment = AlppaySamples.fixture("w2-completed");

        assertThat(verified("payment", withdrawal).eventType()).isEqualTo("misrouted");
        assertThat(told("payment", withdrawal)).containsExactly("ignored");
        assertThat(told("withdrawal", payment)).containsExactly("ignored");
        assertThat(ALPPAY.acknowledge(verified("payment", withdrawal)).status()).isEqualTo(200);
    }

    @Test
    void on_the_bare_address_the_shape_decides() {
        assertThat(verified("", AlppaySamples.fixture("w6-withdrawal-complete")).eventType())
                .isEqualTo("withdrawal");
        assertThat(verified("", AlppaySamples.fixture("w1-partial")).eventType())
                .isEqualTo("payment");
        assertThat(told("", "{\"hello\":1}".getBytes(StandardCharsets.UTF_8)))
                .containsExactly("ignored");
    }

    @Test
    void an_address_of_a_kind_that_does_not_exist_is_refused() {
        assertThat(refusal(AlppaySamples.signed("refund", AlppaySamples.fixture("w1-partial"))))
                .isEqualTo(Cause.KIND_UNKNOWN);
    }

    @Test
    void a_webhook_of_more_than_256_kib_is_refused_before_it_is_looked_at() {
        byte[] large = new byte[256 * 1024 + 1];

        assertThat(refusal(AlppaySamples.signed("payment", large))).isEqualTo(Cause.BODY_MALFORMED);
    }

    @Test
    void a_payment_without_an_id_is_refused() {
        byte[] body = changed("w1-partial", "{\"id\":\"" + ID + "\",", "{");

        assertThat(refusal(AlppaySamples.signed("payment", body))).isEqualTo(Cause.BODY_MALFORMED);
    }

    @Test
    void the_same_bytes_are_the_same_event_and_a_later_state_is_another() {
        VerifiedWebhook first = verified("payment", changed("w1-partial"));
        VerifiedWebhook again = verified("payment", changed("w1-partial"));
        VerifiedWebhook later = verified("payment", changed("w2-completed"));

        assertThat(again.eventKey()).isEqualTo(first.eventKey());
        assertThat(again.fingerprint()).isEqualTo(first.fingerprint());
        assertThat(later.eventKey()).isNotEqualTo(first.eventKey());
    }

    // --- shapes of other generations ---

    @Test
    void the_other_name_of_a_network_is_understood() {
        InvoiceReported invoice =
                invoice(changed("w1-partial", "\"network\":\"tron\"", "\"network\":\"TRC20\""));

        assertThat(invoice.ordered()).isEqualTo(Money.parse("120", "USDT:tron"));
    }

    @Test
    void a_transfers_older_name_of_its_time_is_understood_and_a_time_that_never_was_is_none() {
        Instant named =
                invoice(
                                changed(
                                        "w1-partial",
                                        "\"createdAt\":\"2025-12-04T07:43:45Z\"",
                                        "\"date\":\"2025-12-04T07:43:46Z\""))
                        .transfers()
                        .get(0)
                        .occurredAt();
        Instant never =
                invoice(
                                changed(
                                        "w1-partial",
                                        "\"createdAt\":\"2025-12-04T07:43:45Z\"",
                                        "\"createdAt\":\"0001-01-01T00:00:00Z\""))
                        .transfers()
                        .get(0)
                        .occurredAt();

        assertThat(named).isEqualTo(Instant.parse("2025-12-04T07:43:46Z"));
        assertThat(never).isEqualTo(AlppaySamples.NOW);
    }

    @Test
    void an_older_payment_without_its_second_status_rests_on_the_first_and_the_amounts() {
        InvoiceReported invoice =
                invoice(changed("w3-overpaid", "\"displayStatus\":\"OVERPAID\",", ""));

        assertThat(invoice.outcome()).isEqualTo(InvoiceOutcome.OVERPAID);
    }

    @Test
    void a_transfer_told_twice_counts_once_and_the_total_decides() {
        InvoiceReported invoice =
                invoice(changed("w2-completed", "\"txnId\":\"tx-2\"", "\"txnId\":\"tx-1\""));

        assertThat(invoice.transfers()).hasSize(1);
        assertThat(invoice.received()).isEqualTo(Money.parse("120", "USDT:tron"));
    }

    // --- fees ---

    @Test
    void a_fee_is_the_sum_of_its_two_parts() {
        InvoiceReported invoice =
                invoice(
                        changed(
                                "w1-partial",
                                "\"riskScore\":5",
                                "\"percentFee\":\"0.25\",\"fixedFee\":0.1,\"riskScore\":5"));

        assertThat(invoice.transfers().get(0).toldFee()).contains(Money.parse("0.35", "USDT:tron"));
    }

    @Test
    void a_fee_that_is_not_told_is_reckoned_and_marked_as_an_estimate() {
        Terms agreed =
                new Terms(
                        AlppayTolerance.NONE,
                        new AlppayFees(
                                Optional.of(new BigDecimal("0.5")),
                                Optional.of(new BigDecimal("1")),
                                Optional.empty()));

        var transfer = ((InvoiceReported) read(changed("w2-completed"), agreed)).transfers().get(0);

        assertThat(transfer.fee()).contains(Money.parse("1.25", "USDT:tron"));
        assertThat(transfer.feeEstimated()).isTrue();
        assertThat(transfer.toldFee()).isEmpty();
        assertThat(invoice(changed("w2-completed")).transfers().get(0).fee()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "50, 0.5, , 0.3, 0.3",
        "60, 0.5, , 0.3, 0.3",
        "60.0002, 0.5, , 0.3, 0.300001",
        "60, 0.5, 0.1, 0.3, 0.4",
        "60, , 0.1, 0.3, 0.3",
        "0.2, 0.5, , 0.3, 0.2",
    })
    void a_reckoned_fee_is_at_least_the_least_fee_and_at_most_what_came(
            String received, BigDecimal percent, BigDecimal fixed, BigDecimal least, String fee) {
        AlppayFees agreed =
                new AlppayFees(
                        Optional.ofNullable(percent),
                        Optional.ofNullable(fixed),
                        Optional.of(least));

        Optional<Money> estimate = agreed.estimate(Money.parse(received, "USDT:tron"));

        assertThat(estimate).contains(Money.parse(fee, "USDT:tron"));
    }

    @Test
    void a_shortfall_within_the_tolerance_is_paid() {
        Terms tolerant =
                new Terms(
                        new AlppayTolerance(
                                BigDecimal.ZERO,
                                new BigDecimal("1"),
                                BigDecimal.ZERO,
                                BigDecimal.ZERO),
                        AlppayFees.UNKNOWN);
        byte[] body =
                changed(
                        "w4-expired-underpaid",
                        "\"totalReceivedAmount\":\"50.00\"",
                        "\"totalReceivedAmount\":\"119.00\"");

        assertThat(((InvoiceReported) read(body, tolerant)).outcome())
                .isEqualTo(InvoiceOutcome.PAID);
        assertThat(invoice(body).outcome()).isEqualTo(InvoiceOutcome.UNDERPAID);
    }

    // --- what cannot be right ---

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"50.0000001\"", "\"-50\"", "\"5e1\"", "\"50,00\"", "\"0x32\"", "\" 50\"",
                "\"١٢\"", "\"1234567890123456789\"", "\"NaN\"", "{}", "true", "[50]"
            })
    void an_amount_that_a_coin_cannot_have_is_an_error_and_never_rounded(String amount) {
        byte[] body =
                changed(
                        "w1-partial",
                        "\"totalReceivedAmount\":\"50.00\"",
                        "\"totalReceivedAmount\":" + amount);

        assertThatThrownBy(() -> told("payment", body))
                .isInstanceOfSatisfying(
                        HubException.class,
                        e -> assertThat(e.code()).isEqualTo("provider.amount_malformed"));
    }

    @Test
    void zeros_beyond_the_coins_digits_are_no_digits() {
        InvoiceReported invoice =
                invoice(
                        changed(
                                "w1-partial",
                                "\"totalReceivedAmount\":\"50.00\"",
                                "\"totalReceivedAmount\":\"50.000000000000\""));

        assertThat(invoice.received()).isEqualTo(Money.parse("50", "USDT:tron"));
    }

    @Test
    void a_coin_that_the_hub_does_not_know_changes_nothing() {
        assertThat(
                        told(
                                "payment",
                                changed("w1-partial", "\"short\":\"USDT\"", "\"short\":\"DOGE\"")))
                .containsExactly("ignored");
    }

    @Test
    void a_payment_that_is_not_of_our_making_bears_no_trace_of_us_and_is_read_first() {
        VerifiedWebhook foreign = verified("payment", AlppaySamples.fixture("w1-partial"));

        assertThat(EventText.of(ALPPAY.translate(foreign)))
                .containsExactly("read first payment " + ID);
        assertThat(invoice(AlppaySamples.fixture("w1-partial")).references().traceOfUs()).isFalse();
    }

    // --- where a client is sent ---

    @ParameterizedTest
    @CsvSource({
        "https://alppay.io/payment-invoice?id=1, true",
        "https://pay.alppay.io/x, true",
        "https://a-pay-system.com/x, true",
        "http://alppay.io/x, false",
        "https://alppay.io.evil.example/x, false",
        "https://evil-alppay.io/x, false",
        "https://alppay.io@evil.example/x, false",
        "https://alppay.io:8443/x, false",
        "javascript:alert(1), false",
        "//alppay.io/x, false",
        "https://hub.example.test/return, false"
    })
    void a_client_is_sent_to_hosts_of_alppay_only(String url, boolean sent) {
        byte[] body =
                changed(
                        "w1-partial",
                        "\"paymentRedirectUrl\":\"https://alppay.io/payment-invoice?id="
                                + ID
                                + "\"",
                        "\"paymentRedirectURL\":\"" + url + "\"");

        assertThat(AlppayObjects.hostedUrl(Json.parse(body), Optional.empty()).isPresent())
                .isEqualTo(sent);
    }

    @Test
    void where_the_interface_was_moved_its_own_host_is_trusted_too() {
        byte[] body =
                changed(
                        "w1-partial",
                        "https://alppay.io/payment-invoice",
                        "http://localhost:8090/alppay/invoice");

        assertThat(
                        AlppayObjects.hostedUrl(
                                Json.parse(body),
                                Optional.of(URI.create("http://localhost:8090/alppay"))))
                .isPresent();
        assertThat(
                        AlppayObjects.hostedUrl(
                                Json.parse(body),
                                Optional.of(URI.create("http://localhost:8091/alppay"))))
                .isEmpty();
    }

    private static Cause refusal(RawWebhook raw) {
        return catchThrowableOfType(
                        WebhookRejected.class,
                        () -> ALPPAY.verify(AlppaySamples.credentials(), raw))
                .reason();
    }
}
