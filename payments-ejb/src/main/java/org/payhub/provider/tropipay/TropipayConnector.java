package org.payhub.provider.tropipay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.Ids;
import org.payhub.provider.http.Json;
import org.payhub.provider.http.ProviderHttp;
import org.payhub.provider.spi.CheckoutOpening;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.DayListing;
import org.payhub.provider.spi.ProofStep;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderEvent.RefundReported;
import org.payhub.provider.spi.ProviderProfile;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.Refunding;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.StateReading;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookHints;
import org.payhub.provider.spi.WebhookRegistering;
import org.payhub.provider.spi.WebhookReply;
import org.payhub.provider.tropipay.TropipayList.Condition;

/** Tropipay. {@code MAPPING.md} beside this file says how its words become ours. */
@ApplicationScoped
class TropipayConnector
        implements ProviderConnector,
                CheckoutOpening,
                Refunding,
                StateReading,
                DayListing,
                WebhookRegistering {

    /** A card of an older order may have been made by an earlier try. */
    private static final Duration FIRST_TRY = Duration.ofSeconds(5);

    private ProviderHttp http;
    private TropipayCalls calls;
    private Clock clock;

    /** For the container. */
    protected TropipayConnector() {}

    @Inject
    TropipayConnector(ProviderHttp http, Clock clock) {
        this.http = http;
        this.calls = new TropipayCalls(http, clock);
        this.clock = clock;
    }

    @Override
    public ProviderProfile profile() {
        List<String> hosts = new ArrayList<>(TropipayProtocol.CLIENT_HOSTS);
        if (http.isMoved(TropipayProtocol.CODE)) {
            URI base = URI.create(http.base(TropipayProtocol.CODE, TropipayProtocol.LIVE_BASE));
            hosts.add(base.getScheme() + "://" + base.getRawAuthority());
        }
        return new ProviderProfile(
                TropipayProtocol.CODE,
                "Tropipay",
                "Cards and Tropipay balances in euros and dollars; payouts to your account there.",
                TropipayKeys.fields(),
                assets(),
                List.of("card", "balance"),
                List.of("ES"),
                hosts,
                10,
                Optional.of(
                        "Tropipay serves payments that sanctions rules of the United States, the"
                                + " European Union or your own country may restrict, payments"
                                + " connected with Cuba among them. Whether your business may use"
                                + " it, and whether your services are allowed by Tropipay's terms,"
                                + " is yours to check before you connect."));
    }

    private static Set<Asset> assets() {
        return TropipayProtocol.ASSETS.stream()
                .map(Asset::of)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A refund wants a code that only a person has, so the proof takes the payment alone. */
    @Override
    public Set<ProofStep> proof() {
        return EnumSet.of(ProofStep.PAYMENT);
    }

    @Override
    public ConnectionFacts check(Credentials credentials) {
        return TropipayKeys.check(calls, credentials, http.isMoved(TropipayProtocol.CODE));
    }

    // --- webhooks ---

    @Override
    public WebhookHints hints(RawWebhook raw) {
        return TropipayWebhook.hints(raw);
    }

    @Override
    public VerifiedWebhook verify(Credentials credentials, RawWebhook raw) {
        return TropipayWebhook.verify(credentials, raw);
    }

    @Override
    public List<ProviderEvent> translate(VerifiedWebhook webhook) {
        return TropipayWebhook.translate(webhook);
    }

    /** Exactly 200; anything else is a failed delivery. */
    @Override
    public WebhookReply acknowledge(VerifiedWebhook webhook) {
        return WebhookReply.empty(200);
    }

    // --- checkout ---

    @Override
    public CheckoutAnswer openCheckout(Credentials credentials, CheckoutOrder order) {
        var wanted = TropipayCards.body(order);
        TropipayCalls.Line line = calls.line(credentials, "checkout.open");
        boolean perhapsAgain =
                Ids.madeAt(order.payment())
                        .filter(at -> at.plus(FIRST_TRY).isAfter(clock.instant()))
                        .isEmpty();
        if (perhapsAgain) {
            // Nothing tells Tropipay that an order is a repeated one: it is looked for instead.
            Optional<CheckoutAnswer> made =
                    TropipayCards.search(line, order.payment())
                            .filter(TropipayCards::isActive)
                            .flatMap(TropipayCards::page);
            if (made.isPresent()) {
                return made.get();
            }
        }
        return TropipayCards.page(line.post(TropipayProtocol.CARDS, wanted))
                .orElseThrow(
                        () ->
                                new ProviderUnavailable(
                                        "Tropipay made the payment card and did not tell its"
                                                + " address.",
                                        true,
                                        null));
    }

    /**
     * Deletes the card, which ends its short address. An address of Tropipay's own that the client
     * reached before may still take money; that is heard of as of any other payment.
     */
    @Override
    public CheckoutOutcome expireCheckout(Credentials credentials, String checkoutKey) {
        TropipayCalls.Line line = calls.line(credentials, "checkout.expire");
        try {
            line.delete(TropipayProtocol.CARDS + "/" + TropipayCalls.encoded(checkoutKey));
        } catch (ProviderRefused e) {
            if (!e.code().equals(TropipayCalls.NO_SUCH_OBJECT)
                    && !e.code().equals("provider.refused")) {
                throw e;
            }
            // Used or gone already: what came of it is read below.
        }
        boolean paid =
                new TropipayReading(line)
                        .ofCard(checkoutKey).stream().anyMatch(m -> m.isTaken() && !m.isRefund());
        return paid ? CheckoutOutcome.COMPLETED : CheckoutOutcome.EXPIRED;
    }

    @Override
    public Optional<Money> minimum(Asset charged, Set<Asset> settlementAssets) {
        return TropipayCards.minimum(charged);
    }

    // --- refunds ---

    @Override
    public RefundReported refund(Credentials credentials, RefundOrder order) {
        TropipayCalls.Line line = calls.line(credentials, "refund.order");
        TropipayReading reading = new TropipayReading(line);
        String paid = reading.paidOrder(order.references());
        JsonObjectBuilder wanted =
                TropipayCalls.JSON
                        .createObjectBuilder()
                        .add(TropipayProtocol.ORDER_CODE, paid)
                        .add(TropipayProtocol.AMOUNT, order.amount().minor());
        order.secondFactorCode()
                .map(String::strip)
                .filter(c -> !c.isEmpty())
                .ifPresent(
                        c -> {
                            line.hiding(Secret.of(c));
                            wanted.add(TropipayProtocol.SECURITY_CODE, c);
                        });
        Instant ordered = clock.instant();
        Json answer = line.post(TropipayProtocol.REFUND, wanted.build());
        return told(answer)
                .or(() -> listed(reading, paid, order.amount(), ordered))
                .orElseThrow(
                        () ->
                                new ProviderUnavailable(
                                        "Tropipay took the order in and does not list the refund"
                                                + " yet.",
                                        true,
                                        null));
    }

    private static Optional<RefundReported> told(Json answer) {
        return new TropipayMovement(answer)
                .events().stream()
                        .filter(RefundReported.class::isInstance)
                        .map(RefundReported.class::cast)
                        .findFirst();
    }

    /** An answer may say no more than yes: the refund then stands in the list, or will. */
    private static Optional<RefundReported> listed(
            TropipayReading reading, String paid, Money amount, Instant ordered) {
        try {
            return reading.ofOrder(paid).stream()
                    .filter(TropipayMovement::isRefund)
                    .filter(m -> !m.at().isBefore(ordered))
                    .flatMap(m -> m.events().stream())
                    .filter(RefundReported.class::isInstance)
                    .map(RefundReported.class::cast)
                    .filter(r -> r.amount().equals(amount))
                    .findFirst();
        } catch (ProviderRefused | ProviderUnavailable e) {
            // The order was taken in; that its list cannot be read changes nothing about it.
            return Optional.empty();
        }
    }

    // --- state ---

    @Override
    public Reading read(Credentials credentials, Reference thing) {
        return new TropipayReading(calls.line(credentials, "state.read")).read(thing);
    }

    @Override
    public Reading find(
            Credentials credentials,
            UUID payment,
            Optional<UUID> refund,
            List<Reference> references) {
        TropipayReading reading = new TropipayReading(calls.line(credentials, "state.find"));
        return refund.isPresent()
                ? reading.findRefund(payment, refund.get(), references)
                : reading.findPayment(payment, references);
    }

    // --- the day's list ---

    @Override
    public Listing list(
            Credentials credentials, Instant from, Instant to, Optional<String> cursor) {
        int offset = cursor.map(TropipayConnector::offset).orElse(0);
        TropipayList.Page page =
                TropipayList.movements(
                        calls.line(credentials, "day.list"),
                        List.of(
                                new Condition(
                                        TropipayProtocol.CREATED_AT,
                                        TropipayProtocol.AT_LEAST,
                                        from.toString()),
                                new Condition(
                                        TropipayProtocol.CREATED_AT,
                                        TropipayProtocol.BELOW,
                                        to.toString())),
                        offset);
        List<Listed> listed = new ArrayList<>();
        for (Json row : page.rows()) {
            TropipayMovement movement = new TropipayMovement(row);
            if (!movement.at().isBefore(from) && movement.at().isBefore(to)) {
                listed(movement).ifPresent(listed::add);
            }
        }
        return new Listing(
                listed,
                page.more()
                        ? Optional.of(Integer.toString(offset + page.rows().size()))
                        : Optional.empty());
    }

    /** A cursor is a number that we gave out; anything else begins at the start. */
    private static int offset(String cursor) {
        return cursor.matches("\\d{1,9}") ? Integer.parseInt(cursor) : 0;
    }

    /** Lines that belong to a payment; payouts, top-ups and the like are not listed. */
    private static Optional<Listed> listed(TropipayMovement movement) {
        Optional<Money> amount = movement.amount();
        Optional<String> order = movement.order();
        boolean concerns = movement.isRefund() || movement.card().isPresent();
        if (!concerns || amount.isEmpty() || order.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Listed(
                        new Reference(TropipayMovement.ORDER, order.get()),
                        movement.isRefund() ? Kind.REFUND : Kind.PAYMENT,
                        movement.references(),
                        amount.get(),
                        movement.isRefund() ? movement.isReturned() : movement.isTaken(),
                        Optional.empty(),
                        movement.at(),
                        movement.events()));
    }

    // --- hooks ---

    @Override
    public RegisteredWebhook register(Credentials credentials, String url) {
        return TropipayHooks.register(calls.line(credentials, "webhook.register"), url);
    }

    @Override
    public WebhookSettings inspect(
            Credentials credentials, String url, Optional<String> registrationKey) {
        return TropipayHooks.inspect(
                calls.line(credentials, "webhook.inspect"), url, registrationKey);
    }

    @Override
    public void unregister(Credentials credentials, String registrationKey) {
        TropipayHooks.remove(calls.line(credentials, "webhook.unregister"), registrationKey);
    }

    @Override
    public List<String> requiredEvents() {
        return TropipayProtocol.REQUIRED_EVENTS;
    }

    @Override
    public List<String> usefulEvents() {
        return TropipayProtocol.USEFUL_EVENTS;
    }
}
