package org.payhub.provider.alppay;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.Ignored;
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;
import org.payhub.provider.spi.ProviderEvent.InvoiceTransfer;
import org.payhub.provider.spi.ProviderEvent.WithdrawalOutcome;
import org.payhub.provider.spi.ProviderEvent.WithdrawalReported;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.References;

/** Payments and withdrawals as ALPPAY writes them, in our words. */
final class AlppayObjects {

    /** Kinds of things that can be read. */
    static final String PAYMENT = AlppayProtocol.KIND_PAYMENT;

    static final String WITHDRAWAL = AlppayProtocol.KIND_WITHDRAWAL;

    private static final String OUR_PAYMENT = "pay";
    private static final String OUR_WITHDRAWAL = "wd";
    private static final int LONGEST_KEY = 200;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

    /** What was agreed with the merchant, where it is known while an object is read. */
    record Terms(AlppayTolerance tolerance, AlppayFees fees) {
        static final Terms NONE = new Terms(AlppayTolerance.NONE, AlppayFees.UNKNOWN);
    }

    private AlppayObjects() {}

    // --- what identifies a thing ---

    static String paymentText(UUID payment) {
        return Ids.text(OUR_PAYMENT, payment);
    }

    static String withdrawalText(UUID withdrawal) {
        return Ids.text(OUR_WITHDRAWAL, withdrawal);
    }

    static Optional<UUID> ourPayment(Json payment) {
        return Ids.parse(OUR_PAYMENT, invoice(payment));
    }

    static Optional<UUID> ourWithdrawal(Json withdrawal) {
        return Ids.parse(OUR_WITHDRAWAL, invoice(withdrawal));
    }

    /** Our reference in it; empty on a payment that ALPPAY made by itself. */
    static String invoice(Json object) {
        return object.text(AlppayProtocol.INVOICE).orElse("");
    }

    static Optional<String> id(Json object) {
        return object.text(AlppayProtocol.ID).filter(AlppayObjects::isKey);
    }

    private static boolean isKey(String text) {
        return !text.isEmpty() && text.length() <= LONGEST_KEY && AlppayKeys.isPlain(text);
    }

    /** The account that an object belongs to, which is told as a number or as a text. */
    static Optional<String> merchantKey(Json object) {
        Json merchant = object.get(AlppayProtocol.MERCHANT);
        return merchant.text(AlppayProtocol.ID)
                .or(() -> merchant.integer(AlppayProtocol.ID).map(Object::toString))
                .filter(AlppayObjects::isKey);
    }

    static Optional<String> merchantName(Json object) {
        return object.get(AlppayProtocol.MERCHANT)
                .filled(AlppayProtocol.CUSTOMER_NAME)
                .filter(name -> name.length() <= LONGEST_KEY);
    }

    /** By what a payment of ours is found; {@code trace} where something else ties it to us. */
    static References ofPayment(Json payment, boolean trace) {
        Optional<UUID> ours = ourPayment(payment);
        List<Reference> keys = id(payment).map(k -> new Reference(PAYMENT, k)).stream().toList();
        return new References(ours, keys, trace || ours.isPresent());
    }

    static References ofWithdrawal(Json withdrawal) {
        List<Reference> keys =
                id(withdrawal).map(k -> new Reference(WITHDRAWAL, k)).stream().toList();
        return new References(Optional.empty(), keys, ourWithdrawal(withdrawal).isPresent());
    }

    // --- payments ---

    /**
     * A payment in our words.
     *
     * <p><b>Errors</b>: {@code provider.amount_malformed}.
     */
    static ProviderEvent payment(Json payment, boolean trace, Terms terms, Instant now) {
        Optional<Asset> asset = AlppayCoins.asset(payment.get(AlppayProtocol.ASSET));
        Optional<String> id = id(payment);
        if (asset.isEmpty() || id.isEmpty()) {
            return new Ignored("It is in a coin that the hub does not know, or lacks its id.");
        }
        return payment(payment, id.get(), asset.get(), trace, terms, now);
    }

    private static InvoiceReported payment(
            Json payment, String id, Asset asset, boolean trace, Terms terms, Instant now) {
        List<InvoiceTransfer> transfers = transfers(payment, asset, terms.fees(), now);
        Money ordered = AlppayCoins.orZero(payment, AlppayProtocol.AMOUNT, asset);
        Money received =
                AlppayCoins.find(payment, AlppayProtocol.RECEIVED_TOTAL, asset)
                        .orElseGet(() -> sum(transfers, asset));
        Instant changed = changedAt(payment).orElse(now);
        return new InvoiceReported(
                ofPayment(payment, trace),
                id,
                AlppayStates.outcome(
                        word(payment, AlppayProtocol.STATUS),
                        word(payment, AlppayProtocol.DISPLAY_STATUS),
                        transfers.stream().anyMatch(InvoiceTransfer::suspicious),
                        terms.tolerance().size(received, ordered)),
                ordered,
                received,
                transfers,
                changed,
                changed);
    }

    private static String word(Json object, String name) {
        return object.text(name).orElse("").strip().toUpperCase(Locale.ROOT);
    }

    private static Money sum(List<InvoiceTransfer> transfers, Asset asset) {
        return transfers.stream()
                .map(InvoiceTransfer::amount)
                .reduce(Money.zero(asset), Money::plus);
    }

    private static List<InvoiceTransfer> transfers(
            Json payment, Asset asset, AlppayFees fees, Instant now) {
        Map<String, InvoiceTransfer> byKey = new LinkedHashMap<>();
        for (Json transfer : payment.list(AlppayProtocol.TRANSACTIONS)) {
            Optional<String> key =
                    transfer.text(AlppayProtocol.TXN_ID).filter(AlppayObjects::isKey);
            boolean sameAsset =
                    !transfer.has(AlppayProtocol.ASSET)
                            || AlppayCoins.asset(transfer.get(AlppayProtocol.ASSET))
                                    .filter(asset::equals)
                                    .isPresent();
            if (key.isPresent() && sameAsset) {
                byKey.putIfAbsent(key.get(), transfer(transfer, key.get(), asset, fees, now));
            }
        }
        return new ArrayList<>(byKey.values());
    }

    private static InvoiceTransfer transfer(
            Json transfer, String key, Asset asset, AlppayFees fees, Instant now) {
        Money amount = AlppayCoins.get(transfer, AlppayProtocol.RECEIVED, asset);
        Optional<Money> told = fee(transfer, asset);
        return new InvoiceTransfer(
                key,
                amount,
                told.or(() -> fees.estimate(amount)),
                told.isEmpty() && fees.estimate(amount).isPresent(),
                transfer.isTrue(AlppayProtocol.IS_DANGER),
                AlppayProtocol.TRANSFER_TIMES.stream()
                        .flatMap(name -> time(transfer, name).stream())
                        .findFirst()
                        .orElse(now));
    }

    /** The fee in its two parts. One that cannot be read spoils only itself. */
    private static Optional<Money> fee(Json transfer, Asset asset) {
        try {
            Optional<Money> percent = AlppayCoins.find(transfer, AlppayProtocol.PERCENT_FEE, asset);
            Optional<Money> fixed = AlppayCoins.find(transfer, AlppayProtocol.FIXED_FEE, asset);
            if (percent.isEmpty() && fixed.isEmpty()) {
                return Optional.empty();
            }
            Money zero = Money.zero(asset);
            return Optional.of(percent.orElse(zero).plus(fixed.orElse(zero)));
        } catch (HubException e) {
            return Optional.empty();
        }
    }

    /** Whether an outcome may be applied as a webhook told it; otherwise it is read first. */
    static boolean standsAlone(InvoiceReported invoice) {
        InvoiceOutcome outcome = invoice.outcome();
        boolean ofOurs = invoice.references().ours().isPresent();
        boolean open =
                outcome == InvoiceOutcome.PENDING
                        || outcome == InvoiceOutcome.PARTIALLY_PAID
                        || outcome == InvoiceOutcome.CONFIRMING;
        boolean endedEmpty =
                (outcome == InvoiceOutcome.EXPIRED || outcome == InvoiceOutcome.CANCELLED)
                        && invoice.received().isZero();
        return ofOurs && (open || endedEmpty);
    }

    /** Until when it can be paid; empty where it does not say. */
    static Optional<Instant> expiresAt(Json payment) {
        return time(payment, AlppayProtocol.CREATED_AT)
                .flatMap(
                        created ->
                                payment.integer(AlppayProtocol.TIMEOUT)
                                        .filter(s -> s.signum() > 0 && s.bitLength() < 31)
                                        .map(s -> created.plusSeconds(s.longValue())));
    }

    /**
     * The page on which the client pays: the first address whose host is known to be ALPPAY's.
     *
     * @param own where the interface was moved to, whose host is then trusted too
     */
    static Optional<String> hostedUrl(Json payment, Optional<URI> own) {
        return AlppayProtocol.HOSTED_URLS.stream()
                .flatMap(name -> payment.filled(name).stream())
                .filter(url -> isHosted(url, own))
                .findFirst();
    }

    private static boolean isHosted(String text, Optional<URI> own) {
        try {
            URI url = new URI(text);
            if (url.getHost() == null || url.getRawUserInfo() != null || text.length() > 1_000) {
                return false;
            }
            if (own.isPresent()
                    && own.get().getScheme().equals(url.getScheme())
                    && own.get().getRawAuthority().equals(url.getRawAuthority())) {
                return true;
            }
            String host = url.getHost().toLowerCase(Locale.ROOT);
            return "https".equals(url.getScheme())
                    && url.getPort() == -1
                    && (AlppayProtocol.HOSTED_HOSTS.contains(host)
                            || AlppayProtocol.HOSTED_DOMAINS.stream().anyMatch(host::endsWith));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    // --- withdrawals ---

    /**
     * A withdrawal in our words; empty where its status is not known.
     *
     * <p><b>Errors</b>: {@code provider.amount_malformed}.
     */
    static Optional<WithdrawalReported> withdrawal(Json withdrawal, Instant now) {
        Optional<Asset> asset = AlppayCoins.asset(withdrawal.get(AlppayProtocol.ASSET));
        Optional<String> id = id(withdrawal);
        Optional<WithdrawalOutcome> outcome =
                switch (word(withdrawal, AlppayProtocol.STATUS)) {
                    case AlppayProtocol.WITHDRAWAL_OPEN, AlppayProtocol.WITHDRAWAL_APPROVED ->
                            Optional.of(WithdrawalOutcome.PENDING);
                    case AlppayProtocol.WITHDRAWAL_COMPLETE ->
                            Optional.of(WithdrawalOutcome.SUCCEEDED);
                    case AlppayProtocol.WITHDRAWAL_CANCELLED ->
                            Optional.of(WithdrawalOutcome.CANCELLED);
                    default -> Optional.empty();
                };
        if (asset.isEmpty() || id.isEmpty() || outcome.isEmpty()) {
            return Optional.empty();
        }
        Optional<Money> arrived =
                AlppayCoins.find(withdrawal, AlppayProtocol.RECEIVED, asset.get())
                        .filter(Money::isPositive)
                        .filter(a -> outcome.get() == WithdrawalOutcome.SUCCEEDED);
        return Optional.of(
                new WithdrawalReported(
                        ofWithdrawal(withdrawal),
                        ourWithdrawal(withdrawal),
                        id.get(),
                        outcome.get(),
                        AlppayCoins.get(withdrawal, AlppayProtocol.AMOUNT, asset.get()),
                        arrived,
                        withdrawal.text(AlppayProtocol.ADDRESS_TO).orElse(""),
                        withdrawal.text(AlppayProtocol.TXN_ID).filter(AlppayObjects::isKey),
                        Optional.empty(),
                        changedAt(withdrawal).orElse(now)));
    }

    // --- times ---

    static Optional<Instant> changedAt(Json object) {
        return time(object, AlppayProtocol.UPDATED_AT)
                .or(() -> time(object, AlppayProtocol.CREATED_AT));
    }

    static Optional<Instant> createdAt(Json object) {
        return time(object, AlppayProtocol.CREATED_AT);
    }

    private static Optional<Instant> time(Json object, String name) {
        Optional<String> text = object.text(name).filter(t -> t.length() <= 40);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            Instant time = Instant.parse(text.get());
            boolean real = !time.equals(AlppayProtocol.NO_TIME);
            return Optional.of(time).filter(t -> real && t.isAfter(EARLIEST) && t.isBefore(LATEST));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
