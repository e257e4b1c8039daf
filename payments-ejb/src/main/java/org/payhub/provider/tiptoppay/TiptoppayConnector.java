package org.payhub.provider.tiptoppay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.payhub.money.Asset;
import org.payhub.money.Assets;
import org.payhub.money.Money;
import org.payhub.platform.Ids;
import org.payhub.provider.http.Json;
import org.payhub.provider.http.ProviderHttp;
import org.payhub.provider.spi.Capturing;
import org.payhub.provider.spi.CheckoutOpening;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.DayListing;
import org.payhub.provider.spi.PrecheckAnswering;
import org.payhub.provider.spi.ProofStep;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderEvent.Ignored;
import org.payhub.provider.spi.ProviderEvent.PaymentOutcome;
import org.payhub.provider.spi.ProviderEvent.PaymentReported;
import org.payhub.provider.spi.ProviderEvent.ReadFirst;
import org.payhub.provider.spi.ProviderEvent.RefundOutcome;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.ProviderProfile;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;
import org.payhub.provider.spi.Refunding;
import org.payhub.provider.spi.Rehearsing;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.StateReading;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookHints;
import org.payhub.provider.spi.WebhookRegistering;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookReply;
import org.payhub.provider.tiptoppay.TiptoppayCalls.Answer;
import org.payhub.provider.tiptoppay.TiptoppayCalls.Line;

/** TipTop Pay. {@code MAPPING.md} beside this file says how its words become ours. */
@ApplicationScoped
class TiptoppayConnector
        implements ProviderConnector,
                CheckoutOpening,
                Refunding,
                Capturing,
                StateReading,
                WebhookRegistering,
                PrecheckAnswering,
                DayListing,
                Rehearsing {

    static final String CODE = "tiptoppay";

    /** The reference of an order, the page on which a client pays. */
    static final String ORDER = "order";

    private static final List<String> CURRENCIES =
            List.of(
                    "AED", "AMD", "AUD", "AZN", "BGN", "BRL", "BYN", "CAD", "CHF", "CNY", "CZK",
                    "EUR", "GBP", "GEL", "HKD", "INR", "KGS", "KZT", "MXN", "PLN", "RON", "RUB",
                    "SEK", "TRY", "UAH", "USD", "UZS", "ZAR");

    private static final Set<String> KINDS =
            Set.of("check", "pay", "fail", "confirm", "refund", "cancel", "recurrent", "receipt");

    private static final int PAGE = 100;
    private static final int MOST_PAGES = 30;
    private static final int LONGEST_URL = 2_000;
    private static final Duration BEFORE_ORDER = Duration.ofHours(1);
    private static final Duration AFTER_ORDER = Duration.ofHours(25);

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'+00:00'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private ProviderHttp http;
    private TiptoppayCalls calls;
    private Clock clock;

    /** For the container. */
    protected TiptoppayConnector() {}

    @Inject
    TiptoppayConnector(ProviderHttp http, Clock clock) {
        this.http = http;
        this.calls = new TiptoppayCalls(http);
        this.clock = clock;
    }

    @Override
    public ProviderProfile profile() {
        List<String> hosts =
                new ArrayList<>(
                        List.of("https://orders.tiptoppay.kz", "https://orders.tiptoppay.mx"));
        if (http.isMoved(CODE)) {
            URI base = URI.create(http.base(CODE, TiptoppayCalls.KAZAKHSTAN));
            hosts.add(base.getScheme() + "://" + base.getRawAuthority());
        }
        Set<Asset> assets = new LinkedHashSet<>();
        CURRENCIES.forEach(code -> assets.add(Assets.get(code)));
        return new ProviderProfile(
                CODE,
                "TipTop Pay",
                "Cards and wallets in Kazakhstan and Mexico.",
                TiptoppayKeys.fields(),
                assets,
                List.of("card", "apple_pay", "google_pay"),
                List.of("KZ", "MX"),
                hosts,
                10);
    }

    /** The keys are the same in test and live; which one it is, the merchant chose. */
    @Override
    public ConnectionFacts check(Credentials credentials) {
        TiptoppayKeys.checkForm(credentials);
        calls.line(credentials, "account.check")
                .ask("/test", JsonObject.EMPTY_JSON_OBJECT)
                .requireSuccess();
        return new ConnectionFacts(
                Optional.of(TiptoppayKeys.isLive(credentials)),
                credentials.find(TiptoppayKeys.PUBLIC_ID).map(Secret::reveal),
                Optional.empty(),
                TiptoppayKeys.settlement(credentials),
                List.of(),
                List.of());
    }

    @Override
    public boolean sharesKeysBetweenModes() {
        return true;
    }

    @Override
    public Set<String> kindsInAddress() {
        return KINDS;
    }

    @Override
    public Set<ProofStep> proof() {
        return EnumSet.of(ProofStep.PRECHECK, ProofStep.PAYMENT, ProofStep.REFUND);
    }

    // --- notifications ---

    @Override
    public WebhookHints hints(RawWebhook raw) {
        try {
            TiptoppayNotification told = TiptoppayNotification.of(raw);
            return new WebhookHints(told.ours(), told.references().keys());
        } catch (WebhookRejected e) {
            return WebhookHints.none();
        }
    }

    /** The proof comes first: a body that nobody signed is not parsed. */
    @Override
    public VerifiedWebhook verify(Credentials credentials, RawWebhook raw) {
        TiptoppaySignature.verify(
                raw,
                credentials.all(TiptoppayKeys.API_SECRET).stream()
                        .filter(secret -> !secret.reveal().isEmpty())
                        .toList());
        TiptoppayNotification told = TiptoppayNotification.of(raw);
        return new VerifiedWebhook(
                raw,
                told.eventKey(),
                told.kind().word(),
                told.subject(),
                told.fingerprint(),
                told.livemode());
    }

    @Override
    public List<ProviderEvent> translate(VerifiedWebhook webhook) {
        TiptoppayNotification told = TiptoppayNotification.of(webhook.raw());
        return switch (told.kind()) {
            case CHECK -> ignored("A question before a payment: no money has moved.");
            case RECURRENT -> ignored("Subscriptions are not used.");
            case RECEIPT -> ignored("Fiscal receipts are not used.");
            case PAYOUT -> ignored("Payouts to cards are not used.");
            case UNKNOWN -> ignored("It is of no kind that is known.");
            case FAIL -> failed(told, webhook.raw().receivedAt());
            // The body says that money moved, and a body is not enough: the provider is asked.
            case PAY, CONFIRM, REFUND, CANCEL, UNCLEAR -> read(told);
        };
    }

    private static List<ProviderEvent> ignored(String reason) {
        return List.of(new Ignored(reason));
    }

    private static List<ProviderEvent> read(TiptoppayNotification told) {
        return told.transaction()
                .<List<ProviderEvent>>map(
                        key ->
                                List.of(
                                        new ReadFirst(
                                                told.references(),
                                                TiptoppayNotification.TRANSACTION,
                                                key,
                                                true)))
                .orElseGet(() -> ignored("It names no operation."));
    }

    /** One attempt failed, which moves nothing; the client may try again. */
    private static List<ProviderEvent> failed(TiptoppayNotification told, Instant receivedAt) {
        Optional<Money> amount = told.amount();
        boolean payment = told.filled("OperationType").isEmpty() || told.isOf("Payment");
        if (!payment || amount.isEmpty() || told.transaction().isEmpty()) {
            return read(told);
        }
        return List.of(
                new PaymentReported(
                        told.references(),
                        told.transaction().get(),
                        PaymentOutcome.DECLINED,
                        amount.get(),
                        told.toldAt().orElse(receivedAt),
                        TiptoppayTransaction.details(
                                told.filled("PaymentMethod"),
                                told.filled("CardType"),
                                told.filled("CardLastFour"),
                                told.filled("ReasonCode"),
                                told.filled("Reason"))));
    }

    @Override
    public WebhookReply acknowledge(VerifiedWebhook webhook) {
        return code(200, 0);
    }

    /** The code tells the provider not to go on, should it be waiting for a Check's answer. */
    @Override
    public WebhookReply refuse(WebhookRejected rejected) {
        return code(401, 13);
    }

    private static WebhookReply code(int status, int code) {
        return WebhookReply.json(status, "{\"code\":" + code + "}");
    }

    // --- the question before a charge ---

    @Override
    public String precheckType() {
        return TiptoppayNotification.Kind.CHECK.word();
    }

    @Override
    public Optional<Precheck> precheck(VerifiedWebhook webhook) {
        TiptoppayNotification told = TiptoppayNotification.of(webhook.raw());
        return told.isQuestion(webhook.raw().kind())
                ? Optional.of(
                        new Precheck(told.references(), told.amount(), told.filled("AccountId")))
                : Optional.empty();
    }

    @Override
    public WebhookReply answer(VerifiedWebhook webhook, Verdict verdict) {
        return code(
                200,
                switch (verdict) {
                    case PAYABLE -> 0;
                    case UNKNOWN_PAYMENT -> 10;
                    case WRONG_ACCOUNT -> 11;
                    case WRONG_AMOUNT -> 12;
                    case NOT_PAYABLE -> 13;
                    case EXPIRED -> 20;
                });
    }

    /** A subscription's change: kept, answered, and without effect. */
    @Override
    public RawWebhook sample(Credentials credentials, Instant at) {
        String body =
                "Id=sc_rehearsal_"
                        + Long.toString(at.toEpochMilli(), 36)
                        + "&AccountId=payhub&Description=Rehearsal&Interval=Month&Period=1"
                        + "&Status=Active&SuccessfulTransactionsNumber=0"
                        + "&FailedTransactionsNumber=0";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String proof = TiptoppaySignature.sign(credentials.get(TiptoppayKeys.API_SECRET), bytes);
        return new RawWebhook(
                "POST",
                Optional.empty(),
                "",
                Map.of(
                        "Content-Type",
                        List.of("application/x-www-form-urlencoded"),
                        TiptoppaySignature.RAW,
                        List.of(proof)),
                bytes,
                at);
    }

    // --- checkout ---

    @Override
    public CheckoutAnswer openCheckout(Credentials credentials, CheckoutOrder order) {
        if (order.holdOnly() && TiptoppayKeys.isMexico(credentials)) {
            throw new ProviderRefused(
                    "checkout.hold_not_supported",
                    "TipTop Pay holds money in Kazakhstan only.",
                    null,
                    null);
        }
        Answer answer =
                calls.line(credentials, "checkout.open")
                        .ask(
                                "/orders/create",
                                TiptoppayCheckout.parameters(order),
                                Optional.of(order.idempotencyKey()));
        if (answer.isRefused()) {
            throw answer.message().toLowerCase(Locale.ROOT).contains("amount")
                    ? ProviderRefused.of(
                            "amount",
                            "checkout.amount_refused",
                            "TipTop Pay does not take this amount: " + answer.message(),
                            answer.message(),
                            null)
                    : answer.refused("provider.refused");
        }
        Json model = answer.demand();
        String id = model.filled("Id").filter(k -> k.length() <= 255).orElseThrow(this::noPage);
        String url = model.filled("Url").filter(this::isPage).orElseThrow(this::noPage);
        // An order never ends by itself; what comes later is refused when Check asks.
        return new CheckoutAnswer(new Reference(ORDER, id), url, order.expiresAt());
    }

    private ProviderUnavailable noPage() {
        return new ProviderUnavailable(
                "TipTop Pay opened the page and did not tell its address.", true, null);
    }

    private boolean isPage(String url) {
        return url.length() <= LONGEST_URL
                && (url.startsWith("https://") || http.isMoved(CODE) && url.startsWith("http://"));
    }

    /** Orders cannot be read; one that cannot be cancelled is taken for paid, and asked about. */
    @Override
    public CheckoutOutcome expireCheckout(Credentials credentials, String checkoutKey) {
        Answer answer =
                calls.line(credentials, "checkout.expire")
                        .ask(
                                "/orders/cancel",
                                jakarta.json.Json.createObjectBuilder()
                                        .add("Id", checkoutKey)
                                        .build());
        if (answer.success().isEmpty()) {
            throw new ProviderUnavailable(
                    "TipTop Pay did not say whether the page was closed.", true, null);
        }
        return answer.isSuccess() ? CheckoutOutcome.EXPIRED : CheckoutOutcome.COMPLETED;
    }

    @Override
    public Optional<Money> minimum(Asset charged, Set<Asset> settlementAssets) {
        return Optional.of(Money.ofMinor(1, charged));
    }

    // --- refunds ---

    @Override
    public RefundReported refund(Credentials credentials, RefundOrder order) {
        Line line = calls.line(credentials, "refund.order");
        String transaction = transaction(line, order.references(), s -> s.equals("Completed"));
        String data =
                jakarta.json.Json.createObjectBuilder()
                        .add(TiptoppayTransaction.REFUND_KEY, Ids.text("ref", order.refund()))
                        .build()
                        .toString();
        Json model =
                line.ask(
                                "/payments/refund",
                                jakarta.json.Json.createObjectBuilder()
                                        .add("TransactionId", new BigInteger(transaction))
                                        .add("Amount", TiptoppayCheckout.decimal(order.amount()))
                                        .add("JsonData", data)
                                        .build(),
                                Optional.of(order.idempotencyKey()))
                        .demand();
        String key =
                model.integer("TransactionId")
                        .map(BigInteger::toString)
                        .orElseThrow(
                                () ->
                                        new ProviderUnavailable(
                                                "TipTop Pay did not tell the refund's number.",
                                                true,
                                                null));
        return refunded(line, key)
                .orElseGet(
                        () ->
                                new RefundReported(
                                        References.of(
                                                List.of(
                                                        TiptoppayTransaction.reference(
                                                                transaction))),
                                        Optional.of(order.refund()),
                                        key,
                                        RefundOutcome.PENDING,
                                        order.amount(),
                                        Optional.empty(),
                                        clock.instant()));
    }

    /** How the refund stands; it was ordered, so that not knowing is no failure. */
    private Optional<RefundReported> refunded(Line line, String key) {
        try {
            return get(line, key)
                    .filter(TiptoppayTransaction::isRefund)
                    .map(TiptoppayTransaction::refund);
        } catch (ProviderUnavailable | ProviderRefused e) {
            return Optional.empty();
        }
    }

    /** The payment's operation; of several tries the one in that state. */
    private String transaction(Line line, List<Reference> references, Predicate<String> state) {
        List<String> keys =
                references.stream()
                        .filter(r -> r.kind().equals(TiptoppayNotification.TRANSACTION))
                        .map(Reference::key)
                        .filter(k -> k.matches("[0-9]{1,20}"))
                        .toList();
        if (keys.size() == 1) {
            return keys.get(0);
        }
        return keys.stream()
                .filter(
                        k ->
                                get(line, k)
                                        .filter(t -> !t.isRefund() && state.test(t.status()))
                                        .isPresent())
                .findFirst()
                .orElseThrow(
                        () ->
                                new ProviderRefused(
                                        "payment.no_charge",
                                        "TipTop Pay knows no payment for this yet.",
                                        null,
                                        null));
    }

    // --- holds ---

    @Override
    public List<ProviderEvent> capture(
            Credentials credentials,
            List<Reference> references,
            Money amount,
            String idempotencyKey) {
        Line line = calls.line(credentials, "hold.capture");
        String transaction = transaction(line, references, s -> s.equals("Authorized"));
        Answer answer =
                line.ask(
                        "/payments/confirm",
                        jakarta.json.Json.createObjectBuilder()
                                .add("TransactionId", new BigInteger(transaction))
                                .add("Amount", TiptoppayCheckout.decimal(amount))
                                .build(),
                        Optional.of(idempotencyKey));
        return settled(line, transaction, answer, "Completed");
    }

    @Override
    public List<ProviderEvent> voidHold(
            Credentials credentials, List<Reference> references, String idempotencyKey) {
        Line line = calls.line(credentials, "hold.void");
        String transaction = transaction(line, references, s -> s.equals("Authorized"));
        Answer answer =
                line.ask(
                        "/payments/void",
                        jakarta.json.Json.createObjectBuilder()
                                .add("TransactionId", new BigInteger(transaction))
                                .build(),
                        Optional.of(idempotencyKey));
        return settled(line, transaction, answer, "Cancelled");
    }

    /** What became of the hold: the answer speaks of the request, so the operation is read. */
    private List<ProviderEvent> settled(
            Line line, String transaction, Answer answer, String wanted) {
        TiptoppayTransaction now =
                get(line, transaction)
                        .orElseThrow(
                                () ->
                                        new ProviderUnavailable(
                                                "TipTop Pay does not find the hold.", true, null));
        if (!now.status().equals(wanted) && answer.isRefused()) {
            throw answer.refused("hold.not_open");
        }
        return now.events();
    }

    // --- state ---

    private Optional<TiptoppayTransaction> get(Line line, String key) {
        Answer answer =
                line.ask(
                        "/payments/get",
                        jakarta.json.Json.createObjectBuilder()
                                .add("TransactionId", new BigInteger(key))
                                .build());
        return found(answer);
    }

    /** A declined payment is answered as no success, with all that is known of it. */
    private Optional<TiptoppayTransaction> found(Answer answer) {
        if (answer.isNotFound()) {
            return Optional.empty();
        }
        if (answer.isRefused() && answer.model().isEmpty()) {
            throw answer.refused("provider.refused");
        }
        Json model = answer.model().orElseThrow(TiptoppayCalls::unclear);
        return Optional.of(new TiptoppayTransaction(model, clock.instant()));
    }

    @Override
    public Reading read(Credentials credentials, Reference thing) {
        if (!thing.kind().equals(TiptoppayNotification.TRANSACTION)
                || !thing.key().matches("[0-9]{1,20}")) {
            return Reading.nothing();
        }
        Line line = calls.line(credentials, "state.read");
        Optional<TiptoppayTransaction> found = get(line, thing.key());
        if (found.isEmpty()) {
            return Reading.nothing();
        }
        List<ProviderEvent> events = new ArrayList<>();
        // A refund says nothing of the money it returns; that may not have been told yet.
        found.get()
                .original()
                .filter(o -> found.get().isRefund())
                .flatMap(o -> get(line, o))
                .ifPresent(original -> events.addAll(original.events()));
        events.addAll(found.get().events());
        return new Reading(true, events, Optional.empty(), found.get().livemode());
    }

    /**
     * A lost refund is found among the operations around the order's time, by our id in its data. A
     * lost page cannot be asked for: what is found are payments, by our number of the order. The
     * last payment of a number hides earlier ones, so unless it settles the matter the list is
     * looked through.
     */
    @Override
    public Reading find(
            Credentials credentials,
            UUID payment,
            Optional<UUID> refund,
            List<Reference> references) {
        Line line = calls.line(credentials, "state.find");
        if (refund.isPresent()) {
            List<TiptoppayTransaction> refunds =
                    around(
                            line,
                            refund.get(),
                            t ->
                                    t.isRefund()
                                            && t.ourRefund()
                                                    .filter(refund.get()::equals)
                                                    .isPresent());
            return reading(refunds);
        }
        Optional<TiptoppayTransaction> last =
                found(
                        line.ask(
                                "/payments/find",
                                jakarta.json.Json.createObjectBuilder()
                                        .add("InvoiceId", Ids.text("pay", payment))
                                        .build()));
        if (last.isEmpty()) {
            return Reading.nothing();
        }
        boolean telling =
                last.get().status().equals("Completed") || last.get().status().equals("Authorized");
        return telling
                ? reading(List.of(last.get()))
                : reading(
                        around(
                                line,
                                payment,
                                t ->
                                        !t.isRefund()
                                                && t.ours().filter(payment::equals).isPresent()));
    }

    private static Reading reading(List<TiptoppayTransaction> found) {
        List<ProviderEvent> events = new ArrayList<>();
        found.forEach(t -> events.addAll(t.events()));
        Optional<Boolean> livemode = found.stream().flatMap(t -> t.livemode().stream()).findFirst();
        return new Reading(!found.isEmpty(), events, Optional.empty(), livemode);
    }

    /** Our ids carry the time at which they were made. */
    private List<TiptoppayTransaction> around(
            Line line, UUID ours, Predicate<TiptoppayTransaction> wanted) {
        Instant made =
                ours.version() == 7
                        ? Instant.ofEpochMilli(ours.getMostSignificantBits() >>> 16)
                        : clock.instant();
        List<TiptoppayTransaction> found = new ArrayList<>();
        for (int page = 1; page <= MOST_PAGES; page++) {
            List<TiptoppayTransaction> all =
                    page(line, made.minus(BEFORE_ORDER), made.plus(AFTER_ORDER), page);
            all.stream().filter(wanted).forEach(found::add);
            if (all.size() < PAGE) {
                break;
            }
        }
        return found;
    }

    private List<TiptoppayTransaction> page(Line line, Instant from, Instant to, int page) {
        Answer answer =
                line.ask(
                        "/v2/payments/list",
                        jakarta.json.Json.createObjectBuilder()
                                .add("CreatedDateGte", SECONDS.format(from))
                                .add("CreatedDateLte", SECONDS.format(to))
                                .add("PageNumber", page)
                                .add("TimeZone", "UTC")
                                .build());
        if (answer.isRefused()) {
            throw answer.refused("provider.refused");
        }
        if (!answer.whole().hasList("Model")) {
            throw new ProviderUnavailable("TipTop Pay's list has no list in it.", true, null);
        }
        Instant now = clock.instant();
        return answer.whole().list("Model").stream()
                .map(t -> new TiptoppayTransaction(t, now))
                .toList();
    }

    /** The list has whole seconds, so its last one is looked at too. */
    @Override
    public Listing list(
            Credentials credentials, Instant from, Instant to, Optional<String> cursor) {
        int number = cursor.map(Integer::parseInt).orElse(1);
        List<TiptoppayTransaction> page =
                page(
                        calls.line(credentials, "day.list"),
                        from.truncatedTo(ChronoUnit.SECONDS),
                        to,
                        number);
        return new Listing(
                page.stream().flatMap(t -> t.listed().stream()).toList(),
                page.size() < PAGE ? Optional.empty() : Optional.of(Integer.toString(number + 1)));
    }

    // --- notification addresses ---

    @Override
    public RegisteredWebhook register(Credentials credentials, String url) {
        return TiptoppaySites.register(calls.line(credentials, "webhook.register"), url);
    }

    @Override
    public WebhookSettings inspect(
            Credentials credentials, String url, Optional<String> registrationKey) {
        return TiptoppaySites.inspect(calls.line(credentials, "webhook.inspect"), url);
    }

    @Override
    public void unregister(Credentials credentials, String registrationKey) {
        TiptoppaySites.remove(calls.line(credentials, "webhook.unregister"), registrationKey);
    }

    @Override
    public List<String> requiredEvents() {
        return TiptoppaySites.REQUIRED;
    }

    @Override
    public List<String> usefulEvents() {
        return TiptoppaySites.USEFUL;
    }

    @Override
    public List<String> eventsByHand() {
        return List.of(TiptoppaySites.BY_HAND);
    }
}
