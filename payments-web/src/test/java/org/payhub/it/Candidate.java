package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.payhub.simulator.kit.ExamActor;
import org.payhub.simulator.kit.Parcel;
import org.payhub.simulator.kit.Provider;

/**
 * One business connected to one provider, whichever it is: what tests that hold for all providers
 * need to be able to do.
 */
public final class Candidate {

    private final Provider provider;
    private final ExamActor actor;
    private final TestMerchant merchant;
    private volatile Map<String, String> credentials;
    private final List<String> addresses;
    private final String integration;

    private Candidate(
            Provider provider,
            ExamActor actor,
            TestMerchant merchant,
            Map<String, String> credentials,
            List<String> addresses,
            String integration) {
        this.provider = provider;
        this.actor = actor;
        this.merchant = merchant;
        this.credentials = credentials;
        this.addresses = addresses;
        this.integration = integration;
    }

    /** The codes of all providers that have an exam. */
    public static Stream<String> codes() {
        return TestWorld.simulator().providers().stream()
                .filter(provider -> provider.exam().isPresent())
                .map(Provider::code);
    }

    /** A new business with a new account of that provider. */
    public static Candidate connect(String code) {
        Provider provider = TestWorld.simulator().provider(code).orElseThrow();
        ExamActor actor = provider.exam().orElseThrow();
        return connect(provider, actor, TestMerchant.make(actor.currency(), "Europe/Madrid"));
    }

    /** One more provider of a business that is there. */
    public static Candidate connect(String code, TestMerchant merchant) {
        Provider provider = TestWorld.simulator().provider(code).orElseThrow();
        return connect(provider, provider.exam().orElseThrow(), merchant);
    }

    private static Candidate connect(Provider provider, ExamActor actor, TestMerchant merchant) {
        Map<String, String> credentials = actor.openAccount();
        JsonObject typed = new JsonObject();
        credentials.forEach(typed::addProperty);
        JsonObject body = new JsonObject();
        body.addProperty("provider", provider.code());
        body.add("credentials", typed);
        body.addProperty("confirmNotice", true);
        Http.Answer connected = merchant.post("/integrations", body.toString());
        assertThat(connected.status()).as(connected.body()).isEqualTo(201);
        List<String> addresses = new ArrayList<>(List.of(connected.text("webhookUrl")));
        JsonArray urls = connected.json().getAsJsonArray("webhookUrls");
        urls.forEach(url -> addresses.add(url.getAsString()));
        actor.notifyAt(credentials, addresses);
        merchant.connected(connected.text("id"));
        merchant.post("/integrations/" + connected.text("id") + "/verify", "{}");
        actor.coin()
                .ifPresent(
                        coin -> {
                            JsonObject rate = new JsonObject();
                            rate.addProperty("from", actor.currency());
                            rate.addProperty("to", coin);
                            rate.addProperty("rate", "1.1");
                            rate.addProperty("source", "Exam");
                            rate.addProperty(
                                    "validUntil",
                                    Instant.now().plus(Duration.ofHours(6)).toString());
                            Http.Answer entered = merchant.post("/rates", rate.toString());
                            assertThat(entered.status()).as(entered.body()).isEqualTo(201);
                        });
        return new Candidate(
                provider, actor, merchant, credentials, addresses, connected.text("id"));
    }

    public ExamActor actor() {
        return actor;
    }

    public TestMerchant merchant() {
        return merchant;
    }

    public String code() {
        return provider.code();
    }

    /** The integration's address of its own. */
    public String address() {
        return addresses.get(0);
    }

    /** What the provider's own books say of this account. */
    public ExamActor.Books books() {
        return actor.books(credentials);
    }

    /**
     * The provider signs with another secret from now on, and the merchant enters it.
     *
     * @return false where this provider's imitation cannot
     */
    public boolean rollSecret(int overlapHours) {
        Map<String, String> fresh = actor.rollSecret(credentials);
        if (fresh.isEmpty()) {
            return false;
        }
        JsonObject typed = new JsonObject();
        fresh.forEach(typed::addProperty);
        JsonObject body = new JsonObject();
        body.add("credentials", typed);
        body.addProperty("overlapHours", Integer.toString(overlapHours));
        Http.Answer rotated =
                merchant.post("/integrations/" + integration + "/rotate", body.toString());
        assertThat(rotated.status()).as(rotated.body()).isEqualTo(200);
        Map<String, String> all = new LinkedHashMap<>(credentials);
        all.putAll(fresh);
        credentials = all;
        return true;
    }

    // ---- money ----

    /** A page on which a visit can be paid. */
    public record Opened(String visit, String link, String payment, String page) {}

    public Opened open() {
        String visit = merchant.visit(actor.price());
        String link = merchant.link(visit).get("id").getAsString();
        return open(visit, link);
    }

    public Opened open(String visit, String link) {
        Http.Answer opened = checkout(link);
        assertThat(opened.status()).as(opened.body()).isEqualTo(201);
        return new Opened(visit, link, opened.text("paymentId"), opened.text("redirectUrl"));
    }

    public Http.Answer checkout(String link) {
        return checkout(link, false);
    }

    public Http.Answer checkout(String link, boolean holdOnly) {
        JsonObject choice = new JsonObject();
        choice.addProperty("holdOnly", holdOnly);
        choice.addProperty("provider", code());
        actor.coin().ifPresent(coin -> choice.addProperty("asset", coin));
        return merchant.post("/payment-links/" + link + "/checkout", choice.toString());
    }

    /** A visit that was paid, heard of by webhooks as they come. */
    public Opened paid() {
        Opened opened = open();
        actor.pay(opened.page());
        merchant.awaitPayment(opened.payment(), "paid");
        return opened;
    }

    public Http.Answer refund(String payment, String amount, String key) {
        return refund(payment, amount, key, actor.secondFactor());
    }

    public Http.Answer refund(
            String payment, String amount, String key, Optional<String> secondFactor) {
        JsonObject money = new JsonObject();
        money.addProperty("amount", amount);
        money.addProperty("currency", actor.currency());
        JsonObject order = new JsonObject();
        order.add("amount", money);
        order.addProperty("reason", "requested_by_customer");
        secondFactor.ifPresent(code -> order.addProperty("secondFactorCode", code));
        return merchant.post(
                "/payments/" + payment + "/refunds",
                order.toString(),
                Map.of("Idempotency-Key", key));
    }

    public boolean can(String ability) {
        for (var item : merchant.get("/providers").json().getAsJsonArray("items")) {
            JsonObject entry = item.getAsJsonObject();
            if (Http.text(entry, "code").equals(code())) {
                return entry.getAsJsonArray("abilities").toString().contains('"' + ability + '"');
            }
        }
        return false;
    }

    /** Whether that provider is offered for money of that currency. */
    public boolean takes(String provider, String currency) {
        for (var item : merchant.get("/providers").json().getAsJsonArray("items")) {
            JsonObject entry = item.getAsJsonObject();
            if (Http.text(entry, "code").equals(provider)) {
                return entry.getAsJsonArray("currencies").toString().contains('"' + currency + '"');
            }
        }
        return false;
    }

    /** What the payment is by now. */
    public String status(Opened opened) {
        return Http.text(merchant.payment(opened.payment()), "status");
    }

    // ---- notifications ----

    /** What the provider would send because of the deed; nothing of it arrives. */
    public List<Parcel> told(Runnable deed) {
        List<Parcel> told = Collections.synchronizedList(new ArrayList<>());
        actor.webhooks().dropAll(true);
        actor.webhooks()
                .watch(
                        parcel -> {
                            if (addresses.stream()
                                    .anyMatch(parcel.address().toString()::startsWith)) {
                                told.add(parcel);
                            }
                        });
        try {
            deed.run();
            settle(told);
        } finally {
            actor.webhooks().watch(parcel -> {});
            actor.webhooks().dropAll(false);
        }
        return List.copyOf(told);
    }

    /** Some things are told a moment later: until nothing has come for a while. */
    private static void settle(List<Parcel> told) {
        int[] last = {-1};
        Awaitility.await("what is told")
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ofMillis(600))
                .pollInterval(Duration.ofMillis(600))
                .until(
                        () -> {
                            boolean still = told.size() == last[0];
                            last[0] = told.size();
                            return still;
                        });
    }

    public static Http.Answer deliver(Parcel parcel) {
        return deliver(parcel, parcel.address().toString(), parcel.body(), headers(parcel));
    }

    public static Map<String, String> headers(Parcel parcel) {
        return new LinkedHashMap<>(parcel.headers(Instant.now()));
    }

    /** The parcel with something about it changed. */
    public static Http.Answer deliver(
            Parcel parcel, String address, byte[] body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(java.net.URI.create(address))
                        .timeout(Duration.ofSeconds(60))
                        .method(
                                parcel.method(),
                                parcel.method().equals("GET")
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return Http.send(request.build());
    }

    /** How many deliveries of this integration are stored. */
    public long stored() {
        return Rows.number("SELECT COUNT(*) FROM webhook_delivery WHERE integration_id = ?", id());
    }

    public UUID id() {
        return Rows.id(integration);
    }

    /** Waits until every delivery has its final status. */
    public void awaitQuiet() {
        Awaitility.await("quiet inbox of " + code())
                .atMost(Duration.ofSeconds(120))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () ->
                                Rows.number(
                                                "SELECT COUNT(*) FROM webhook_delivery WHERE"
                                                        + " integration_id = ? AND (owner IS NOT"
                                                        + " NULL OR next_attempt_at <="
                                                        + " UTC_TIMESTAMP(6) OR status ="
                                                        + " 'received' AND next_attempt_at IS NOT"
                                                        + " NULL)",
                                                id())
                                        == 0);
    }

    /** Waits until every delivery was tried; what cannot be understood is tried again later. */
    public void awaitTried() {
        TestMerchant.await(
                "tried inbox of " + code(),
                () ->
                        Rows.number(
                                "SELECT COUNT(*) FROM webhook_delivery WHERE integration_id = ?"
                                        + " AND (owner IS NOT NULL OR status = 'received' AND"
                                        + " attempts = 0 AND next_attempt_at IS NOT NULL)",
                                id()),
                open -> open == 0);
    }

    // ---- what we know ----

    /** What our records say was taken, in the provider's minor units. */
    public long taken() {
        return moved("capture");
    }

    /** What our records say was returned. */
    public long returned() {
        return moved("refund");
    }

    private long moved(String kind) {
        return Long.parseLong(
                Rows.one(
                        "SELECT COALESCE(SUM(amount_minor), 0) FROM provider_transaction WHERE"
                                + " integration_id = ? AND kind = ?",
                        id(),
                        kind));
    }

    /** All accounts of each asset together; 0 each in sound books. */
    public Map<String, String> ledgerSums() {
        Map<String, BigDecimal> sums = new LinkedHashMap<>();
        merchant.get("/ledger/balances")
                .json()
                .getAsJsonArray("items")
                .forEach(
                        item ->
                                sums.merge(
                                        Http.text(item.getAsJsonObject(), "amount.currency"),
                                        new BigDecimal(
                                                Http.text(item.getAsJsonObject(), "amount.amount")),
                                        BigDecimal::add));
        Map<String, String> off = new LinkedHashMap<>();
        sums.forEach(
                (asset, sum) -> {
                    if (sum.signum() != 0) {
                        off.put(asset, sum.toPlainString());
                    }
                });
        return off;
    }

    public int unmatched() {
        return merchant.get("/unmatched?limit=200").json().getAsJsonArray("items").size();
    }

    /** The time for asking has come; the server comes by every ten seconds. */
    public void askUntil(String what, BooleanSupplier reached) {
        UUID id = Rows.id(merchant.id());
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(120))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> {
                            for (String table : List.of("payment", "refund")) {
                                comeDue(table, id);
                            }
                            return reached.getAsBoolean();
                        });
    }

    private static void comeDue(String table, UUID merchant) {
        try {
            Rows.change(
                    "UPDATE "
                            + table
                            + " SET ask_at = ? WHERE merchant_id = ? AND ask_at IS NOT NULL",
                    Instant.now().minusSeconds(1),
                    merchant);
        } catch (IllegalStateException deadlock) {
            // The server was at the same rows; the next round comes soon.
            return;
        }
    }
}
