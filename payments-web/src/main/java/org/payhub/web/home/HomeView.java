package org.payhub.web.home;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.payhub.integration.IntegrationRow;
import org.payhub.integration.IntegrationStatus;
import org.payhub.integration.Integrations;
import org.payhub.ledger.Balance;
import org.payhub.ledger.Ledger;
import org.payhub.ledger.LedgerAccount;
import org.payhub.ledger.LedgerFilter;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.payment.PaymentFilter;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.PaymentStatus;
import org.payhub.payment.PaymentTotals;
import org.payhub.payment.Payments;
import org.payhub.platform.PageRequest;
import org.payhub.refund.RefundFilter;
import org.payhub.refund.RefundRow;
import org.payhub.refund.RefundStatus;
import org.payhub.refund.Refunds;
import org.payhub.tenancy.Right;
import org.payhub.visit.VisitRow;
import org.payhub.visit.VisitStatus;
import org.payhub.visit.Visits;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;

/** The first page. Every number on it leads to the rows behind it. */
@Named("homeView")
@RequestScoped
public class HomeView {

    private static final int NEXT_VISITS = 6;
    private static final int MOST_COUNTED = 99;
    private static final int MOST_SHOWN = 20;
    private static final Duration FAILURES_FOR = Duration.ofDays(14);

    @Inject Visits visits;
    @Inject Payments payments;
    @Inject Refunds refunds;
    @Inject Integrations integrations;
    @Inject Ledger ledger;
    @Inject Frame frame;
    @Inject Texts texts;
    @Inject Show show;
    @Inject Clock clock;

    private List<PaymentTotals> taken;
    private List<VisitRow> today;
    private List<VisitRow> next;
    private List<IntegrationRow> connections;
    private List<Need> needs;

    /** One thing that waits for this person, and the way to it. */
    public record Need(
            String tone, String icon, String title, String text, String button, String to) {}

    // ---- sums --------------------------------------------------------------------------------

    public boolean isSeesMoney() {
        return frame.may(Right.SEE_MONEY);
    }

    public LocalDate getDay() {
        return clock.instant().atZone(frame.getZone()).toLocalDate();
    }

    /** What was taken today, one line for each currency. */
    public List<PaymentTotals> getTaken() {
        if (taken == null) {
            PaymentFilter since =
                    new PaymentFilter(
                            Optional.empty(),
                            Optional.empty(),
                            Set.of(),
                            Optional.of(getDay().atStartOfDay(frame.getZone()).toInstant()),
                            Optional.empty(),
                            Optional.empty());
            taken = payments.totals(frame.scope(), since);
        }
        return taken;
    }

    public long getTakenCount() {
        return getTaken().stream().mapToLong(PaymentTotals::payments).sum();
    }

    private List<VisitRow> today() {
        if (today == null) {
            today =
                    visits.day(frame.scope(), Optional.empty(), getDay()).stream()
                            .filter(visit -> visit.status() != VisitStatus.CANCELLED)
                            .toList();
        }
        return today;
    }

    public int getTodayCount() {
        return today().size();
    }

    /** What is still to be paid for today's visits, one amount for each currency. */
    public List<Money> getDueToday() {
        Map<Asset, Money> sums = new LinkedHashMap<>();
        today().forEach(visit -> sums.merge(visit.due().asset(), visit.due(), Money::plus));
        return List.copyOf(sums.values());
    }

    public boolean isSeesBooks() {
        return frame.may(Right.EXPORT);
    }

    /** Prepayments as the books say, one amount for each currency. */
    public List<Money> getPrepayments() {
        LedgerFilter filter =
                new LedgerFilter(
                        Optional.of(LedgerAccount.PREPAYMENTS),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return ledger.balances(frame.scope(), filter).stream()
                .map(Balance::amount)
                .map(Money::negated)
                .toList();
    }

    /** Nothing, in the currency of the location, where there is no sum yet. */
    public Money getNothing() {
        return Money.zero(frame.getDefaultLocation().currency());
    }

    // ---- what waits --------------------------------------------------------------------------

    public List<Need> getNeeds() {
        if (needs == null) {
            needs = new ArrayList<>();
            add(
                    frame.getDisputesNeeding(),
                    "disputes",
                    "attention",
                    "pi-flag",
                    "answer",
                    "disputes?status=needs_response");
            add(
                    frame.getUnmatchedOpen(),
                    "unmatched",
                    "info",
                    "pi-question-circle",
                    "place",
                    "unmatched");
            if (isSeesMoney()) {
                add(
                        reviews(),
                        "review",
                        "attention",
                        "pi-exclamation-triangle",
                        "open",
                        "payments?status=review");
                refundsToLookAt().forEach(this::add);
            }
            getConnections().stream().filter(c -> isInNeed(c.status())).forEach(this::add);
        }
        return needs;
    }

    private void add(long count, String key, String tone, String icon, String button, String to) {
        if (count > 0) {
            needs.add(
                    new Need(
                            tone,
                            icon,
                            texts.count("home.needs." + key, count),
                            texts.of("home.needs." + key + ".text"),
                            texts.of("home.needs." + button),
                            to));
        }
    }

    private void add(RefundRow refund) {
        boolean failed = refund.status() == RefundStatus.FAILED;
        PaymentRow payment = payments.get(frame.scope(), refund.payment());
        needs.add(
                new Need(
                        failed ? "danger" : "attention",
                        failed ? "pi-times-circle" : "pi-users",
                        texts.of(
                                failed ? "home.needs.refund.failed" : "home.needs.refund.waits",
                                show.money(refund.amount())),
                        failed
                                ? refund.failureReason().orElse("")
                                : texts.of("home.needs.refund.waits.text", refund.requestedBy()),
                        texts.of("home.needs.open"),
                        payment.visit()
                                .map(visit -> "visit?id=" + visit)
                                .orElse("payments?selected=" + payment.id())));
    }

    private void add(IntegrationRow connection) {
        needs.add(
                new Need(
                        connection.status() == IntegrationStatus.ERROR ? "danger" : "attention",
                        "pi-exclamation-triangle",
                        texts.of(
                                "home.needs.integration",
                                connection.providerName(),
                                texts.of("state.integration." + word(connection.status()))),
                        connection.need().orElse(""),
                        texts.of("home.needs.repair"),
                        "integration?id=" + connection.id()));
    }

    private static String word(IntegrationStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isInNeed(IntegrationStatus status) {
        return status == IntegrationStatus.ACTION_NEEDED || status == IntegrationStatus.ERROR;
    }

    private long reviews() {
        PaymentFilter filter =
                new PaymentFilter(
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(PaymentStatus.REVIEW),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return payments.page(frame.scope(), filter, PageRequest.first(MOST_COUNTED)).items().size();
    }

    /** Refunds that failed lately or that wait for a second person. */
    private List<RefundRow> refundsToLookAt() {
        RefundFilter filter =
                new RefundFilter(
                        Optional.empty(),
                        Set.of(RefundStatus.REQUESTED, RefundStatus.FAILED),
                        Optional.of(clock.instant().minus(FAILURES_FOR)),
                        Optional.empty());
        return refunds.page(frame.scope(), filter, PageRequest.first(MOST_COUNTED)).items().stream()
                .filter(r -> r.status() == RefundStatus.FAILED || r.awaitsApproval())
                .limit(MOST_SHOWN)
                .toList();
    }

    // ---- next --------------------------------------------------------------------------------

    public List<VisitRow> getNext() {
        if (next == null) {
            next = visits.next(frame.scope(), NEXT_VISITS);
        }
        return next;
    }

    public boolean isSeesConnections() {
        return frame.may(Right.SEE_INTEGRATIONS);
    }

    public List<IntegrationRow> getConnections() {
        if (connections == null) {
            connections = isSeesConnections() ? integrations.list(frame.scope()) : List.of();
        }
        return connections;
    }

    // ---- first steps -------------------------------------------------------------------------

    /** Whether this business has still to take its first payment. */
    public boolean isFirstSteps() {
        return isSeesConnections() && isSeesMoney() && !isPaidOnce();
    }

    public boolean isConnected() {
        return !getConnections().isEmpty();
    }

    private boolean isPaidOnce() {
        PaymentFilter paid =
                new PaymentFilter(
                        Optional.empty(),
                        Optional.empty(),
                        Set.of(PaymentStatus.PAID, PaymentStatus.PART_PAID),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return payments.page(frame.scope(), paid, PageRequest.first(MOST_COUNTED)).items().stream()
                .anyMatch(payment -> payment.visit().isPresent());
    }

    /** The visit on which a newcomer tries a payment link. */
    public VisitRow getTryVisit() {
        return getNext().stream().filter(v -> v.due().isPositive()).findFirst().orElse(null);
    }
}
