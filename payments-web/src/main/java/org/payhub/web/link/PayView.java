package org.payhub.web.link;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.payhub.integration.Integrations;
import org.payhub.link.LinkRow;
import org.payhub.link.LinkStatus;
import org.payhub.link.PayPage;
import org.payhub.link.PaymentLinks;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.payment.CheckoutChoice;
import org.payhub.payment.CheckoutChoices;
import org.payhub.payment.PaymentRow;
import org.payhub.payment.PaymentStatus;
import org.payhub.payment.Payments;
import org.payhub.payment.QuoteRow;
import org.payhub.platform.HubException;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;
import org.payhub.visit.VisitLineRow;
import org.payhub.web.shared.FacesErrors;

/**
 * What the pay page says, reckoned from what is stored and from nothing else. The state is one of
 * choose, pending, paid, held, review, nothing, none, expired, cancelled, visit_cancelled, replaced
 * and unknown.
 */
@Named("payView")
@RequestScoped
public class PayView {

    @Inject PaymentLinks links;
    @Inject Payments payments;
    @Inject CheckoutChoices checkoutChoices;
    @Inject Integrations integrations;
    @Inject FacesErrors errors;
    @Inject Clock clock;

    private PayPage page;
    private PaymentRow payment;
    private List<CheckoutChoice> choices = List.of();
    private String state = "unknown";
    private boolean back;
    private String notice = "";
    private String provider = "";
    private String reason = "";

    /** Reads the link; {@code back}: the client comes from the provider's page. */
    public void open(String token, boolean cameFromProvider) {
        page = links.findByToken(token).orElse(null);
        back = cameFromProvider;
        if (page == null) {
            state = "unknown";
            return;
        }
        payment = latest();
        if (payment != null) {
            // The link must not be older news than its payment: who comes back at the moment of
            // being paid would be asked to pay again.
            page = links.findByToken(token).orElse(page);
        }
        choices = offered();
        if (payment != null && payment.status() == PaymentStatus.UNKNOWN) {
            choices = withLast(choices, payment.provider());
        }
        state = reckon();
    }

    /** The page asks for the state of a payment that it waits for. */
    public void cameBack() {
        back = true;
        state = page == null ? "unknown" : reckon();
    }

    /** Someone opened the page without the servlet: there is no such link. */
    public void direct() {
        if (page == null) {
            FacesContext.getCurrentInstance().getExternalContext().setResponseStatus(404);
        }
    }

    public void say(String what, String ofProvider) {
        notice = what;
        provider = ofProvider == null ? "" : ofProvider;
        if (what.equals("away")) {
            choices = withLast(choices, provider);
        }
    }

    public void setReason(HubException refusal) {
        reason = errors.sentence(refusal);
    }

    private static List<CheckoutChoice> withLast(List<CheckoutChoice> choices, String provider) {
        return choices.stream()
                .sorted(Comparator.comparing(choice -> choice.provider().equals(provider)))
                .toList();
    }

    private String reckon() {
        LinkRow link = page.link();
        if (link.status() == LinkStatus.PAID) {
            return "paid";
        }
        if (payment != null && payment.status() == PaymentStatus.REVIEW) {
            return "review";
        }
        if (payment != null && payment.status() == PaymentStatus.AUTHORIZED) {
            return "held";
        }
        if (link.status() == LinkStatus.PENDING || isWaitedFor()) {
            return "pending";
        }
        if (page.visitCancelled()) {
            return "visit_cancelled";
        }
        return switch (link.status()) {
            case CANCELLED -> "cancelled";
            case REPLACED -> "replaced";
            case EXPIRED -> "expired";
            default -> usable();
        };
    }

    private String usable() {
        if (!page.payable().isPositive()) {
            return "nothing";
        }
        return choices.isEmpty() ? "none" : "choose";
    }

    /** After the way back every payment that is not settled is waited for: it may be a second. */
    private boolean isWaitedFor() {
        if (payment == null) {
            return false;
        }
        return payment.status() == PaymentStatus.PENDING && !payment.isUntouchedInvoice()
                // All of it has come; the provider has only not settled it yet.
                || isBegun() && !getMissing().isPositive()
                || back
                        && (payment.status() == PaymentStatus.CREATED
                                || payment.isUntouchedInvoice()
                                || payment.status() == PaymentStatus.UNKNOWN);
    }

    /** The payment by this link that says most: the latest that was really begun. */
    private PaymentRow latest() {
        return payments.ofVisit(reader(), page.link().visit()).stream()
                .filter(p -> p.link().equals(Optional.of(page.link().id())))
                .max(Comparator.comparing(PaymentRow::createdAt))
                .orElse(null);
    }

    /** The link itself is the permission to see what it is for. */
    private Scope reader() {
        return new Scope(
                page.merchant(),
                Actor.client(""),
                Role.API_KEY,
                Set.of(),
                Optional.empty(),
                page.link().livemode());
    }

    /** Where part was paid already, the rest belongs to the same invoice. */
    private List<CheckoutChoice> offered() {
        return checkoutChoices
                .of(page.merchant(), page.location(), page.link().livemode(), page.payable())
                .stream()
                .filter(
                        choice ->
                                page.link().providers().isEmpty()
                                        || page.link().providers().contains(choice.provider()))
                .filter(choice -> !isBegun() || isOf(choice, payment))
                .collect(
                        Collectors.toMap(
                                CheckoutChoice::key,
                                choice -> choice,
                                (first, second) -> first,
                                LinkedHashMap::new))
                .values()
                .stream()
                .toList();
    }

    private static boolean isOf(CheckoutChoice choice, PaymentRow begun) {
        return choice.at().id().equals(begun.integration())
                && choice.charged().asset().equals(begun.expected().asset());
    }

    // ---- what the page reads -----------------------------------------------------------------

    public String getState() {
        return state;
    }

    public PayPage getPage() {
        return page;
    }

    public PaymentRow getPayment() {
        return payment;
    }

    public List<CheckoutChoice> getChoices() {
        return choices;
    }

    /** Whether that provider does not answer at present; it may be tried all the same. */
    public boolean isAway(CheckoutChoice choice) {
        return integrations.isAway(choice.at())
                || notice.equals("away") && choice.provider().equals(provider);
    }

    /** The choice that a form named. */
    public Optional<CheckoutChoice> find(String key) {
        return choices.stream().filter(choice -> choice.key().equals(key)).findFirst();
    }

    /** What a choice takes: what was promised already, else what it comes to now. */
    public Money charged(CheckoutChoice choice) {
        if (!isQuoted(choice)) {
            return choice.charged();
        }
        return isBegun() ? getMissing() : payment.expected();
    }

    /** At what rate a choice is reckoned: {@code 1 EUR = 1.087 USDT}. */
    public String rateText(CheckoutChoice choice) {
        if (isQuoted(choice)) {
            return getQuoteRate();
        }
        return choice.rate()
                .map(rate -> rateText(rate.from(), rate.rate().toString(), rate.to()))
                .orElse("");
    }

    private static String rateText(Asset from, String rate, Asset to) {
        return "1\u00a0" + from.symbol() + " = " + rate + "\u00a0" + to.symbol();
    }

    /** Whether pressing the button leads to the page that was opened, at the rate it promised. */
    private boolean isQuoted(CheckoutChoice choice) {
        return getQuote() != null
                && isOf(choice, payment)
                && choice.asked().equals(payment.asked())
                && (isBegun() || payment.opensAgain(clock.instant()));
    }

    /** The promise that the client was given and that still counts; null without one. */
    public QuoteRow getQuote() {
        if (payment == null
                || !isBegun()
                        && !payment.isUntouchedInvoice()
                        && payment.status() != PaymentStatus.CREATED) {
            return null;
        }
        return payment.quote()
                .filter(quote -> quote.validUntil().isAfter(clock.instant()))
                .orElse(null);
    }

    public String getQuoteRate() {
        return rateText(payment.asked().asset(), getQuote().rate(), payment.expected().asset());
    }

    /** For how many seconds the promise holds. */
    public long getQuoteLeft() {
        return Duration.between(clock.instant(), getQuote().validUntil()).toSeconds();
    }

    public boolean isAnyCoin() {
        return choices.stream().anyMatch(CheckoutChoice::converted);
    }

    /** The providers among the choices. */
    public List<String> getProviders() {
        return choices.stream().map(CheckoutChoice::provider).distinct().toList();
    }

    /** Part of what a page asked for has come, and the rest can still be sent there. */
    public boolean isBegun() {
        return payment != null
                && payment.status() == PaymentStatus.PART_PAID
                && payment.captured().isZero()
                && payment.received().isPresent();
    }

    /** What of it is still missing. */
    public Money getMissing() {
        Money seen = payment.received().orElseThrow();
        return payment.expected().minus(seen).max(Money.zero(seen.asset()));
    }

    public boolean isBack() {
        return back;
    }

    /** Whether the last try failed, so that the page says so before it offers another. */
    public boolean isFailed() {
        return payment != null && payment.status() == PaymentStatus.FAILED;
    }

    /** A client who went back without paying must not wait for nothing. */
    public boolean isMayGoBack() {
        return payment != null
                && (payment.status() == PaymentStatus.CREATED || payment.isUntouchedInvoice())
                && page.link().status().usable();
    }

    public ZoneId getZone() {
        return page.zone();
    }

    public String getServices() {
        return page.lines().stream().map(VisitLineRow::name).collect(Collectors.joining(", "));
    }

    public String getStaff() {
        return page.lines().stream()
                .flatMap(line -> line.staffName().stream())
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** What was paid before this link. */
    public Money getPaidBefore() {
        return page.price().minus(page.due()).max(Money.zero(page.price().asset()));
    }

    public boolean isVisitPast() {
        return page.startsAt().isBefore(clock.instant());
    }

    public String getNotice() {
        return notice;
    }

    public String getProvider() {
        return provider;
    }

    public String getReason() {
        return reason;
    }
}
