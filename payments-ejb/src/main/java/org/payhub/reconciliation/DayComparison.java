package org.payhub.reconciliation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.finance.DeliveryOutcome;
import org.payhub.finance.FinanceRecorder;
import org.payhub.finance.RecordingContext;
import org.payhub.finance.RecordingResult;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.Integrations;
import org.payhub.money.Money;
import org.payhub.payment.NotedCalls;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentReferences;
import org.payhub.platform.HubException;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.DayListing;
import org.payhub.provider.spi.DayListing.Kind;
import org.payhub.provider.spi.DayListing.Listed;
import org.payhub.provider.spi.DayListing.Listing;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.StateReading;
import org.payhub.tenancy.Actor;
import org.payhub.transaction.ProviderTransactions;
import org.payhub.transaction.TransactionKind;
import org.payhub.transaction.TransactionRow;

/**
 * Compares one day of one integration: the provider's list, page by page, then what we know of that
 * day and the list did not name. What is missing is applied on the path of webhooks, one thing at a
 * time; no transaction is open while the provider is asked.
 */
@ApplicationScoped
class DayComparison {

    private static final System.Logger LOG = System.getLogger(DayComparison.class.getName());

    private static final int OURS_AT_ONCE = 500;
    private static final int SAID_EVERY = 25;

    @Inject DayRecords records;
    @Inject ProviderTransactions transactions;
    @Inject PaymentReferences references;
    @Inject FinanceRecorder recorder;
    @Inject Integrations integrations;
    @Inject Providers providers;
    @Inject NotedCalls calls;

    /** For the container. */
    DayComparison() {}

    /** The day that a run compares. */
    record Wanted(DayRecords.Run run, ActiveIntegration at, LocalDate day, ZoneId zone) {

        Instant from() {
            return day.atStartOfDay(zone).toInstant();
        }

        Instant to() {
            return day.plusDays(1).atStartOfDay(zone).toInstant();
        }

        boolean holds(Instant at) {
            return !at.isBefore(from()) && at.isBefore(to());
        }
    }

    /** Runs to its end, well or not; what it found or why it failed is kept. */
    void run(Wanted wanted) {
        DayFindings found = new DayFindings();
        try {
            Set<String> keys = new HashSet<>();
            if (theirs(wanted, found, keys)) {
                ours(wanted, found, keys);
                UnitOfWork.run(() -> records.done(wanted.run(), found));
                LOG.log(System.Logger.Level.INFO, said(wanted, found));
            }
        } catch (HubException e) {
            UnitOfWork.run(() -> records.failed(wanted.run(), e.getMessage()));
            LOG.log(
                    System.Logger.Level.WARNING,
                    "day not compared integration="
                            + wanted.at().id()
                            + " day="
                            + wanted.day()
                            + ": "
                            + e.getMessage());
        } catch (RuntimeException e) {
            UnitOfWork.run(
                    () ->
                            records.failed(
                                    wanted.run(), "An error of ours; the log names this day."));
            LOG.log(
                    System.Logger.Level.ERROR,
                    "day cannot be compared integration="
                            + wanted.at().id()
                            + " day="
                            + wanted.day(),
                    e);
        }
    }

    private static String said(Wanted wanted, DayFindings found) {
        return "day compared integration="
                + wanted.at().id()
                + " day="
                + wanted.day()
                + " listed="
                + found.listed()
                + " matched="
                + found.matched()
                + " fetched="
                + found.fetched()
                + " left="
                + found.left()
                + " notOurs="
                + found.notOurs();
    }

    // --- what they list ---

    /** Whether the run still counts when the list has ended. */
    private boolean theirs(Wanted wanted, DayFindings found, Set<String> keys) {
        DayListing listing = listing(wanted.at());
        Optional<String> cursor = Optional.empty();
        do {
            Optional<String> from = cursor;
            Listing page =
                    calls.make(
                            wanted.at().id(),
                            () ->
                                    listing.list(
                                            integrations.credentials(wanted.at().id()),
                                            wanted.from(),
                                            wanted.to(),
                                            from));
            for (Listed listed : page.items()) {
                keys.addAll(keys(listed.events()));
                keys.add(listed.thing().key());
                if (isWanted(wanted, listed)) {
                    found.listedOne();
                    compare(wanted.at(), listed, found, keys);
                    if (found.listed() % SAID_EVERY == 0 && !goesOn(wanted, found)) {
                        return false;
                    }
                }
            }
            cursor = page.next().filter(next -> !from.equals(Optional.of(next)));
            if (!goesOn(wanted, found)) {
                return false;
            }
        } while (cursor.isPresent());
        return true;
    }

    private boolean goesOn(Wanted wanted, DayFindings found) {
        return UnitOfWork.run(() -> records.reached(wanted.run(), found.listed()));
    }

    private static boolean isWanted(Wanted wanted, Listed listed) {
        return wanted.holds(listed.at())
                && listed.livemode().map(live -> live == wanted.at().livemode()).orElse(true);
    }

    private DayListing listing(ActiveIntegration at) {
        if (providers.get(at.provider()) instanceof DayListing listing) {
            return listing;
        }
        throw Reconciliation.cannotList(providers.get(at.provider()).profile().name());
    }

    private void compare(ActiveIntegration at, Listed listed, DayFindings found, Set<String> keys) {
        if (isKnown(at, listed)) {
            found.matchedOne();
            return;
        }
        List<ProviderEvent> events = told(listed.events());
        if (events.isEmpty()) {
            if (!listed.moved()) {
                // Nothing has moved and nothing is said: there is nothing to know.
                found.matchedOne();
                return;
            }
            events = read(at, listed);
            keys.addAll(keys(events));
        }
        RecordingResult result = record(at, events);
        if (result.outcome() == DeliveryOutcome.WAITING) {
            // It hangs on something that the list may name later: read it with all that it is.
            List<ProviderEvent> whole = new ArrayList<>(read(at, listed));
            whole.addAll(events);
            keys.addAll(keys(whole));
            result = record(at, whole);
        }
        Optional<Money> ours = moved(at, listed, events);
        Money theirs = amount(listed, events);
        switch (result.outcome()) {
            case NOT_OURS -> {
                if (listed.moved()) {
                    found.differs(
                            difference(DifferenceKind.NOT_OURS, listed, ours, theirs, result));
                } else {
                    found.matchedOne();
                }
            }
            case WAITING, UNMATCHED ->
                    found.differs(
                            difference(DifferenceKind.ONLY_THEIRS, listed, ours, theirs, result));
            default -> {
                if (listed.moved() && ours.isPresent() && !ours.get().equals(theirs)) {
                    found.differs(
                            difference(
                                    DifferenceKind.AMOUNT_DIFFERS, listed, ours, theirs, result));
                } else if (result.changes().isEmpty()) {
                    found.matchedOne();
                } else {
                    found.fetchedOne();
                }
            }
        }
    }

    private static DifferenceRow difference(
            DifferenceKind kind,
            Listed listed,
            Optional<Money> ours,
            Money theirs,
            RecordingResult result) {
        return new DifferenceRow(
                kind,
                listed.kind(),
                listed.thing().key(),
                result.payment(),
                ours,
                Optional.of(theirs),
                listed.at());
    }

    /** Whether everything that is told of it stands in our books already, to the last unit. */
    private boolean isKnown(ActiveIntegration at, Listed listed) {
        if (listed.events().isEmpty()) {
            return operation(listed.kind())
                    .flatMap(kind -> transactions.find(at.id(), kind, listed.thing().key()))
                    .filter(ours -> ours.amount().equals(listed.amount()))
                    .isPresent();
        }
        return listed.events().stream().allMatch(event -> Operation.of(event).isKnown(this, at));
    }

    private static Optional<TransactionKind> operation(Kind thing) {
        return switch (thing) {
            case PAYMENT -> Optional.of(TransactionKind.CAPTURE);
            case REFUND -> Optional.of(TransactionKind.REFUND);
            default -> Optional.empty();
        };
    }

    /** An event as the row that it leaves in our books; without one it is applied to be sure. */
    private record Operation(Optional<TransactionKind> kind, String key, Optional<Money> amount) {

        private static Operation of(ProviderEvent event) {
            if (event instanceof ProviderEvent.PaymentReported p) {
                return new Operation(
                        Optional.of(
                                switch (p.outcome()) {
                                    case PENDING -> TransactionKind.PENDING;
                                    case AUTHORIZED -> TransactionKind.AUTHORIZATION;
                                    case CAPTURED -> TransactionKind.CAPTURE;
                                    case DECLINED -> TransactionKind.DECLINE;
                                    case VOIDED -> TransactionKind.VOID;
                                    case HOLD_EXPIRED -> TransactionKind.HOLD_EXPIRY;
                                }),
                        p.transactionKey(),
                        Optional.of(p.amount()));
            } else if (event instanceof ProviderEvent.RefundReported r
                    && r.outcome() == ProviderEvent.RefundOutcome.SUCCEEDED) {
                return new Operation(
                        Optional.of(TransactionKind.REFUND),
                        r.refundKey(),
                        Optional.of(r.amount()));
            } else if (event instanceof ProviderEvent.FeeReported f) {
                return new Operation(
                        Optional.of(TransactionKind.BOOKING), f.bookingKey(), Optional.empty());
            }
            return new Operation(Optional.empty(), "", Optional.empty());
        }

        private boolean isKnown(DayComparison books, ActiveIntegration at) {
            return kind.flatMap(k -> books.transactions.find(at.id(), k, key))
                    .filter(ours -> amount.map(ours.amount()::equals).orElse(true))
                    .isPresent();
        }
    }

    /** What we have of the money that it moved, after it was applied. */
    private Optional<Money> moved(ActiveIntegration at, Listed listed, List<ProviderEvent> events) {
        if (!listed.moved()) {
            return Optional.empty();
        }
        return events.stream()
                .map(Operation::of)
                .filter(o -> o.kind().isPresent() && o.kind().equals(operation(listed.kind())))
                .flatMap(o -> transactions.find(at.id(), o.kind().orElseThrow(), o.key()).stream())
                .map(TransactionRow::amount)
                .findFirst();
    }

    private static Money amount(Listed listed, List<ProviderEvent> events) {
        return events.stream()
                .map(Operation::of)
                .filter(o -> o.kind().isPresent() && o.kind().equals(operation(listed.kind())))
                .flatMap(o -> o.amount().stream())
                .findFirst()
                .orElse(listed.amount());
    }

    // --- what we know and they did not list ---

    private void ours(Wanted wanted, DayFindings found, Set<String> keys) {
        Optional<TransactionRow> last = Optional.empty();
        List<TransactionRow> rows;
        do {
            rows =
                    transactions.moved(
                            wanted.at().id(), wanted.from(), wanted.to(), last, OURS_AT_ONCE);
            for (TransactionRow row : rows) {
                if (!keys.contains(row.key())
                        && row.livemode() == wanted.at().livemode()
                        && !isConfirmed(wanted.at(), row)) {
                    found.differs(
                            new DifferenceRow(
                                    DifferenceKind.ONLY_OURS,
                                    row.kind() == TransactionKind.REFUND
                                            ? Kind.REFUND
                                            : Kind.PAYMENT,
                                    row.key(),
                                    row.payment().map(PaymentId::new),
                                    Optional.of(row.amount()),
                                    Optional.empty(),
                                    row.occurredAt()));
                }
            }
            last = rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(rows.size() - 1));
        } while (rows.size() == OURS_AT_ONCE && goesOn(wanted, found));
    }

    /** It may stand in the list of another day: the provider is asked about its payment. */
    private boolean isConfirmed(ActiveIntegration at, TransactionRow row) {
        if (row.payment().isEmpty()
                || !(providers.get(at.provider()) instanceof StateReading state)) {
            return false;
        }
        PaymentId payment = new PaymentId(row.payment().get());
        List<ProviderEvent> events =
                calls.make(
                                at.id(),
                                () ->
                                        state.find(
                                                integrations.credentials(at.id()),
                                                payment.value(),
                                                Optional.empty(),
                                                references.ofPayment(payment)))
                        .events();
        return keys(events).contains(row.key());
    }

    // --- both ---

    private List<ProviderEvent> read(ActiveIntegration at, Listed listed) {
        if (!(providers.get(at.provider()) instanceof StateReading state)) {
            return List.of();
        }
        return told(
                calls.make(
                                at.id(),
                                () -> state.read(integrations.credentials(at.id()), listed.thing()))
                        .events());
    }

    private RecordingResult record(ActiveIntegration at, List<ProviderEvent> events) {
        RecordingContext context =
                new RecordingContext(
                        at.id(),
                        at.merchant(),
                        at.livemode(),
                        Optional.empty(),
                        true,
                        Actor.system("reconciliation"));
        return UnitOfWork.run(() -> recorder.record(context, events));
    }

    private static List<ProviderEvent> told(List<ProviderEvent> events) {
        return events.stream().filter(e -> !(e instanceof ProviderEvent.ReadFirst)).toList();
    }

    /** The provider's keys of the money that events tell of. */
    private static Set<String> keys(List<ProviderEvent> events) {
        Set<String> keys = new HashSet<>();
        for (ProviderEvent event : events) {
            Operation operation = Operation.of(event);
            if (operation.kind().isPresent()) {
                keys.add(operation.key());
            } else if (event instanceof ProviderEvent.RefundReported r) {
                keys.add(r.refundKey());
            } else if (event instanceof ProviderEvent.InvoiceReported i) {
                keys.add(i.invoiceKey());
                i.transfers().forEach(t -> keys.add(t.transferKey()));
            }
        }
        return keys;
    }
}
