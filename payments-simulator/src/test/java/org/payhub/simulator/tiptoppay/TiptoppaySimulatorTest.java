package org.payhub.simulator.tiptoppay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.payhub.simulator.Simulator;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.rig.Browser;
import org.payhub.simulator.rig.Hook;

/** The imitated TipTop Pay over HTTP, as its clients, payers and merchants see it. */
class TiptoppaySimulatorTest {

    private static final String VISA = "4000000000003055";

    private final Browser browser = new Browser();
    private Hook merchant;
    private Simulator simulator;
    private TiptoppaySimulator tiptop;
    private TiptoppaySite site;

    @BeforeEach
    void start() {
        use(Simulator.start(0));
        merchant = new Hook();
        merchant.say("{\"code\":0}");
    }

    private void use(Simulator started) {
        simulator = started;
        tiptop = simulator.provider(TiptoppaySimulator.class);
        site = tiptop.site();
    }

    @AfterEach
    void stop() {
        simulator.close();
        merchant.close();
    }

    private String address(String type) {
        return merchant.url("/" + type);
    }

    private void listen(String... types) {
        for (String type : types) {
            tiptop.notify(site.publicId(), type, address(type));
        }
    }

    private HttpResponse<String> raw(
            String path, String body, String contentType, String secret, Map<String, String> more) {
        String basic =
                Base64.getEncoder().encodeToString((site.publicId() + ":" + secret).getBytes());
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/tiptoppay" + path))
                        .header("Authorization", "Basic " + basic)
                        .header("Content-Type", contentType)
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        more.forEach(request::header);
        return browser.send(request);
    }

    private JsonObject call(String path, JsonObject parameters) {
        HttpResponse<String> response =
                raw(path, parameters.toString(), "application/json", site.apiSecret(), Map.of());
        assertThat(response.statusCode()).isEqualTo(200);
        return Json.parse(response.body());
    }

    private JsonObject order(String amount, boolean hold) {
        return Json.child(
                call(
                        "/orders/create",
                        Json.of(
                                "Amount", Json.decimal(amount),
                                "Currency", "KZT",
                                "Description", "Стрижка и укладка",
                                "InvoiceId", "inv-1",
                                "AccountId", "visit-1",
                                "RequireConfirmation", hold,
                                "SuccessRedirectUrl", "https://hub.example/back",
                                "FailRedirectUrl", "https://hub.example/pay")),
                "Model");
    }

    private long paid(String amount, boolean hold) {
        String id = Json.need(order(amount, hold), "Id");
        assertThat(tiptop.pay(id, VISA)).isEqualTo(hold ? "held" : "succeeded");
        List<JsonObject> all = tiptop.operations(site.publicId());
        return Json.number(all.get(all.size() - 1), "TransactionId");
    }

    private JsonObject operation(long number) {
        return Json.child(call("/payments/get", Json.of("TransactionId", number)), "Model");
    }

    private void awaitArrived(int count) {
        merchant.await(arrived -> arrived().size() >= count);
    }

    private List<Hook.Arrived> arrived() {
        return merchant.arrived();
    }

    private String path(int i) {
        return arrived().get(i).path();
    }

    // --- the interface ---

    @Test
    void only_the_keys_of_a_site_open_its_interface() {
        assertThat(call("/test", new JsonObject()).get("Success").getAsBoolean()).isTrue();
        assertThat(raw("/test", "{}", "application/json", "wrong", Map.of()).statusCode())
                .isEqualTo(401);
    }

    @Test
    void an_order_leads_to_a_page_and_a_payment_on_it_back_to_the_merchant() {
        String url = Json.need(order("5000.00", false), "Url");

        HttpResponse<String> page = browser.send(HttpRequest.newBuilder(URI.create(url)));
        HttpResponse<String> pay = browser.post(url, Map.of("card", VISA));

        assertThat(page.body()).contains("5000.00 KZT").contains("Стрижка и укладка");
        assertThat(pay.statusCode()).isEqualTo(303);
        assertThat(pay.headers().firstValue("Location")).contains("https://hub.example/back");
        assertThat(browser.post(url, Map.of("card", VISA)).body()).contains("This order is paid");
        assertThat(tiptop.books(site.publicId(), false).captured()).containsEntry("KZT", 500_000L);
    }

    @Test
    void the_same_request_id_makes_one_order_and_one_refund() {
        Map<String, String> once = Map.of("X-Request-ID", "one");
        String body =
                "{\"Amount\":10,\"Currency\":\"KZT\",\"Description\":\"x\",\"InvoiceId\":\"a\"}";

        String first =
                raw("/orders/create", body, "application/json", site.apiSecret(), once).body();
        String second =
                raw("/orders/create", body, "application/json", site.apiSecret(), once).body();

        assertThat(Json.parse(second)).isEqualTo(Json.parse(first));
    }

    @Test
    void parameters_are_taken_as_a_form_too() {
        String said =
                raw(
                                "/orders/create",
                                "Amount=12.50&Currency=KZT&Description=x",
                                "application/x-www-form-urlencoded",
                                site.apiSecret(),
                                Map.of())
                        .body();

        assertThat(said).contains("12.50");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "1.001", "'\"abc\"'"})
    void an_amount_that_is_none_is_refused(String amount) {
        HttpResponse<String> said =
                raw(
                        "/orders/create",
                        "{\"Amount\":" + amount + ",\"Currency\":\"KZT\",\"Description\":\"x\"}",
                        "application/json",
                        site.apiSecret(),
                        Map.of());

        assertThat(said.body()).contains("\"Success\": false").contains("Amount");
    }

    @Test
    void a_cancelled_order_cannot_be_paid() {
        String id = Json.need(order("10.00", false), "Id");

        call("/orders/cancel", Json.of("Id", id));

        assertThat(tiptop.pay(id, VISA)).isEqualTo("not_possible");
        assertThat(Json.flag(call("/orders/cancel", Json.of("Id", id)), "Success")).isFalse();
    }

    @Test
    void a_hold_is_taken_in_part_or_given_back() {
        long taken = paid("100.00", true);
        long back = paid("50.00", true);

        call("/payments/confirm", Json.of("TransactionId", taken, "Amount", Json.decimal("60.00")));
        call("/payments/void", Json.of("TransactionId", back));

        assertThat(Json.need(operation(taken), "Status")).isEqualTo("Completed");
        assertThat(Json.need(operation(taken), "Amount")).isEqualTo("60.00");
        assertThat(Json.need(operation(back), "Status")).isEqualTo("Cancelled");
    }

    @Test
    void a_hold_that_nobody_takes_is_given_back_by_time() {
        long held = paid("100.00", true);

        tiptop.clock().advance(Duration.ofDays(8));

        assertThat(Json.need(operation(held), "Status")).isEqualTo("Cancelled");
    }

    @Test
    void refunds_in_parts_never_exceed_the_payment() {
        long number = paid("100.00", false);

        JsonObject first =
                call(
                        "/payments/refund",
                        Json.of("TransactionId", number, "Amount", Json.decimal("60.00")));
        JsonObject second =
                call(
                        "/payments/refund",
                        Json.of("TransactionId", number, "Amount", Json.decimal("60.00")));

        long refund = Json.number(Json.child(first, "Model"), "TransactionId");
        assertThat(Json.number(operation(refund), "OriginalTransactionId")).isEqualTo(number);
        assertThat(Json.flag(second, "Success")).isFalse();
        assertThat(tiptop.books(site.publicId(), false).refunded()).containsEntry("KZT", 6_000L);
    }

    @Test
    void the_list_of_a_day_comes_in_pages_and_find_shows_the_last_one_only() {
        String id = Json.need(order("10.00", false), "Id");
        tiptop.pay(id, "4000056655665556");
        tiptop.pay(id, VISA);
        tiptop.payAgain(id, "4000056655665556");

        JsonObject listed =
                call(
                        "/v2/payments/list",
                        Json.of(
                                "CreatedDateGte", "2020-01-01T00:00:00+00:00",
                                "CreatedDateLte", "2090-01-01T00:00:00+00:00",
                                "PageNumber", 1));
        JsonObject last = call("/payments/find", Json.of("InvoiceId", "inv-1"));

        JsonArray all = listed.getAsJsonArray("Model");
        assertThat(all).hasSize(3);
        assertThat(Json.flag(last, "Success")).isFalse();
        assertThat(Json.need(Json.child(last, "Model"), "Status")).isEqualTo("Declined");
    }

    @Test
    void an_address_is_set_for_every_kind_but_check_and_what_is_left_out_falls_back() {
        JsonObject whole =
                Json.of(
                        "IsEnabled", true,
                        "Address", address("pay"),
                        "HttpMethod", "POST",
                        "Encoding", "UTF8",
                        "Format", "CloudPayments");

        JsonObject pay = call("/site/notifications/pay/update", whole);
        JsonObject check = call("/site/notifications/check/update", whole);
        call(
                "/site/notifications/refund/update",
                Json.of("IsEnabled", true, "Address", address("refund")));

        assertThat(Json.flag(pay, "Success")).isTrue();
        assertThat(Json.flag(check, "Success")).isFalse();
        assertThat(
                        Json.need(
                                Json.child(
                                        call("/site/notifications/refund/get", new JsonObject()),
                                        "Model"),
                                "HttpMethod"))
                .isEqualTo("GET");
    }

    // --- notifications ---

    @Test
    void the_signature_is_the_published_one() {
        byte[] body =
                ("TransactionId=12345&Amount=7890.00&Currency=KZT&InvoiceId=cl3-attempt-001"
                                + "&AccountId=order-001&Name=%D0%90%D0%B9%D0%B4%D0%B0%D0%BD")
                        .getBytes(StandardCharsets.UTF_8);

        assertThat(Delivery.sign("fixture-secret-2026", body))
                .isEqualTo("+rjISSRvuc7ezdUkFKVIrw45ExbSSJz+SxXjMoYWUEo=");
        assertThat(Delivery.sign("fixture-secret-2026", Delivery.decoded(body)))
                .isEqualTo("++bj+KkX5I4kZmEBWxehaFnpkUhY08O4xoUU353GAGU=");
    }

    @Test
    void the_merchant_is_asked_before_and_told_after_a_charge() {
        listen("check", "pay", "fail", "confirm", "refund", "cancel");

        long number = paid("5000.00", false);
        tiptop.refund(site.publicId(), number, "1000.00");

        awaitArrived(3);
        assertThat(arrived()).extracting(Hook.Arrived::path).contains("/check", "/pay", "/refund");
        assertThat(path(0)).isEqualTo("/check");
        for (Hook.Arrived one : arrived()) {
            assertThat(one.header("Content-HMAC"))
                    .isEqualTo(tiptop.sign(site.publicId(), one.body()));
            assertThat(one.header("X-Content-HMAC"))
                    .isEqualTo(tiptop.sign(site.publicId(), Delivery.decoded(one.body())));
        }
        assertThat(arrived().get(0).text())
                .contains("Status=Completed")
                .contains("TestMode=1")
                .contains("Amount=5000.00")
                .contains("%d0%a1")
                .doesNotContain("GatewayName");
    }

    @ParameterizedTest
    @CsvSource({"10,3001", "11,3002", "12,3003", "13,3008", "20,3004", "99,3005"})
    void a_question_that_is_not_answered_with_zero_ends_the_payment(int code, int reason) {
        listen("check", "pay", "fail");
        merchant.say("{\"code\":" + code + "}");
        String id = Json.need(order("10.00", false), "Id");

        String outcome = tiptop.pay(id, VISA);

        assertThat(outcome).isEqualTo("refused");
        assertThat(Json.number(tiptop.operations(site.publicId()).get(0), "ReasonCode"))
                .isEqualTo(reason);
        awaitArrived(2);
        assertThat(path(1)).isEqualTo("/fail");
    }

    @Test
    void nobody_at_the_address_of_the_question_ends_the_payment() {
        tiptop.notify(site.publicId(), "check", "http://127.0.0.1:1/check");
        String id = Json.need(order("10.00", false), "Id");

        assertThat(tiptop.pay(id, VISA)).isEqualTo("refused");
        assertThat(Json.number(tiptop.operations(site.publicId()).get(0), "ReasonCode"))
                .isEqualTo(3007);
    }

    @Test
    void what_is_not_answered_with_code_zero_comes_again() {
        listen("pay");
        merchant.say("OK");

        paid("10.00", false);
        awaitArrived(1);
        merchant.say("{\"code\":0}");

        awaitArrived(2);
        assertThat(arrived().get(1).text()).isEqualTo(arrived().get(0).text());
    }

    @Test
    void notifications_go_out_as_json_or_by_get_where_the_cabinet_says_so() {
        tiptop.notify(site.publicId(), "check", address("check"), "POST", "json");
        tiptop.notify(site.publicId(), "pay", address("pay") + "?type=pay", "GET", "form");

        paid("10.00", false);

        awaitArrived(2);
        assertThat(Json.number(Json.parse(arrived().get(0).text()), "TransactionId")).isPositive();
        assertThat(arrived().get(0).header("X-Content-HMAC"))
                .isEqualTo(arrived().get(0).header("Content-HMAC"));
        assertThat(arrived().get(1).method()).isEqualTo("GET");
        assertThat(arrived().get(1).query()).startsWith("type=pay&TransactionId=");
    }

    @Test
    void lost_doubled_and_late_notifications_are_to_be_had() {
        listen("pay", "refund");
        tiptop.webhooks().drop(java.util.Set.of("pay"));
        tiptop.webhooks().copies(2);

        long number = paid("10.00", false);
        tiptop.refund(site.publicId(), number, "1.00");

        awaitArrived(2);
        assertThat(arrived()).extracting(Hook.Arrived::path).containsOnly("/refund");
        assertThat(tiptop.webhooks().dropped()).isEqualTo(1);
    }

    // --- cards, modes, pages ---

    @ParameterizedTest
    @CsvSource({
        "4000000000003055,succeeded",
        "5205000000003055,succeeded",
        "4111111111111111,succeeded",
        "4000056655665556,declined",
        "5404000000000043,declined",
        "4242424242424242,needs_confirmation",
        "4012888888881881,needs_confirmation",
        "4000000000003054,not_possible",
        "4929000000006,not_possible",
        "hello,not_possible"
    })
    void each_card_behaves_as_published(String card, String outcome) {
        assertThat(tiptop.pay(Json.need(order("10.00", false), "Id"), card)).isEqualTo(outcome);
    }

    @Test
    void the_bank_asks_and_the_client_completes_or_fails() {
        String good = Json.need(order("10.00", false), "Id");
        String bad = Json.need(order("10.00", false), "Id");
        String url = simulator.baseUrl() + "/tiptoppay/d/";

        HttpResponse<String> asked =
                browser.post(url + good, Map.of("card", "4242 4242 4242 4242"));
        browser.post(url + bad, Map.of("card", "4242424242424242"));

        assertThat(asked.headers().firstValue("Location"))
                .hasValue("/tiptoppay/d/" + good + "/3ds");
        assertThat(browser.send(HttpRequest.newBuilder(URI.create(url + good + "/3ds"))).body())
                .contains("Your bank asks you to confirm");
        assertThat(browser.post(url + good + "/3ds", Map.of("answer", "complete")).statusCode())
                .isEqualTo(303);
        assertThat(browser.post(url + bad + "/3ds", Map.of("answer", "fail")).statusCode())
                .isEqualTo(402);
        assertThat(tiptop.books(site.publicId(), false).charges().values())
                .containsExactlyInAnyOrder("captured", "declined");
    }

    @Test
    void a_live_site_takes_real_cards_only_and_says_so_in_what_it_tells() {
        listen("pay");
        tiptop.live(site.publicId(), true);
        String id = Json.need(order("10.00", false), "Id");

        assertThat(tiptop.pay(id, VISA)).isEqualTo("not_possible");
        assertThat(tiptop.pay(id, "4929000000006")).isEqualTo("succeeded");

        awaitArrived(1);
        assertThat(arrived().get(0).text())
                .contains("TestMode=0")
                .doesNotContain("GatewayName=Test");
        assertThat(tiptop.books(site.publicId(), true).captured()).containsEntry("KZT", 1_000L);
        assertThat(tiptop.books(site.publicId(), false).captured()).isEmpty();
    }

    @Test
    void the_cabinet_shows_the_keys_sets_an_address_and_gives_money_back() {
        String cabinet = simulator.baseUrl() + "/cabinet/tiptoppay/" + site.publicId();
        long number = paid("10.00", false);

        browser.post(
                cabinet + "/notifications",
                Map.of("type", "check", "enabled", "true", "address", address("check")));
        browser.post(
                cabinet + "/do",
                Map.of(
                        "deed", "refund",
                        "transaction", Long.toString(number),
                        "amount", "4.00"));
        HttpResponse<String> page = browser.send(HttpRequest.newBuilder(URI.create(cabinet)));

        assertThat(page.body()).contains(site.apiSecret()).contains(Long.toString(number));
        assertThat(tiptop.address(site.publicId(), "check")).contains(address("check"));
        assertThat(tiptop.books(site.publicId(), false).refunded()).containsEntry("KZT", 400L);
    }

    @Test
    void a_restart_keeps_sites_orders_operations_and_what_is_owed(@TempDir Path data) {
        simulator.close();
        use(Simulator.start(0, data, null));
        listen("pay");
        merchant.say("not yet");
        String open = Json.need(order("10.00", false), "Id");
        long number = paid("20.00", false);
        awaitArrived(1);
        simulator.close();
        merchant.say("{\"code\":0}");
        int before = arrived().size();

        use(Simulator.start(0, data, null));

        assertThat(Json.need(operation(number), "Amount")).isEqualTo("20.00");
        assertThat(tiptop.pay(open, VISA)).isEqualTo("succeeded");
        awaitArrived(before + 2);
    }

    @Test
    void what_does_not_exist_is_said_so() {
        assertThat(Json.flag(call("/payments/get", Json.of("TransactionId", 1)), "Success"))
                .isFalse();
        assertThat(
                        browser.send(
                                        HttpRequest.newBuilder(
                                                URI.create(
                                                        simulator.baseUrl() + "/tiptoppay/d/none")))
                                .statusCode())
                .isEqualTo(404);
        assertThatThrownBy(() -> tiptop.site("none")).isInstanceOf(IllegalArgumentException.class);
    }
}
