package org.payhub.provider.stripe;

import com.stripe.param.PaymentIntentCancelParams;
import com.stripe.param.PaymentIntentCaptureParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.checkout.SessionCreateParams;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.provider.http.Json;
import org.payhub.provider.http.ProviderHttp;
import org.payhub.provider.spi.Capturing;
import org.payhub.provider.spi.CheckoutOpening;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.DayListing;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderProfile;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;
import org.payhub.provider.spi.Refunding;
import org.payhub.provider.spi.Rehearsing;
import org.payhub.provider.spi.StateReading;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookHints;
import org.payhub.provider.spi.WebhookRegistering;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookReply;
import org.payhub.provider.stripe.StripeObjects.HoldEnd;

/** Stripe. {@code MAPPING.md} beside this file says how its words become ours. */
@ApplicationScoped
class StripeConnector
        implements ProviderConnector,
                CheckoutOpening,
                Refunding,
                Capturing,
                StateReading,
                DayListing,
                WebhookRegistering,
                Rehearsing {

    static final String CODE = "stripe";

    private ProviderHttp http;
    private StripeCalls calls;
    private Clock clock;

    /** For the container. */
    protected StripeConnector() {}

    @Inject
    StripeConnector(ProviderHttp http, Clock clock) {
        this.http = http;
        this.calls = new StripeCalls(http);
        this.clock = clock;
    }

    @Override
    public ProviderProfile profile() {
        List<String> hosts = new ArrayList<>(List.of("https://checkout.stripe.com"));
        if (http.isMoved(CODE)) {
            URI base = URI.create(http.base(CODE, StripeCalls.OWN_BASE));
            hosts.add(base.getScheme() + "://" + base.getRawAuthority());
        }
        return new ProviderProfile(
                CODE,
                "Stripe",
                "Cards and wallets in 46 countries; payouts to your bank account.",
                StripeKeys.fields(),
                StripeAmounts.assets(),
                List.of("card", "apple_pay", "google_pay", "link"),
                List.of(
                        "AE", "AT", "AU", "BE", "BG", "BR", "CA", "CH", "CI", "CY", "CZ", "DE",
                        "DK", "EE", "ES", "FI", "FR", "GB", "GI", "GR", "HK", "HR", "HU", "IE",
                        "IN", "IT", "JP", "LI", "LT", "LU", "LV", "MT", "MX", "MY", "NL", "NO",
                        "NZ", "PL", "PT", "RO", "SE", "SG", "SI", "SK", "TH", "US"),
                hosts,
                5);
    }

    @Override
    public ConnectionFacts check(Credentials credentials) {
        return StripeKeys.check(calls, credentials);
    }

    // --- webhooks ---

    @Override
    public WebhookHints hints(RawWebhook raw) {
        return StripeWebhook.hints(raw);
    }

    @Override
    public VerifiedWebhook verify(Credentials credentials, RawWebhook raw) {
        return StripeWebhook.verify(credentials, raw);
    }

    @Override
    public List<ProviderEvent> translate(VerifiedWebhook webhook) {
        return StripeEvents.of(StripeWebhook.event(webhook), webhook.raw().receivedAt());
    }

    @Override
    public WebhookReply acknowledge(VerifiedWebhook webhook) {
        return WebhookReply.empty(200);
    }

    /** Stripe's own libraries answer 400; every 4xx is repeated for three days all the same. */
    @Override
    public WebhookReply refuse(WebhookRejected rejected) {
        return WebhookReply.empty(400);
    }

    @Override
    public RawWebhook sample(Credentials credentials, Instant at) {
        return StripeWebhook.sample(credentials, at);
    }

    // --- checkout ---

    @Override
    public CheckoutAnswer openCheckout(Credentials credentials, CheckoutOrder order) {
        SessionCreateParams params = StripeCheckout.params(order, clock.instant());
        StripeCalls.Line line = calls.line(credentials, "checkout.open");
        try {
            return StripeReading.open(
                            line.ask(
                                    order.idempotencyKey(),
                                    (c, o) -> c.v1().checkout().sessions().create(params, o)))
                    .orElseThrow(
                            () ->
                                    new ProviderUnavailable(
                                            "Stripe opened the page and did not tell its address.",
                                            true,
                                            null));
        } catch (ProviderUnavailable e) {
            if (!StripeCalls.isOrderedBefore(e)) {
                throw e;
            }
            // Ordered before, with another end of its time: the page that was opened then.
            return new StripeReading(line)
                    .findPayment(order.payment(), List.of())
                    .openCheckout()
                    .orElseThrow(() -> e);
        }
    }

    @Override
    public CheckoutOutcome expireCheckout(Credentials credentials, String checkoutKey) {
        StripeCalls.Line line = calls.line(credentials, "checkout.expire");
        try {
            line.ask((c, o) -> c.v1().checkout().sessions().expire(checkoutKey, o));
            return CheckoutOutcome.EXPIRED;
        } catch (ProviderRefused e) {
            // Only an open page can be closed: what has it become?
            return line.find((c, o) -> c.v1().checkout().sessions().retrieve(checkoutKey, o))
                    .flatMap(session -> StripeObjects.session(session, clock.instant()))
                    .map(ProviderEvent.CheckoutReported::outcome)
                    .orElseThrow(() -> e);
        }
    }

    @Override
    public Optional<Money> minimum(Asset charged, Set<Asset> settlementAssets) {
        return StripeAmounts.minimum(charged, settlementAssets);
    }

    // --- refunds ---

    @Override
    public ProviderEvent.RefundReported refund(Credentials credentials, RefundOrder order) {
        StripeCalls.Line line = calls.line(credentials, "refund.order");
        RefundCreateParams.Builder wanted =
                RefundCreateParams.builder()
                        .setAmount(StripeAmounts.toStripe(order.amount()))
                        .setReason(
                                order.reason().equals("duplicate")
                                        ? RefundCreateParams.Reason.DUPLICATE
                                        : RefundCreateParams.Reason.REQUESTED_BY_CUSTOMER)
                        .putMetadata(
                                StripeObjects.REFUND_KEY, StripeObjects.refundText(order.refund()));
        Optional<Reference> charge = StripeReading.ofKind(order.references(), StripeObjects.CHARGE);
        if (charge.isPresent()) {
            wanted.setCharge(charge.get().key());
        } else {
            wanted.setPaymentIntent(intent(line, order.references()));
        }
        Json refund =
                line.ask(
                        order.idempotencyKey(),
                        (c, o) -> c.v1().refunds().create(wanted.build(), o));
        References payment = StripeObjects.ofChargesChild(refund);
        return StripeObjects.refund(
                        refund, payment, refund.seconds("created").orElseGet(clock::instant))
                .orElseThrow(StripeConnector::incomplete);
    }

    private static ProviderUnavailable incomplete() {
        return new ProviderUnavailable("Stripe's answer lacks what it must say.", true, null);
    }

    /** The intent of a payment, by whichever of its keys is known. */
    private static String intent(StripeCalls.Line line, List<Reference> references) {
        Optional<Reference> intent = StripeReading.ofKind(references, StripeObjects.INTENT);
        if (intent.isPresent()) {
            return intent.get().key();
        }
        Optional<Json> holder =
                StripeReading.ofKind(references, StripeObjects.CHARGE)
                        .flatMap(r -> line.find((c, o) -> c.v1().charges().retrieve(r.key(), o)))
                        .or(
                                () ->
                                        StripeReading.ofKind(references, StripeObjects.SESSION)
                                                .flatMap(
                                                        r ->
                                                                line.find(
                                                                        (c, o) ->
                                                                                c.v1().checkout()
                                                                                        .sessions()
                                                                                        .retrieve(
                                                                                                r
                                                                                                        .key(),
                                                                                                o))));
        return holder.flatMap(h -> StripeObjects.id(h, "payment_intent"))
                .orElseThrow(
                        () ->
                                new ProviderRefused(
                                        "payment.no_charge",
                                        "Stripe knows no payment for this yet.",
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
        StripeCalls.Line line = calls.line(credentials, "hold.capture");
        String intent = intent(line, references);
        PaymentIntentCaptureParams wanted =
                PaymentIntentCaptureParams.builder()
                        .setAmountToCapture(StripeAmounts.toStripe(amount))
                        .addExpand("latest_charge")
                        .build();
        Json answer =
                line.ask(
                        idempotencyKey,
                        (c, o) -> c.v1().paymentIntents().capture(intent, wanted, o));
        return charged(answer, HoldEnd.NOT_YET);
    }

    @Override
    public List<ProviderEvent> voidHold(
            Credentials credentials, List<Reference> references, String idempotencyKey) {
        StripeCalls.Line line = calls.line(credentials, "hold.void");
        String intent = intent(line, references);
        PaymentIntentCancelParams wanted =
                PaymentIntentCancelParams.builder()
                        .setCancellationReason(
                                PaymentIntentCancelParams.CancellationReason.REQUESTED_BY_CUSTOMER)
                        .addExpand("latest_charge")
                        .build();
        Json answer =
                line.ask(
                        idempotencyKey,
                        (c, o) -> c.v1().paymentIntents().cancel(intent, wanted, o));
        return charged(answer, HoldEnd.GIVEN_BACK);
    }

    private List<ProviderEvent> charged(Json intent, HoldEnd end) {
        return List.of(
                intent.find("latest_charge")
                        .flatMap(charge -> StripeObjects.payment(charge, end, clock.instant()))
                        .orElseThrow(StripeConnector::incomplete));
    }

    // --- state ---

    @Override
    public Reading read(Credentials credentials, Reference thing) {
        return new StripeReading(calls.line(credentials, "state.read")).read(thing);
    }

    /**
     * A lost refund is found among the payment's refunds by our id in its metadata. A lost session
     * is found by our id in {@code client_reference_id}: Stripe cannot be asked for that, so the
     * sessions made around the order's time are looked through, at most 1 000. Nothing is ordered
     * again.
     */
    @Override
    public Reading find(
            Credentials credentials,
            UUID payment,
            Optional<UUID> refund,
            List<Reference> references) {
        StripeReading reading = new StripeReading(calls.line(credentials, "state.find"));
        return refund.isPresent()
                ? reading.findRefund(payment, refund.get(), references)
                : reading.findPayment(payment, references);
    }

    @Override
    public Listing list(
            Credentials credentials, Instant from, Instant to, Optional<String> cursor) {
        return new StripeDays(calls.line(credentials, "day.list"), from, to).page(cursor);
    }

    // --- webhook endpoints ---

    @Override
    public RegisteredWebhook register(Credentials credentials, String url) {
        return StripeEndpoints.register(calls.line(credentials, "webhook.register"), url);
    }

    @Override
    public WebhookSettings inspect(
            Credentials credentials, String url, Optional<String> registrationKey) {
        return StripeEndpoints.inspect(
                calls.line(credentials, "webhook.inspect"), url, registrationKey);
    }

    @Override
    public void unregister(Credentials credentials, String registrationKey) {
        StripeEndpoints.remove(calls.line(credentials, "webhook.unregister"), registrationKey);
    }

    @Override
    public List<String> requiredEvents() {
        return StripeEvents.REQUIRED;
    }

    @Override
    public List<String> usefulEvents() {
        return StripeEvents.USEFUL;
    }
}
