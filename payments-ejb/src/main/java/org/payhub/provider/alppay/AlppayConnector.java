package org.payhub.provider.alppay;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.HubConfig;
import org.payhub.provider.alppay.AlppayBody.Customer;
import org.payhub.provider.alppay.AlppayObjects.Terms;
import org.payhub.provider.alppay.AlppayProtocol.Coin;
import org.payhub.provider.http.Json;
import org.payhub.provider.http.ProviderHttp;
import org.payhub.provider.http.ProviderReply;
import org.payhub.provider.spi.CheckoutOpening;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.DayListing;
import org.payhub.provider.spi.Limiting;
import org.payhub.provider.spi.ProofStep;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.provider.spi.ProviderEvent.Ignored;
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.WithdrawalReported;
import org.payhub.provider.spi.ProviderProfile;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.Rehearsing;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.StateReading;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookHints;
import org.payhub.provider.spi.WebhookReply;
import org.payhub.provider.spi.Withdrawing;

/** ALPPAY. {@code MAPPING.md} beside this file says how its words become ours. */
@ApplicationScoped
class AlppayConnector
        implements ProviderConnector,
                CheckoutOpening,
                StateReading,
                Withdrawing,
                DayListing,
                Limiting,
                Rehearsing {

    /** ALPPAY wants a name; whose visit it is does not concern it. */
    private static final String NOBODY = "Client";

    /** The largest number that every JSON reader keeps exactly. */
    private static final long LARGEST_ID = (1L << 53) - 1;

    private AlppayCalls calls;
    private Clock clock;

    /** For the container. */
    protected AlppayConnector() {}

    @Inject
    AlppayConnector(ProviderHttp http, HubConfig config, Clock clock) {
        this.calls = new AlppayCalls(http, config);
        this.clock = clock;
    }

    @Override
    public ProviderProfile profile() {
        List<String> hosts = new ArrayList<>();
        AlppayProtocol.HOSTED_HOSTS.forEach(host -> hosts.add("https://" + host));
        AlppayProtocol.HOSTED_DOMAINS.forEach(domain -> hosts.add("https://*" + domain));
        moved().ifPresent(base -> hosts.add(base.getScheme() + "://" + base.getRawAuthority()));
        return new ProviderProfile(
                AlppayProtocol.CODE,
                AlppayProtocol.NAME,
                "USDT, USDC and other coins; withdrawals to an address of yours.",
                AlppayKeys.fields(),
                AlppayCoins.assets(),
                List.of("crypto"),
                List.of(),
                hosts,
                20);
    }

    private Optional<URI> moved() {
        return calls.isMoved() ? Optional.of(calls.base()) : Optional.empty();
    }

    /** Money cannot be given back through ALPPAY, so an invoice that nobody pays has to do. */
    @Override
    public Set<ProofStep> proof() {
        return Set.of();
    }

    @Override
    public List<String> webhookKinds() {
        return List.of(AlppayProtocol.KIND_PAYMENT, AlppayProtocol.KIND_WITHDRAWAL);
    }

    // --- keys ---

    /**
     * The API key is tried by reading, the HMAC key by an order of nothing in a coin that does not
     * exist: a signature that does not fit is refused as such, one that fits lets the order be
     * refused for what it is.
     */
    @Override
    public ConnectionFacts check(Credentials credentials) {
        AlppayKeys.checkForm(credentials);
        AlppayCalls.Line line = calls.line(credentials, "integration.check");
        List<Json> last =
                line.list(
                        AlppayProtocol.PAYMENTS,
                        page(AlppayProtocol.FIRST_PAYMENT_PAGE, 1, Map.of()));
        List<String> warnings = new ArrayList<>();
        checkSignature(line, credentials, warnings);
        return new ConnectionFacts(
                Optional.of(!calls.isMoved()),
                last.stream().findFirst().flatMap(AlppayObjects::merchantKey),
                last.stream().findFirst().flatMap(AlppayObjects::merchantName),
                AlppayKeys.assets(credentials),
                List.of(),
                warnings);
    }

    @Override
    public List<String> reminders(Map<String, Instant> since, Instant now) {
        return AlppayKeys.reminders(since, now);
    }

    @Override
    public Limits limits(Credentials credentials, Asset asset) {
        return AlppayLimits.of(credentials, asset);
    }

    private void checkSignature(
            AlppayCalls.Line line, Credentials credentials, List<String> warnings) {
        byte[] nothing =
                AlppayBody.payment(
                        "0",
                        new Coin("", "NONE", "none"),
                        new Customer(1, NOBODY, AlppayKeys.accountMail(credentials)),
                        "probe",
                        Optional.empty());
        ProviderReply reply = line.order(AlppayProtocol.PAYMENTS, nothing);
        if (reply.status() != 401) {
            if (reply.status() == 403) {
                throw line.problem(reply, true);
            }
            return;
        }
        Secret key = credentials.get(AlppayKeys.HMAC_KEY);
        for (String prefix : AlppayProtocol.HMAC_KEY_PREFIXES) {
            String rest =
                    key.reveal().startsWith(prefix) ? key.reveal().substring(prefix.length()) : "";
            if (!rest.isEmpty() && isAccepted(credentials, rest, nothing)) {
                throw AlppayKeys.refused(
                        AlppayKeys.HMAC_KEY,
                        AlppayProtocol.NAME
                                + " accepts this key without its beginning "
                                + prefix
                                + ": enter it without that.");
            }
        }
        throw line.problem(reply, true);
    }

    private boolean isAccepted(Credentials credentials, String key, byte[] body) {
        Map<String, List<Secret>> values = new LinkedHashMap<>(credentials.values());
        values.put(AlppayKeys.HMAC_KEY, List.of(Secret.of(key)));
        int status =
                calls.line(new Credentials(credentials.owner(), values), "integration.check")
                        .order(AlppayProtocol.PAYMENTS, body)
                        .status();
        return status == 400 || status == 422;
    }

    // --- webhooks ---

    @Override
    public WebhookHints hints(RawWebhook raw) {
        return AlppayWebhook.hints(raw);
    }

    @Override
    public VerifiedWebhook verify(Credentials credentials, RawWebhook raw) {
        return AlppayWebhook.verify(credentials, raw);
    }

    @Override
    public List<ProviderEvent> translate(VerifiedWebhook webhook) {
        return AlppayWebhook.translate(webhook);
    }

    @Override
    public WebhookReply acknowledge(VerifiedWebhook webhook) {
        return WebhookReply.empty(200);
    }

    @Override
    public RawWebhook sample(Credentials credentials, Instant at) {
        return AlppayWebhook.sample(credentials, at);
    }

    // --- checkout ---

    /**
     * Orders the invoice, after a look whether it is there: ALPPAY knows no idempotency keys, and
     * our reference in the invoice is what an order is recognised by.
     */
    @Override
    public CheckoutAnswer openCheckout(Credentials credentials, CheckoutOrder order) {
        String invoice = AlppayObjects.paymentText(order.payment());
        Coin coin = AlppayCoins.coin(order.amount().asset());
        String mail =
                order.clientEmail()
                        .filter(AlppayKeys::isMail)
                        .orElseGet(() -> AlppayKeys.accountMail(credentials));
        byte[] body =
                AlppayBody.payment(
                        AlppayCoins.text(order.amount(), 2),
                        coin,
                        new Customer(number(order.payment()), NOBODY, mail),
                        invoice,
                        Optional.of(order.successUrl()).filter(AlppayBody::isSendable));
        AlppayCalls.Line line = calls.line(credentials, "checkout.open");
        Json payment =
                ordered(line, invoice)
                        .orElseGet(
                                () -> {
                                    try {
                                        return line.post(AlppayProtocol.PAYMENTS, body);
                                    } catch (ProviderUnavailable e) {
                                        return afterLostAnswer(line, invoice, e);
                                    }
                                });
        requireSame(payment, order.amount());
        return page(payment, order.expiresAt())
                .orElseThrow(
                        () ->
                                new ProviderUnavailable(
                                        AlppayProtocol.NAME
                                                + " opened the invoice without an address of its"
                                                + " own to pay it at.",
                                        true,
                                        null));
    }

    private static Json afterLostAnswer(
            AlppayCalls.Line line, String invoice, ProviderUnavailable lost) {
        if (!lost.mayHaveReachedProvider()) {
            throw lost;
        }
        try {
            return ordered(line, invoice).orElseThrow(() -> lost);
        } catch (ProviderUnavailable | ProviderRefused e) {
            throw lost;
        }
    }

    /** The invoice of an order, when ALPPAY has it. Of two, the one that has money. */
    private static Optional<Json> ordered(AlppayCalls.Line line, String invoice) {
        List<Json> found =
                line
                        .list(
                                AlppayProtocol.PAYMENTS,
                                page(
                                        AlppayProtocol.FIRST_PAYMENT_PAGE,
                                        20,
                                        Map.of(AlppayProtocol.Q_INVOICES, invoice)))
                        .stream()
                        .filter(payment -> AlppayObjects.invoice(payment).equals(invoice))
                        .toList();
        return found.stream()
                .filter(AlppayConnector::hasMoney)
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    private static boolean hasMoney(Json payment) {
        return AlppayCoins.asset(payment.get(AlppayProtocol.ASSET))
                .flatMap(a -> AlppayCoins.find(payment, AlppayProtocol.RECEIVED_TOTAL, a))
                .filter(Money::isPositive)
                .isPresent();
    }

    private static void requireSame(Json payment, Money amount) {
        Optional<Asset> asset = AlppayCoins.asset(payment.get(AlppayProtocol.ASSET));
        boolean same =
                asset.filter(amount.asset()::equals)
                        .flatMap(a -> AlppayCoins.find(payment, AlppayProtocol.AMOUNT, a))
                        .filter(amount::equals)
                        .isPresent();
        if (!same) {
            throw new ProviderUnavailable(
                    AlppayProtocol.NAME + " opened an invoice of another amount.", true, null);
        }
    }

    private Optional<CheckoutAnswer> page(Json payment, Instant otherwise) {
        Optional<String> id = AlppayObjects.id(payment);
        Optional<String> url = AlppayObjects.hostedUrl(payment, moved());
        if (id.isEmpty() || url.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new CheckoutAnswer(
                        new Reference(AlppayObjects.PAYMENT, id.get()),
                        url.get(),
                        AlppayObjects.expiresAt(payment).orElse(otherwise)));
    }

    /**
     * ALPPAY has no way to close an invoice: it ends with its time. All that can be told is whether
     * money has come.
     */
    @Override
    public CheckoutOutcome expireCheckout(Credentials credentials, String checkoutKey) {
        return calls.line(credentials, "checkout.expire")
                .find(AlppayProtocol.PAYMENTS, checkoutKey)
                .filter(AlppayConnector::hasMoney)
                .map(payment -> CheckoutOutcome.COMPLETED)
                .orElse(CheckoutOutcome.EXPIRED);
    }

    @Override
    public Optional<Money> minimum(Asset charged, Set<Asset> settlementAssets) {
        return Optional.empty();
    }

    /** The same number for the same thing of ours, whole and positive. */
    private static long number(UUID id) {
        return (id.getMostSignificantBits() ^ id.getLeastSignificantBits()) & LARGEST_ID | 1;
    }

    // --- state ---

    @Override
    public Reading read(Credentials credentials, Reference thing) {
        AlppayCalls.Line line = calls.line(credentials, "state.read");
        if (thing.kind().equals(AlppayObjects.WITHDRAWAL)) {
            return line.find(AlppayProtocol.WITHDRAWALS, thing.key())
                    .map(found -> new Reading(true, List.of(withdrawal(found))))
                    .orElseGet(Reading::nothing);
        }
        if (!thing.kind().equals(AlppayObjects.PAYMENT)) {
            return Reading.nothing();
        }
        return line.find(AlppayProtocol.PAYMENTS, thing.key())
                .map(found -> payment(line, credentials, found))
                .orElseGet(Reading::nothing);
    }

    @Override
    public Reading find(
            Credentials credentials,
            UUID payment,
            Optional<UUID> refund,
            List<Reference> references) {
        Optional<Reference> known =
                references.stream().filter(r -> r.kind().equals(AlppayObjects.PAYMENT)).findFirst();
        if (known.isPresent()) {
            return read(credentials, known.get());
        }
        AlppayCalls.Line line = calls.line(credentials, "state.find");
        return ordered(line, AlppayObjects.paymentText(payment))
                .map(found -> payment(line, credentials, found))
                .orElseGet(Reading::nothing);
    }

    private Reading payment(AlppayCalls.Line line, Credentials credentials, Json found) {
        ProviderEvent event =
                AlppayObjects.payment(
                        found, isToOurAddress(line, found), terms(credentials), clock.instant());
        boolean open =
                event instanceof InvoiceReported invoice
                        && (invoice.outcome() == InvoiceOutcome.PENDING
                                || invoice.outcome() == InvoiceOutcome.PARTIALLY_PAID);
        return new Reading(
                true,
                List.of(event),
                open
                        ? page(found, clock.instant())
                                .filter(p -> p.expiresAt().isAfter(clock.instant()))
                        : Optional.empty());
    }

    /**
     * Whether a payment that ALPPAY made by itself, because money came to an address, came to the
     * address of an invoice of ours: then it is ours to clear up.
     */
    private static boolean isToOurAddress(AlppayCalls.Line line, Json payment) {
        Optional<String> address = payment.filled(AlppayProtocol.ADDRESS_TO);
        if (!AlppayObjects.invoice(payment).isEmpty() || address.isEmpty()) {
            return false;
        }
        return line
                .list(
                        AlppayProtocol.PAYMENTS,
                        page(
                                AlppayProtocol.FIRST_PAYMENT_PAGE,
                                AlppayProtocol.LARGEST_PAGE,
                                Map.of(AlppayProtocol.Q_SEARCH, address.get())))
                .stream()
                .filter(other -> other.text(AlppayProtocol.ADDRESS_TO).equals(address))
                .anyMatch(other -> AlppayObjects.ourPayment(other).isPresent());
    }

    private ProviderEvent withdrawal(Json found) {
        return AlppayObjects.withdrawal(found, clock.instant())
                .map(ProviderEvent.class::cast)
                .orElseGet(() -> new Ignored("Its status or its coin is not known to the hub."));
    }

    private static Terms terms(Credentials credentials) {
        return new Terms(AlppayKeys.tolerance(credentials), AlppayFees.of(credentials));
    }

    // --- withdrawals ---

    @Override
    public String requireAddress(Asset asset, String address) {
        return AlppayAddresses.require(asset, address);
    }

    @Override
    public WithdrawalReported withdraw(Credentials credentials, WithdrawalOrder order) {
        String address = requireAddress(order.amount().asset(), order.address());
        byte[] body =
                AlppayBody.withdrawal(
                        AlppayCoins.text(order.amount(), 0),
                        AlppayCoins.coin(order.amount().asset()),
                        address,
                        new Customer(
                                number(order.withdrawal()),
                                NOBODY,
                                AlppayKeys.accountMail(credentials)),
                        order.addressTag().orElse(""),
                        AlppayObjects.withdrawalText(order.withdrawal()));
        Json made =
                calls.line(credentials, "withdrawal.order").post(AlppayProtocol.WITHDRAWALS, body);
        return AlppayObjects.withdrawal(made, clock.instant())
                .orElseThrow(
                        () ->
                                new ProviderUnavailable(
                                        AlppayProtocol.NAME + "'s answer lacks what it must say.",
                                        true,
                                        null));
    }

    @Override
    public Optional<WithdrawalReported> findWithdrawal(
            Credentials credentials, UUID withdrawal, Optional<String> withdrawalKey) {
        AlppayCalls.Line line = calls.line(credentials, "withdrawal.find");
        if (withdrawalKey.isPresent()) {
            return line.find(AlppayProtocol.WITHDRAWALS, withdrawalKey.get())
                    .flatMap(found -> AlppayObjects.withdrawal(found, clock.instant()));
        }
        String invoice = AlppayObjects.withdrawalText(withdrawal);
        return line
                .list(
                        AlppayProtocol.WITHDRAWALS,
                        page(
                                AlppayProtocol.FIRST_WITHDRAWAL_PAGE,
                                20,
                                Map.of(AlppayProtocol.Q_INVOICES, invoice)))
                .stream()
                .filter(found -> AlppayObjects.invoice(found).equals(invoice))
                .findFirst()
                .flatMap(found -> AlppayObjects.withdrawal(found, clock.instant()));
    }

    // --- days ---

    @Override
    public Listing list(
            Credentials credentials, Instant from, Instant to, Optional<String> cursor) {
        return new AlppayDays(calls.line(credentials, "day.list"), terms(credentials))
                .list(from, to, cursor, clock.instant(), calls.isMoved());
    }

    /** The query of a page of a list. */
    static Map<String, String> page(int number, int size, Map<String, String> filter) {
        Map<String, String> query = new LinkedHashMap<>(filter);
        query.put(AlppayProtocol.Q_PAGE, Integer.toString(number));
        query.put(AlppayProtocol.Q_LIMIT, Integer.toString(size));
        return query;
    }
}
