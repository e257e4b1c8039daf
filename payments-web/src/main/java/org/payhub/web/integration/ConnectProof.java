package org.payhub.web.integration;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.payhub.integration.Integrations;
import org.payhub.integration.ProofState;
import org.payhub.money.Money;
import org.payhub.payment.CheckoutOpened;
import org.payhub.payment.OpenCheckout;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.PaymentStatus;
import org.payhub.platform.HubException;
import org.payhub.platform.PageRequest;
import org.payhub.provider.spi.ProofStep;
import org.payhub.refund.ProofMoney;
import org.payhub.refund.RefundRow;
import org.payhub.refund.RefundStatus;
import org.payhub.tenancy.Right;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Look;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;
import org.payhub.webhook.DeliveryFilter;
import org.payhub.webhook.DeliveryRow;
import org.payhub.webhook.WebhookDeliveries;

/**
 * The proof: the smallest payment is made at the provider's page, told by its webhook, booked and
 * given back. A line is ticked only by what was seen.
 */
@Named("proof")
@ViewScoped
public class ConnectProof implements Serializable {

    private static final long serialVersionUID = 1L;

    /** After this long without news the page says what may be wrong. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    private static final int DELIVERIES_LOOKED_AT = 20;

    @Inject ConnectView wizard;
    @Inject Integrations integrations;
    @Inject OpenCheckout checkout;
    @Inject ProofMoney money;
    @Inject WebhookDeliveries deliveries;
    @Inject Frame frame;
    @Inject Show show;
    @Inject Look look;
    @Inject Texts texts;
    @Inject FacesErrors errors;

    private Trouble trouble;
    private Instant lastNews;
    private int ticked = -1;
    private transient ProofState state;
    private transient List<ProofLine> lines;

    /** Goes on from the notifications: the page at the provider is asked for at once. */
    public void begin() {
        if (!isPassed()) {
            prepare();
        }
        wizard.go(ConnectStep.PROOF);
    }

    /** Asks the provider for a page with the smallest amount. */
    public void prepare() {
        trouble = null;
        try {
            CheckoutOpened opened =
                    checkout.openProof(frame.scope(), wizard.getIntegration(), look.getLocale());
            wizard.keepProof(
                    opened.payment().toString(),
                    opened.redirectUrl(),
                    opened.expiresAt().toString());
            refresh();
        } catch (HubException refusal) {
            trouble = Trouble.of(refusal, wizard.getName(), texts, errors);
        }
    }

    /** Called by the poll: reads anew, and gives the money back as soon as it was paid. */
    public void look() {
        refresh();
        PaymentRow payment = getPayment();
        if (payment == null
                || !getState().needs(ProofStep.REFUND)
                || !isPaid(payment)
                || refund().isPresent()) {
            return;
        }
        try {
            money.giveBack(
                    frame.scope(), payment.id(), texts.of("proof.refund.note"), Optional.empty());
        } catch (HubException refusal) {
            trouble = Trouble.of(refusal, wizard.getName(), texts, errors);
        }
        refresh();
    }

    private void refresh() {
        state = null;
        lines = null;
        wizard.refresh();
    }

    private static boolean isPaid(PaymentRow payment) {
        return payment.status() == PaymentStatus.PAID;
    }

    // ---- what was seen ------------------------------------------------------------------------

    public ProofState getState() {
        if (state == null) {
            state = integrations.proof(frame.scope(), wizard.getIntegration());
        }
        return state;
    }

    public boolean isPassed() {
        return getState().passedAt().isPresent();
    }

    public boolean isOpen() {
        return getPayment() != null && !wizard.draft().proofUrl().isEmpty() && !isOver();
    }

    /** The page at the provider can no longer be paid; another one is needed. */
    public boolean isOver() {
        PaymentRow payment = getPayment();
        if (payment == null || isPaid(payment)) {
            return false;
        }
        boolean late =
                !wizard.draft().proofUntil().isEmpty()
                        && Instant.parse(wizard.draft().proofUntil()).isBefore(show.now());
        return late
                || payment.status() == PaymentStatus.EXPIRED
                || payment.status() == PaymentStatus.CANCELLED;
    }

    public PaymentRow getPayment() {
        if (!frame.may(Right.MANAGE_INTEGRATIONS)) {
            return null;
        }
        return proofPayment().map(id -> money.payment(frame.scope(), id)).orElse(null);
    }

    private Optional<PaymentId> proofPayment() {
        String kept = wizard.draft().proofPayment();
        return kept.isEmpty()
                ? getState().payment().map(PaymentId::new)
                : Optional.of(PaymentId.parse(kept));
    }

    public Money getAmount() {
        PaymentRow payment = getPayment();
        return payment == null ? null : payment.expected();
    }

    public String getUrl() {
        return wizard.draft().proofUrl();
    }

    private Optional<RefundRow> refund() {
        return proofPayment()
                .filter(id -> frame.may(Right.MANAGE_INTEGRATIONS))
                .flatMap(id -> money.refunds(frame.scope(), id).stream().findFirst());
    }

    private List<DeliveryRow> told() {
        return proofPayment()
                .map(
                        id ->
                                deliveries
                                        .page(
                                                frame.scope(),
                                                DeliveryFilter.ofPayment(id),
                                                PageRequest.first(DELIVERIES_LOOKED_AT))
                                        .items())
                .orElse(List.of());
    }

    /** The lines of this provider's proof, in order. */
    public List<ProofLine> getLines() {
        if (lines == null) {
            lines = draw();
            int done = getTicked();
            if (done != ticked) {
                ticked = done;
                lastNews = show.now();
            }
        }
        return lines;
    }

    private List<ProofLine> draw() {
        PaymentRow payment = getPayment();
        boolean paid = getState().paid();
        Optional<RefundRow> refund = refund();
        List<DeliveryRow> told = told();
        Optional<DeliveryRow> first =
                told.stream().min(Comparator.comparing(DeliveryRow::receivedAt));
        Optional<DeliveryRow> booked =
                told.stream()
                        .filter(d -> d.appliedAt().isPresent())
                        .min(Comparator.comparing(DeliveryRow::receivedAt));
        Optional<DeliveryRow> last =
                told.stream().max(Comparator.comparing(DeliveryRow::receivedAt));
        Lines drawn = new Lines(wizard.getName());
        drawn.add(
                "opened",
                getState().opened(),
                Optional.ofNullable(payment).map(PaymentRow::createdAt).map(this::clock));
        ProofState proof = getState();
        if (proof.needs(ProofStep.PRECHECK)) {
            drawn.add("precheck", proof.prechecked(), Optional.empty());
        }
        if (proof.needs(ProofStep.PAYMENT)) {
            drawn.add(
                    "paid",
                    paid,
                    Optional.ofNullable(payment).flatMap(PaymentRow::paidAt).map(this::clock),
                    payment == null ? "" : card(payment));
        }
        drawn.add(
                "webhook",
                getState().eventSeen(),
                first.map(d -> clock(d.receivedAt())),
                first.map(DeliveryRow::eventType).orElse(""));
        if (proof.needs(ProofStep.PAYMENT)) {
            drawn.add("booked", paid && booked.isPresent(), booked.map(this::took));
        }
        if (!proof.needs(ProofStep.REFUND)) {
            return drawn.list();
        }
        drawn.add(
                "refund",
                getState().refunded() || refund.isPresent(),
                refund.map(r -> clock(r.createdAt())));
        drawn.add(
                "refunded",
                getState().refunded() || refund.map(ConnectProof::isBack).orElse(false),
                last.filter(d -> getState().refunded()).map(d -> clock(d.receivedAt())));
        return refund.filter(r -> r.status() == RefundStatus.FAILED)
                .map(
                        r ->
                                drawn.broken(
                                        texts.of(
                                                "proof.refund.failed",
                                                r.failureReason().orElse(""))))
                .orElseGet(drawn::list);
    }

    private static boolean isBack(RefundRow refund) {
        return refund.status() == RefundStatus.SUCCEEDED;
    }

    private String card(PaymentRow payment) {
        String amount = show.money(payment.expected());
        return payment.cardLast4()
                .map(last4 -> texts.of("proof.paid.card", amount, brand(payment), last4))
                .orElse(amount);
    }

    private String brand(PaymentRow payment) {
        return payment.cardBrand().map(brand -> texts.ofOr(brand, "method." + brand)).orElse("");
    }

    private String took(DeliveryRow delivery) {
        return texts.of(
                "proof.in",
                Duration.between(delivery.receivedAt(), delivery.appliedAt().orElseThrow())
                        .toMillis());
    }

    private String clock(Instant at) {
        return show.clockExact(at, frame.getZone());
    }

    public int getTicked() {
        return (int) getLines().stream().filter(line -> line.state().equals("done")).count();
    }

    /** Nothing came for a while: time to say what to do. */
    public boolean isQuiet() {
        return isOpen()
                && !isPassed()
                && lastNews != null
                && lastNews.plus(QUIET).isBefore(show.now());
    }

    /** Whether there is anything to wait for. */
    public boolean isWaiting() {
        return proofPayment().isPresent() && !isPassed() && !isOver();
    }

    /** Whether the client's page has to be paid for the proof. */
    public boolean isToBePaid() {
        return getState().needs(ProofStep.PAYMENT);
    }

    /** What is done here, and with what money. */
    public String getTitle() {
        if (!isToBePaid()) {
            return texts.of("proof.title.ordered");
        }
        return texts.of(wizard.getDetail().row().livemode() ? "proof.title.live" : "proof.title");
    }

    /** What the proof has shown. */
    public String getPassedText() {
        return texts.of(
                !isToBePaid()
                        ? "proof.passed.text.ordered"
                        : getState().needs(ProofStep.REFUND)
                                ? "proof.passed.text"
                                : "proof.passed.text.paid");
    }

    public Trouble getTrouble() {
        return trouble;
    }

    /** Collects the lines: what was seen is done, the first that was not is the running one. */
    private final class Lines {

        private final String name;
        private final List<ProofLine> list = new ArrayList<>();
        private boolean running = true;

        private Lines(String name) {
            this.name = name;
        }

        private void add(String key, boolean seen, Optional<String> value) {
            add(key, seen, value, "");
        }

        private void add(String key, boolean seen, Optional<String> value, String seenText) {
            boolean now = !seen && running && !list.isEmpty();
            running = running && seen;
            String text = "proof." + key;
            list.add(
                    new ProofLine(
                            seen ? "done" : now ? "now" : "todo",
                            list.size() + 1,
                            texts.of(text, name),
                            seen
                                    ? seenText.isEmpty() ? texts.of(text + ".seen", name) : seenText
                                    : now ? texts.of(text + ".now", name) : "",
                            seen ? value.orElse("") : ""));
        }

        /** The last line with what went wrong. */
        private List<ProofLine> broken(String why) {
            ProofLine last = list.remove(list.size() - 1);
            list.add(new ProofLine("bad", last.number(), last.title(), why, ""));
            return list();
        }

        private List<ProofLine> list() {
            return List.copyOf(list);
        }
    }
}
