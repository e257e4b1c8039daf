package org.payhub.provider.tiptoppay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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

    private static final int LONGEST_URL = 2_000;

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
        return TiptoppayWebhook.hints(raw);
    }

    @Override
    public VerifiedWebhook verify(Credentials credentials, RawWebhook raw) {
        return TiptoppayWebhook.verify(credentials, raw);
    }

    @Override
    public List<ProviderEvent> translate(VerifiedWebhook webhook) {
        return TiptoppayWebhook.translate(webhook);
    }

    @Override
    public RawWebhook sample(Credentials credentials, Instant at) {
        return TiptoppayWebhook.sample(credentials, at);
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
        String transaction = reading(line).transaction(order.references(), "Completed");
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
            return reading(line)
                    .get(key)
                    .filter(TiptoppayTransaction::isRefund)
                    .map(TiptoppayTransaction::refund);
        } catch (ProviderUnavailable | ProviderRefused e) {
            return Optional.empty();
        }
    }

    // --- holds ---

    @Override
    public List<ProviderEvent> capture(
            Credentials credentials,
            List<Reference> references,
            Money amount,
            String idempotencyKey) {
        Line line = calls.line(credentials, "hold.capture");
        String transaction = reading(line).transaction(references, "Authorized");
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
        String transaction = reading(line).transaction(references, "Authorized");
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
                reading(line)
                        .get(transaction)
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

    @Override
    public Reading read(Credentials credentials, Reference thing) {
        return reading(calls.line(credentials, "state.read")).read(thing);
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
        TiptoppayReading reading = reading(calls.line(credentials, "state.find"));
        return refund.map(reading::findRefund).orElseGet(() -> reading.findPayment(payment));
    }

    @Override
    public Listing list(
            Credentials credentials, Instant from, Instant to, Optional<String> cursor) {
        return reading(calls.line(credentials, "day.list")).list(from, to, cursor);
    }

    private TiptoppayReading reading(Line line) {
        return new TiptoppayReading(line, clock);
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
