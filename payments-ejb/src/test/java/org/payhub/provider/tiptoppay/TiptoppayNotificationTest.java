package org.payhub.provider.tiptoppay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.payhub.money.Money;
import org.payhub.platform.Ids;
import org.payhub.provider.EventText;
import org.payhub.provider.InEveryLanguage;
import org.payhub.provider.spi.PrecheckAnswering.Precheck;
import org.payhub.provider.spi.PrecheckAnswering.Verdict;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.Ignored;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.ProviderEvent.ReadFirst;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookRejected.Cause;
import org.payhub.provider.tiptoppay.TiptoppaySamples.Vector;

/** Which kind a notification is, what it says, and what it never says. */
class TiptoppayNotificationTest {

    private static final TiptoppayConnector TIPTOP = TiptoppaySamples.connector();
    private static final UUID PAYMENT = UUID.fromString("01920000-0000-7000-8000-00000000000a");

    /** As published in 2018, the values of persons replaced. */
    private static final String OLD_CHECK =
            "TransactionId=89297070&Amount=696.00&Currency=RUB&PaymentAmount=696.00"
                    + "&PaymentCurrency=RUB&OperationType=Payment&InvoiceId=6681"
                    + "&AccountId=payer%40example.com&SubscriptionId=&Name=CARD+HOLDER"
                    + "&DateTime=2018-11-27+12%3a05%3a48&CardFirstSix=535533&CardLastFour=0000"
                    + "&CardType=MasterCard&CardExpDate=08%2f22&TestMode=0&Status=Completed"
                    + "&Data=%7b%7d";

    private static final String WALLET_PAY =
            "TransactionId=3355303843&Amount=10.00&Currency=RUB&OperationType=Payment&InvoiceId="
                    + "&CardFirstSix=220220&AuthCode=&TestMode=0&Status=Completed"
                    + "&GatewayName=TBank+Mapi";

    private static VerifiedWebhook verified(String form, String kind) {
        return TIPTOP.verify(
                TiptoppaySamples.credentials(TiptoppaySamples.SECRET),
                TiptoppaySamples.signed(form, kind));
    }

    private static VerifiedWebhook verified(Vector v) {
        return TIPTOP.verify(
                TiptoppaySamples.credentials(v.secret()),
                TiptoppaySamples.raw(
                        v.body(),
                        v.contentType(),
                        Map.of(TiptoppaySignature.RAW, List.of(v.raw()))));
    }

    private static Cause refused(RawWebhook raw) {
        return catchThrowableOfType(
                        WebhookRejected.class,
                        () ->
                                TIPTOP.verify(
                                        TiptoppaySamples.credentials(TiptoppaySamples.SECRET), raw))
                .reason();
    }

    private static String form(Vector vector) {
        return new String(vector.body(), StandardCharsets.UTF_8);
    }

    // --- kinds ---

    @ParameterizedTest
    @CsvSource({
        "P1,confirm", "P2,pay", "P3,check", "P4,check", "P5,fail", "P6,refund", "P7,unclear",
        "C1,check", "C2,pay", "C3,pay", "C4,fail", "C5,confirm", "C6,refund", "C7,cancel",
        "C8,recurrent", "C9,pay"
    })
    void each_vector_is_of_its_kind(String name, String kind) {
        assertThat(verified(TiptoppaySamples.vector(name)).eventType()).isEqualTo(kind);
    }

    @Test
    void bodies_seen_in_the_wild_are_of_their_kind() {
        assertThat(verified(OLD_CHECK, "").eventType()).isEqualTo("check");
        assertThat(verified(WALLET_PAY, "").eventType()).isEqualTo("pay");
    }

    @ParameterizedTest
    @CsvSource({
        "TransactionId=1&OperationType=CardPayout&Status=Completed&GatewayName=Test,payout",
        "TransactionId=1&Status=Completed&OperationType=Payment&GatewayName=,unclear",
        "TransactionId=1&Status=Completed&OperationType=Payment&AuthCode=,unclear",
        "TransactionId=1&Status=Completed,unclear",
        "TransactionId=1&Status=Completed&OperationType=Payment&ReasonCode=0&AuthCode=A1,pay",
        "TransactionId=1&Reason=Refused&OperationType=Refund&PaymentTransactionId=2,fail",
        "TransactionId=1&OperationType=Refund,refund",
        "TransactionId=1&PaymentTransactionId=2&Amount=1.00,refund",
        "TransactionId=1&Novelty=x,unclear",
        "Id=7&FiscalSign=123&Type=Income,receipt",
        "Id=7,unknown",
    })
    void the_fields_tell_the_kind(String body, String kind) {
        assertThat(verified(body, "").eventType()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "check", "fail", "refund", "nonsense"})
    void a_check_is_never_paid_whatever_the_address_says(String address) {
        for (String body : List.of(OLD_CHECK, form(TiptoppaySamples.vector("C1")))) {
            VerifiedWebhook check = verified(body, address);

            assertThat(check.eventType()).isEqualTo("check");
            assertThat(TIPTOP.translate(check)).allMatch(Ignored.class::isInstance);
        }
    }

    @Test
    void an_address_that_says_pay_has_the_provider_asked_and_no_more() {
        VerifiedWebhook check = verified(OLD_CHECK, "pay");

        assertThat(check.eventType()).isEqualTo("unclear");
        assertThat(TIPTOP.precheck(check)).isEmpty();
        assertThat(EventText.of(TIPTOP.translate(check)))
                .containsExactly("read first transaction 89297070");
    }

    @Test
    void an_address_that_says_check_does_not_hide_a_payment() {
        VerifiedWebhook pay = verified(form(TiptoppaySamples.vector("C2")), "check");

        assertThat(TIPTOP.precheck(pay)).isPresent();
        assertThat(EventText.of(TIPTOP.translate(pay)))
                .containsExactly("read first transaction 3355303842");
    }

    @Test
    void nothing_that_moves_money_is_said_without_asking_the_provider() {
        Stream.concat(
                        TiptoppaySamples.vectors().stream()
                                .map(TiptoppayNotificationTest::verified),
                        Stream.of("", "pay", "confirm", "refund", "cancel", "check")
                                .map(kind -> verified(WALLET_PAY, kind)))
                .forEach(
                        webhook -> {
                            List<ProviderEvent> events = TIPTOP.translate(webhook);
                            assertThat(events).isNotEmpty();
                            assertThat(events).noneMatch(RefundReported.class::isInstance);
                            assertThat(events)
                                    .filteredOn(PaymentReported.class::isInstance)
                                    .allMatch(
                                            e ->
                                                    ((PaymentReported) e).outcome()
                                                            == ProviderEvent.PaymentOutcome
                                                                    .DECLINED);
                            assertThat(events)
                                    .filteredOn(ReadFirst.class::isInstance)
                                    .allMatch(e -> ((ReadFirst) e).required());
                        });
    }

    // --- what it says ---

    @InEveryLanguage
    void a_failed_attempt_is_told_with_its_reason() {
        List<ProviderEvent> events = TIPTOP.translate(verified(TiptoppaySamples.vector("C4")));

        PaymentReported failed = (PaymentReported) events.get(0);
        assertThat(EventText.of(events))
                .containsExactly("payment DECLINED 5000.00 KZT [transaction=3355303842]");
        assertThat(failed.details().declineCode()).contains("5051");
        assertThat(failed.details().declineMessage()).contains("InsufficientFunds");
        assertThat(failed.details().cardBrand()).contains("visa");
        assertThat(failed.details().cardLast4()).contains("4242");
        assertThat(failed.occurredAt()).isEqualTo(Instant.parse("2026-02-25T19:08:10Z"));
    }

    @Test
    void our_number_of_the_order_leads_to_our_payment() {
        VerifiedWebhook pay =
                verified(
                        "TransactionId=5&Amount=1.00&Currency=KZT&Status=Completed"
                                + "&OperationType=Payment&GatewayName=Test&InvoiceId="
                                + Ids.text("pay", PAYMENT),
                        "");

        ReadFirst read = (ReadFirst) TIPTOP.translate(pay).get(0);
        assertThat(read.references().ours()).contains(PAYMENT);
        assertThat(read.references().traceOfUs()).isTrue();
        assertThat(TIPTOP.hints(pay.raw()).ours()).contains(PAYMENT);
    }

    @Test
    void a_refund_points_at_its_payment_and_not_at_itself() {
        ReadFirst read =
                (ReadFirst) TIPTOP.translate(verified(TiptoppaySamples.vector("C6"))).get(0);

        assertThat(read.key()).isEqualTo("3355309999");
        assertThat(read.references().keys())
                .containsExactly(TiptoppayTransaction.reference("3355303842"));
    }

    @ParameterizedTest
    @CsvSource({"1,false", "true,false", "TRUE,false", "0,true", "false,true"})
    void the_test_flag_tells_the_mode(String flag, boolean live) {
        assertThat(verified("TransactionId=1&Status=x&TestMode=" + flag, "").livemode())
                .contains(live);
    }

    @Test
    void refund_and_cancel_do_not_tell_the_mode() {
        assertThat(verified(TiptoppaySamples.vector("C6")).livemode()).isEmpty();
        assertThat(verified(TiptoppaySamples.vector("C7")).livemode()).isEmpty();
    }

    @Test
    void check_pay_confirm_refund_and_cancel_of_one_payment_are_different_events() {
        Set<String> keys = new HashSet<>();

        for (String name : List.of("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8")) {
            assertThat(keys.add(verified(TiptoppaySamples.vector(name)).eventKey()))
                    .as(name)
                    .isTrue();
        }
        assertThat(keys).allMatch(k -> k.length() <= 255 && k.chars().allMatch(c -> c < 127));
    }

    @Test
    void the_same_event_has_one_key_however_it_is_sent() {
        Vector c2 = TiptoppaySamples.vector("C2");
        String query = form(c2);
        RawWebhook get =
                TiptoppaySamples.get(
                        "type=pay&" + query,
                        Optional.of("pay"),
                        Map.of(TiptoppaySignature.RAW, List.of(c2.raw())));
        byte[] json =
                TiptoppaySamples.bytes(
                        "{\"TransactionId\":3355303842,\"Amount\":5000,\"Currency\":\"KZT\","
                                + "\"Status\":\"Completed\",\"OperationType\":\"Payment\","
                                + "\"GatewayName\":\"Test\",\"TestMode\":true,\"AuthCode\":null}");
        VerifiedWebhook byJson =
                TIPTOP.verify(
                        TiptoppaySamples.credentials(TiptoppaySamples.SECRET),
                        TiptoppaySamples.raw(
                                json,
                                TiptoppaySamples.JSON,
                                TiptoppaySamples.proof(TiptoppaySamples.SECRET, json)));

        VerifiedWebhook byForm = verified(c2);
        VerifiedWebhook byGet = TIPTOP.verify(TiptoppaySamples.credentials(c2.secret()), get);

        assertThat(byGet.eventKey()).isEqualTo(byForm.eventKey());
        assertThat(byJson.eventKey()).isEqualTo(byForm.eventKey());
        assertThat(byJson.fingerprint()).isEqualTo(byForm.fingerprint());
        assertThat(byForm.fingerprint()).isEqualTo("pay|3355303842|500000|KZT");
    }

    // --- the question ---

    @InEveryLanguage
    void a_check_asks_for_one_payment_and_one_amount() {
        VerifiedWebhook check = verified(TiptoppaySamples.vector("C1"));

        Precheck asked = TIPTOP.precheck(check).orElseThrow();

        assertThat(asked.amount()).contains(Money.parse("5000.00", "KZT"));
        assertThat(asked.account()).contains("user@example.kz");
        assertThat(TIPTOP.precheck(verified(TiptoppaySamples.vector("C2")))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Amount=1.001&Currency=KZT",
        "Amount=1.00&Currency=XXX",
        "Amount=&Currency=KZT",
        "Amount=1e3&Currency=KZT",
        "Amount=99999999999999999999999999999999999999999&Currency=KZT"
    })
    void an_amount_that_cannot_be_read_is_none(String amount) {
        VerifiedWebhook check =
                verified("TransactionId=1&OperationType=Payment&Status=Completed&" + amount, "");

        assertThat(TIPTOP.precheck(check).orElseThrow().amount()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PAYABLE,0",
        "UNKNOWN_PAYMENT,10",
        "WRONG_ACCOUNT,11",
        "WRONG_AMOUNT,12",
        "NOT_PAYABLE,13",
        "EXPIRED,20"
    })
    void each_verdict_has_its_code(Verdict verdict, int code) {
        assertThat(TIPTOP.answer(verified(OLD_CHECK, ""), verdict).body())
                .isEqualTo("{\"code\":" + code + "}");
    }

    @Test
    void what_is_stored_is_answered_with_code_zero_and_what_is_not_genuine_with_a_refusal() {
        assertThat(TIPTOP.acknowledge(verified(WALLET_PAY, "")).body()).isEqualTo("{\"code\":0}");
        assertThat(TIPTOP.refuse(new WebhookRejected(Cause.SIGNATURE_WRONG)).body())
                .isEqualTo("{\"code\":13}");
    }

    // --- what is refused ---

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TransactionId=1&TransactionId=2&Status=Completed",
                "TransactionId=1&transactionid=1&Status=Completed",
                "TransactionId=1&Amount=1.00&Amount=1.00",
                "TransactionId=1&Name=%ff%fe",
                "TransactionId=1&Name=%zz",
                "TransactionId=1&Name=%"
            })
    void a_body_that_could_be_read_two_ways_is_refused(String body) {
        assertThat(refused(TiptoppaySamples.signed(body))).isEqualTo(Cause.BODY_MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Status=Completed&Amount=1.00",
                "TransactionId=abc&Status=Completed",
                "TransactionId=123456789012345678901",
                "TransactionId=-1",
                "Id=with blanks",
                "nothing"
            })
    void a_body_that_tells_of_nothing_is_refused(String body) {
        assertThat(refused(TiptoppaySamples.signed(body))).isEqualTo(Cause.KIND_UNKNOWN);
    }

    @Test
    void deep_json_json_twice_and_broken_text_are_refused() {
        for (String body :
                List.of(
                        "{\"TransactionId\":1,\"Data\":"
                                + "[".repeat(1_000)
                                + "]".repeat(1_000)
                                + "}",
                        "{\"TransactionId\":1,\"TransactionId\":2}",
                        "{\"TransactionId\":1",
                        "[]")) {
            byte[] bytes = TiptoppaySamples.bytes(body);

            assertThat(
                            refused(
                                    TiptoppaySamples.raw(
                                            bytes,
                                            TiptoppaySamples.JSON,
                                            TiptoppaySamples.proof(
                                                    TiptoppaySamples.SECRET, bytes))))
                    .isEqualTo(Cause.BODY_MALFORMED);
        }
    }

    @Test
    void very_many_fields_are_refused() {
        StringBuilder body = new StringBuilder("TransactionId=1");
        for (int i = 0; i < 300; i++) {
            body.append("&f").append(i).append("=1");
        }

        assertThat(refused(TiptoppaySamples.signed(body.toString())))
                .isEqualTo(Cause.BODY_MALFORMED);
    }

    @Test
    void a_secret_is_needed() {
        assertThat(
                        catchThrowableOfType(
                                        WebhookRejected.class,
                                        () ->
                                                TIPTOP.verify(
                                                        TiptoppaySamples.credentials(""),
                                                        TiptoppaySamples.signed(OLD_CHECK)))
                                .reason())
                .isEqualTo(Cause.SECRET_MISSING);
        assertThat(Secret.of("x").toString()).isNotEqualTo("x");
    }
}
