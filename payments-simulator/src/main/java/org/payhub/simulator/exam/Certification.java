package org.payhub.simulator.exam;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.payhub.simulator.exam.HubClient.Reply;
import org.payhub.simulator.exam.HubClient.StepFailed;
import org.payhub.simulator.kit.ExamActor;
import org.payhub.simulator.kit.Provider;

/**
 * What a marketplace's people try before they list a provider, as a program: connect, pay, be
 * declined, hear webhooks, refund, dispute or withdraw, disconnect, reconnect. Each step says what
 * was seen; one that fails ends the exam.
 */
public final class Certification {

    private static final String FORGED = "{\"id\":\"evt_forged\",\"status\":\"paid\"}";

    private final Provider provider;
    private final ExamActor actor;
    private final HubClient hub;
    private final String operatorToken;
    private final List<Line> lines = new ArrayList<>();

    private Map<String, String> account = Map.of();
    private List<String> abilities = List.of();
    private List<String> secretFields = List.of();
    private String integration = "";
    private List<String> addresses = List.of();
    private Paid paid;

    private Certification(Provider provider, ExamActor actor, HubClient hub, String token) {
        this.provider = provider;
        this.actor = actor;
        this.hub = hub;
        this.operatorToken = token;
    }

    /**
     * The exam of that provider at a running hub.
     *
     * @param operatorToken opens a business of the exam's own there
     */
    public static Certification of(Provider provider, URI hub, String operatorToken) {
        ExamActor actor =
                provider.exam()
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "There is no exam for " + provider.title()));
        return new Certification(provider, actor, new HubClient(hub), operatorToken);
    }

    /** A step's line in the report. */
    public record Line(Result result, String step, String seen, Duration took) {}

    /** How a step ended. */
    public enum Result {
        PASSED,
        FAILED,
        /** This provider has no such thing. */
        NOT_OFFERED
    }

    /** Everything that was tried. */
    public record Report(String provider, List<Line> lines) {

        public Report {
            lines = List.copyOf(lines);
        }

        public boolean passed() {
            return lines.stream().noneMatch(line -> line.result() == Result.FAILED);
        }

        /** For people: one line each. */
        public String text() {
            StringBuilder text = new StringBuilder("Exam of " + provider + "\n\n");
            for (Line line : lines) {
                text.append(
                        String.format(
                                Locale.ROOT,
                                "  %-11s %-34s %s (%d ms)%n",
                                word(line.result()),
                                line.step(),
                                line.seen(),
                                line.took().toMillis()));
            }
            return text.append('\n')
                    .append(provider)
                    .append(passed() ? " has passed.\n" : " has not passed.\n")
                    .toString();
        }

        private static String word(Result result) {
            return switch (result) {
                case PASSED -> "passed";
                case FAILED -> "FAILED";
                case NOT_OFFERED -> "not offered";
            };
        }
    }

    private record Paid(String visit, String payment, String page) {}

    private interface Step {
        /** What was seen; empty: this provider has no such thing. */
        Optional<String> run();
    }

    /** Holds it. */
    public Report hold() {
        boolean goesOn =
                step("Catalogue", this::catalogue)
                        && step("Wrong keys are refused", this::wrongKeys)
                        && step("Connect", this::connect)
                        && step("A forged notification is refused", this::forged)
                        && step("Link, page, payment", this::firstPayment)
                        && step("Webhook, green only now", this::webhooks)
                        && step("Declined, then paid", this::declined)
                        && step("Notifications twice, out of order", this::twice)
                        && step("Refund in part", this::refund)
                        && step("Refund made in the cabinet", this::cabinetRefund)
                        && step("Dispute", this::dispute)
                        && step("Withdrawal waits for a second person", this::withdrawal)
                        && step("The ledger sums to zero", this::ledger)
                        && step("Disconnect", this::disconnect)
                        && step("Reconnect and pay", this::reconnect);
        if (!goesOn) {
            actor.webhooks().copies(1);
        }
        return new Report(provider.title(), lines);
    }

    private boolean step(String name, Step step) {
        Instant begin = Instant.now();
        try {
            Optional<String> seen = step.run();
            lines.add(
                    new Line(
                            seen.isPresent() ? Result.PASSED : Result.NOT_OFFERED,
                            name,
                            seen.orElse("this provider has no such thing"),
                            Duration.between(begin, Instant.now())));
            return true;
        } catch (StepFailed | IllegalArgumentException failed) {
            lines.add(
                    new Line(
                            Result.FAILED,
                            name,
                            String.valueOf(failed.getMessage()),
                            Duration.between(begin, Instant.now())));
            return false;
        }
    }

    private static StepFailed failed(String why) {
        return new StepFailed(why);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw failed(otherwise);
        }
    }

    // --- connecting ---

    private Optional<String> catalogue() {
        hub.openBusiness(operatorToken, "Exam of " + provider.title(), actor.currency());
        JsonObject entry =
                hub.get("/providers").require(200, "The catalogue").items().stream()
                        .filter(p -> HubClient.text(p, "code").equals(provider.code()))
                        .findFirst()
                        .orElseThrow(() -> failed("The catalogue has no " + provider.code()));
        abilities = texts(entry.getAsJsonArray("abilities"));
        secretFields = new ArrayList<>();
        for (JsonElement element : entry.getAsJsonArray("credentialFields")) {
            JsonObject field = element.getAsJsonObject();
            if (field.get("secret").getAsBoolean()) {
                secretFields.add(HubClient.text(field, "key"));
            }
        }
        require(abilities.contains("checkout"), "It cannot open a payment page.");
        return Optional.of(HubClient.text(entry, "name") + ": " + String.join(", ", abilities));
    }

    private static List<String> texts(JsonArray array) {
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(item.getAsString()));
        return texts;
    }

    private JsonObject connection(Map<String, String> credentials) {
        JsonObject typed = new JsonObject();
        credentials.forEach(typed::addProperty);
        JsonObject body = new JsonObject();
        body.addProperty("provider", provider.code());
        body.add("credentials", typed);
        body.addProperty("confirmNotice", true);
        return body;
    }

    private Optional<String> wrongKeys() {
        account = actor.openAccount();
        Reply refused =
                hub.post("/integrations", connection(actor.withWrongSecret(account)))
                        .require(422, "Connecting with a wrong key");
        require(
                refused.text("code").equals("integration.credentials_refused"),
                "The refusal's code is " + refused.text("code"));
        return Optional.of(refused.text("detail"));
    }

    private Optional<String> connect() {
        Reply connected = hub.post("/integrations", connection(account)).require(201, "Connecting");
        take(connected);
        enterRate();
        for (String field : secretFields) {
            require(
                    !account.containsKey(field) || !connected.body().contains(account.get(field)),
                    "The secret " + field + " came back.");
        }
        String status = connected.text("status");
        require(
                !status.equals("LIVE") && !status.equals("TEST"),
                "It is called " + status + " before any notification came.");
        return Optional.of(
                status
                        + (connected.json().get("webhookRegisteredByUs").getAsBoolean()
                                ? ", notifications registered by the hub"
                                : ", notifications set in the cabinet"));
    }

    /** Where a coin is charged, the owner says first at what rate. */
    private void enterRate() {
        if (actor.coin().isEmpty()) {
            return;
        }
        JsonObject rate = new JsonObject();
        rate.addProperty("from", actor.currency());
        rate.addProperty("to", actor.coin().get());
        rate.addProperty("rate", "1.1");
        rate.addProperty("source", "Exam");
        rate.addProperty("validUntil", Instant.now().plus(Duration.ofHours(6)).toString());
        hub.post("/rates", rate).require(201, "A rate");
    }

    private void take(Reply connected) {
        integration = connected.text("id");
        addresses = new ArrayList<>(List.of(connected.text("webhookUrl")));
        addresses.addAll(texts(connected.json().getAsJsonArray("webhookUrls")));
        actor.notifyAt(account, addresses);
        hub.post("/integrations/" + integration + "/verify", new JsonObject())
                .require(200, "Looking at what is set at the provider");
    }

    private Optional<String> forged() {
        Reply answer = hub.strangerPosts(addresses.get(0), FORGED);
        require(
                answer.status() >= 400 && answer.status() < 500,
                "A forged notification was answered " + answer.status());
        require(deliveries().isEmpty(), "A forged notification was stored.");
        return Optional.of("answered " + answer.status() + ", nothing stored");
    }

    private List<JsonObject> deliveries() {
        return hub.get("/webhook-deliveries?limit=100").require(200, "The inbox").items();
    }

    // --- money ---

    private Paid open() {
        JsonObject client = new JsonObject();
        client.addProperty("name", "Exam Client");
        client.addProperty("email", "client@example.com");
        JsonArray services = new JsonArray();
        services.add("Exam");
        JsonObject visit = new JsonObject();
        visit.add("client", client);
        visit.add("services", services);
        visit.addProperty("startsAt", Instant.now().plus(Duration.ofDays(1)).toString());
        visit.add("price", money(actor.price()));
        String id = hub.post("/visits", visit).require(201, "A visit").text("id");
        String link =
                hub.post("/visits/" + id + "/payment-links", new JsonObject())
                        .require(201, "A payment link")
                        .text("id");
        return page(id, link);
    }

    private Paid page(String visit, String link) {
        Reply page =
                hub.post("/payment-links/" + link + "/checkout", choice())
                        .require(201, "Opening the payment page");
        return new Paid(visit, page.text("paymentId"), page.text("redirectUrl"));
    }

    private JsonObject choice() {
        JsonObject choice = new JsonObject();
        choice.addProperty("provider", provider.code());
        actor.coin().ifPresent(coin -> choice.addProperty("asset", coin));
        return choice;
    }

    private JsonObject money(String amount) {
        JsonObject money = new JsonObject();
        money.addProperty("amount", amount);
        money.addProperty("currency", actor.currency());
        return money;
    }

    private Reply awaitPaid(Paid one) {
        hub.await("\"paid\"", () -> payment(one), p -> p.text("status").equals("paid"));
        Reply visit = hub.get("/visits/" + one.visit()).require(200, "The visit");
        require(
                visit.text("paymentStatus").equals("paid") && same(visit.text("due.amount"), "0"),
                "The visit is "
                        + visit.text("paymentStatus")
                        + " with "
                        + visit.text("due.amount")
                        + " due.");
        return visit;
    }

    private Reply payment(Paid one) {
        return hub.get("/payments/" + one.payment()).require(200, "The payment");
    }

    private static boolean same(String one, String other) {
        return !one.isEmpty() && new BigDecimal(one).compareTo(new BigDecimal(other)) == 0;
    }

    private Optional<String> firstPayment() {
        paid = open();
        require(
                !payment(paid).text("status").equals("paid"),
                "It was called paid before anybody paid.");
        actor.pay(paid.page());
        awaitPaid(paid);
        return Optional.of(actor.price() + " " + actor.currency() + " paid, nothing due");
    }

    private Optional<String> webhooks() {
        Reply inbox =
                hub.await(
                        "An applied notification",
                        () -> hub.get("/webhook-deliveries?limit=100"),
                        r ->
                                r.items().stream()
                                        .anyMatch(
                                                d ->
                                                        HubClient.text(d, "status")
                                                                .equals("applied")));
        Reply now =
                hub.await(
                        "A green integration",
                        () -> hub.get("/integrations/" + integration),
                        r -> r.text("status").equals("TEST") || r.text("status").equals("LIVE"));
        return Optional.of(inbox.items().size() + " stored, integration " + now.text("status"));
    }

    private Optional<String> declined() {
        Paid one = open();
        actor.decline(one.page());
        String status =
                hub.await("A word of the decline", () -> payment(one), p -> !isQuiet(p))
                        .text("status");
        require(
                !status.equals("paid") && !status.equals("review"),
                "A declined payment is called " + status);
        String link =
                hub.get("/visits/" + one.visit())
                        .json()
                        .getAsJsonArray("paymentLinks")
                        .get(0)
                        .getAsJsonObject()
                        .get("id")
                        .getAsString();
        Paid again = page(one.visit(), link);
        actor.pay(again.page());
        awaitPaid(again);
        return Optional.of("declined: " + status + "; the link stayed open and was paid");
    }

    private static boolean isQuiet(Reply payment) {
        return payment.text("status").equals("created");
    }

    private Optional<String> twice() {
        actor.webhooks().copies(3);
        actor.webhooks().hold();
        Paid one = open();
        actor.pay(one.page());
        actor.webhooks().release(7);
        awaitPaid(one);
        actor.webhooks().copies(1);
        String booked =
                hub.get("/visits/" + one.visit()).require(200, "The visit").text("paid.amount");
        require(same(booked, actor.price()), "Told three times, " + booked + " is booked.");
        return Optional.of("told three times in a random order, booked once");
    }

    private Optional<String> refund() {
        JsonObject order = new JsonObject();
        order.add("amount", money(actor.part()));
        order.addProperty("reason", "requested_by_customer");
        String path = "/payments/" + paid.payment() + "/refunds";
        if (!abilities.contains("refund")) {
            Reply refused = hub.post(path, order);
            require(
                    refused.status() == 409 || refused.status() == 422,
                    "A refund that cannot be was answered " + refused.status());
            return Optional.empty();
        }
        Reply ordered = hub.post(path, order);
        String how = "";
        if (ordered.text("code").equals("refund.second_factor_required")) {
            order.addProperty(
                    "secondFactorCode",
                    actor.secondFactor().orElseThrow(() -> failed("It wants a code.")));
            ordered = hub.post(path, order);
            how = " with a second factor";
        }
        ordered.require(202, "A refund");
        hub.await(
                "The refund",
                () -> payment(paid),
                p -> same(p.text("refunded.amount"), actor.part()));
        return Optional.of(actor.part() + " " + actor.currency() + " given back" + how);
    }

    private Optional<String> cabinetRefund() {
        Paid one = open();
        actor.pay(one.page());
        awaitPaid(one);
        if (!actor.refundInCabinet(one.page(), actor.part())) {
            return Optional.empty();
        }
        hub.await(
                "The refund made in the cabinet",
                () -> payment(one),
                p -> same(p.text("refunded.amount"), actor.part()));
        return Optional.of("heard of and booked");
    }

    private Optional<String> dispute() {
        Paid one = open();
        actor.pay(one.page());
        awaitPaid(one);
        if (!actor.dispute(one.page())) {
            return Optional.empty();
        }
        Reply disputes =
                hub.await("The dispute", () -> hub.get("/disputes"), r -> !r.items().isEmpty());
        return Optional.of(HubClient.text(disputes.items().get(0), "status"));
    }

    private Optional<String> withdrawal() {
        if (actor.withdrawalAddress().isEmpty()) {
            return Optional.empty();
        }
        JsonObject order = new JsonObject();
        order.addProperty("integrationId", integration);
        order.add("amount", withdrawalAmount());
        order.addProperty("address", actor.withdrawalAddress().get());
        order.addProperty("reason", "Exam");
        Reply asked = hub.post("/withdrawals", order).require(202, "A withdrawal");
        require(
                asked.text("status").equals("requested"),
                "A withdrawal that one asked for alone is " + asked.text("status"));
        return Optional.of("requested, nothing sent");
    }

    private JsonObject withdrawalAmount() {
        JsonObject amount = new JsonObject();
        amount.addProperty("amount", "1.00");
        amount.addProperty("currency", actor.coin().orElse(actor.currency()));
        return amount;
    }

    private Optional<String> ledger() {
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (JsonObject line : hub.get("/ledger/balances").require(200, "Balances").items()) {
            sums.merge(
                    HubClient.text(line, "amount.currency"),
                    new BigDecimal(HubClient.text(line, "amount.amount")),
                    BigDecimal::add);
        }
        sums.forEach(
                (asset, sum) ->
                        require(sum.signum() == 0, "All accounts in " + asset + " sum to " + sum));
        require(!sums.isEmpty(), "Nothing was posted.");
        List<JsonElement> unmatched = new ArrayList<>(hub.get("/unmatched").items());
        require(unmatched.isEmpty(), "Unmatched money: " + unmatched);
        return Optional.of("in " + String.join(", ", sums.keySet()) + "; nothing unmatched");
    }

    // --- leaving and coming back ---

    private Optional<String> disconnect() {
        hub.post("/integrations/" + integration + "/disconnect", new JsonObject())
                .require(200, "Disconnecting");
        JsonObject visit = hub.get("/visits/" + paid.visit()).json();
        require(
                HubClient.text(visit, "id").equals(paid.visit()),
                "The history went with the connection.");
        Reply link = hub.get("/payments/" + paid.payment());
        require(
                link.status() == 200 && !link.text("status").isEmpty(),
                "The payment went with the connection.");
        return Optional.of("history stays");
    }

    private Optional<String> reconnect() {
        take(hub.post("/integrations", connection(account)).require(201, "Reconnecting"));
        Paid one = open();
        actor.pay(one.page());
        awaitPaid(one);
        return Optional.of("paid again with the same keys");
    }
}
