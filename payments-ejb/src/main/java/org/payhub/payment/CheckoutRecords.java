package org.payhub.payment;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.Integrations;
import org.payhub.link.LinkForCheckout;
import org.payhub.link.LinkId;
import org.payhub.link.PaymentLinks;
import org.payhub.merchant.Merchants;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.platform.HubConfig;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.CheckoutOpening;
import org.payhub.provider.spi.CheckoutOpening.CheckoutAnswer;
import org.payhub.provider.spi.CheckoutOpening.CheckoutOrder;
import org.payhub.provider.spi.Limiting.Limits;
import org.payhub.provider.spi.ProviderEvent.CheckoutOutcome;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.Scope;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.VisitLineRow;
import org.payhub.visit.VisitMoneyView;
import org.payhub.visit.Visits;

/**
 * The transactions between which a checkout is opened: what is to be opened is committed before the
 * provider is asked, so that a lost answer, or a lost server, leaves something to ask about.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class CheckoutRecords {

    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int LONGEST_DESCRIPTION = 200;
    private static final Comparator<Asset> BY_CODE = Comparator.comparing(Asset::code);

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;
    @Inject HubConfig config;
    @Inject Visits visits;
    @Inject PaymentLinks links;
    @Inject Merchants merchants;
    @Inject Integrations integrations;
    @Inject Providers providers;
    @Inject CheckoutChoices choices;
    @Inject PaymentLocks locks;
    @Inject PaymentReferences references;

    /** For the container. */
    public CheckoutRecords() {}

    /** Looks what is to be done; where a page is to be ordered, writes the payment down. */
    public CheckoutStep prepare(OpenCheckoutCommand command) {
        LinkId id = link(command);
        VisitMoneyView visit = visits.lockForMoney(links.visitOf(id));
        LinkForCheckout link = links.lockForCheckout(id);
        Money amount = amount(link, visit);
        CheckoutChoice choice = choice(command, link, amount);
        ActiveIntegration at = choice.at();
        requireWithinLimits(at, choice.charged());
        Instant now = clock.instant();
        List<Payment> earlier = locks.ofLink(id);
        requireNothingUnderWay(earlier, at, now);
        if (earlier.stream().anyMatch(p -> p.isBeingOpened(now))) {
            return new CheckoutStep.Wait();
        }
        // Pages of links that were replaced can be paid too, until they are closed.
        List<Payment> open =
                locks.ofVisit(link.visit()).stream().filter(Payment::isCheckoutOpen).toList();
        List<Payment> wanted = open.stream().filter(p -> !p.isUnwanted()).toList();
        if (wanted.size() == 1
                && earlier.contains(wanted.get(0))
                && isSame(wanted.get(0), command, choice, now)) {
            return new CheckoutStep.Reuse(opened(wanted.get(0)));
        }
        if (open.stream().anyMatch(Payment::isBegun)) {
            throw onItsWay();
        }
        // One that waits for its provider to come back keeps nobody from paying elsewhere.
        List<CheckoutStep.OpenPage> toClose =
                open.stream()
                        .filter(p -> !p.isUnwanted() || p.provider().equals(at.provider()))
                        .map(CheckoutRecords::page)
                        .toList();
        if (!toClose.isEmpty()) {
            return new CheckoutStep.Close(toClose, at.provider());
        }
        Instant end = now.plus(LONGEST);
        Instant until = link.expiresAt().isBefore(end) ? link.expiresAt() : end;
        Payment payment =
                Payment.forLink(
                        link,
                        at,
                        priced(choice, now, until),
                        command.holdOnly(),
                        command.actor().name(),
                        now);
        em.persist(payment);
        return new CheckoutStep.Order(payment.key(), at, order(command, link, at, payment, until));
    }

    private static Priced priced(CheckoutChoice choice, Instant now, Instant until) {
        return new Priced(
                choice.asked(),
                choice.charged(),
                choice.rate().map(rate -> new Quote(rate.rate(), rate.source(), now, until)));
    }

    private LinkId link(OpenCheckoutCommand command) {
        if (command.scope().isPresent()) {
            command.scope().get().require(Right.MAKE_LINKS);
            LinkId id = command.link().orElseThrow();
            links.get(command.scope().get(), id);
            return id;
        }
        return links.findId(command.token().orElse(""))
                .orElseThrow(() -> HubException.notFound("payment_link"));
    }

    private CheckoutChoice choice(OpenCheckoutCommand command, LinkForCheckout link, Money amount) {
        List<CheckoutChoice> offered =
                choices.of(link.merchant(), link.location(), link.livemode(), amount).stream()
                        .filter(c -> link.allows(c.provider()))
                        .filter(
                                c ->
                                        command.integration()
                                                .map(c.at().id()::equals)
                                                .orElse(c.provider().equals(command.provider())))
                        .toList();
        List<CheckoutChoice> chosen =
                command.asset().isEmpty()
                        ? offered
                        : offered.stream()
                                .filter(c -> c.charged().asset().equals(command.asset().get()))
                                .toList();
        if (chosen.isEmpty()) {
            throw new HubException(
                    Problem.CONFLICT,
                    "checkout.provider_not_offered",
                    "This link cannot be paid there at present. Choose another way to pay.");
        }
        boolean one = chosen.stream().map(c -> c.charged().asset()).distinct().count() == 1;
        if (!one) {
            throw HubException.ofField(
                    "asset",
                    "checkout.asset_missing",
                    "Say what is to be paid: "
                            + chosen.stream()
                                    .map(c -> c.charged().asset().code())
                                    .distinct()
                                    .collect(Collectors.joining(", "))
                            + ".");
        }
        return chosen.get(0);
    }

    /** What the link still asks for, and never more than is due by now. */
    private Money amount(LinkForCheckout link, VisitMoneyView visit) {
        Money rest =
                locks.paidThrough(link.id())
                        .map(link.amount()::minus)
                        .orElse(link.amount())
                        .min(visit.due());
        if (!rest.isPositive()) {
            throw new HubException(
                    Problem.CONFLICT,
                    "checkout.nothing_due",
                    "Nothing is left to be paid for this visit.");
        }
        return rest;
    }

    /** What the provider takes, and what the merchant wants to take through it. */
    private void requireWithinLimits(ActiveIntegration at, Money amount) {
        Limits own = integrations.limits(at, amount.asset());
        if (own.leastPayment().filter(l -> amount.compareTo(l) < 0).isPresent()) {
            throw new HubException(
                    Problem.INVALID,
                    "checkout.amount_too_small",
                    "Through "
                            + providers.get(at.provider()).profile().name()
                            + " this business takes no less than "
                            + own.leastPayment().get()
                            + " at a time.");
        }
        if (own.largestPayment().filter(l -> amount.compareTo(l) > 0).isPresent()) {
            throw new HubException(
                    Problem.INVALID,
                    "checkout.amount_too_large",
                    "Through "
                            + providers.get(at.provider()).profile().name()
                            + " this business takes no more than "
                            + own.largestPayment().get()
                            + " at a time.");
        }
        Optional<Money> least =
                opening(at.provider()).minimum(amount.asset(), at.settlementAssets());
        if (least.isPresent() && amount.compareTo(least.get()) < 0) {
            throw new HubException(
                    Problem.INVALID,
                    "checkout.amount_too_small",
                    providers.get(at.provider()).profile().name()
                            + " takes no less than "
                            + least.get()
                            + ".");
        }
    }

    private static void requireNothingUnderWay(
            List<Payment> earlier, ActiveIntegration at, Instant now) {
        for (Payment payment : earlier) {
            if (payment.isOnItsWay()) {
                throw onItsWay();
            }
            switch (payment.status()) {
                case REVIEW ->
                        throw new HubException(
                                Problem.CONFLICT,
                                "checkout.payment_in_review",
                                "A payment through this link has arrived and is being looked at."
                                        + " Please ask the business before paying again.");
                default -> {
                    boolean unanswered = payment.isCheckoutUnknown() && !payment.isBeingOpened(now);
                    // An address that nobody got keeps nobody from paying elsewhere.
                    if (unanswered && payment.provider().equals(at.provider())) {
                        throw unknown();
                    }
                }
            }
        }
    }

    private static HubException onItsWay() {
        return new HubException(
                Problem.CONFLICT,
                "checkout.payment_on_its_way",
                "A payment through this link is on its way. It does not have to be paid again.");
    }

    static HubException unknown() {
        return new HubException(
                Problem.UNAVAILABLE,
                "checkout.unknown",
                "The provider has not answered; whether its page was opened is being sought. Try"
                        + " again in a minute, or choose another way to pay.");
    }

    private static boolean isSame(
            Payment open, OpenCheckoutCommand command, CheckoutChoice choice, Instant now) {
        // A quote that was given holds as long as its page, whatever the rate is by now.
        return open.integration().equals(choice.at().id())
                && open.asked().equals(choice.asked())
                && open.expected().asset().equals(choice.charged().asset())
                && open.holdOnly() == command.holdOnly()
                && open.isCheckoutUsable(now.plus(PaymentRow.TIME_TO_PAY));
    }

    private static CheckoutOpened opened(Payment payment) {
        return new CheckoutOpened(
                payment.key(), payment.checkoutUrl(), payment.checkoutExpiresAt());
    }

    private static CheckoutStep.OpenPage page(Payment payment) {
        return new CheckoutStep.OpenPage(
                payment.key(),
                payment.integration(),
                payment.provider(),
                payment.checkoutKey().orElseThrow());
    }

    private CheckoutOrder order(
            OpenCheckoutCommand command,
            LinkForCheckout link,
            ActiveIntegration at,
            Payment payment,
            Instant until) {
        // The link is the permission to see what it is for.
        VisitDetail visit =
                visits.get(
                        new Scope(
                                link.merchant(),
                                command.actor(),
                                Role.API_KEY,
                                java.util.Set.of(),
                                Optional.empty(),
                                link.livemode()),
                        link.visit());
        String address = config.baseUrl() + "/pay/" + link.token();
        return new CheckoutOrder(
                payment.id(),
                payment.expected(),
                description(visit),
                visit.client().email(),
                command.locale(),
                address + "?returned=1",
                address,
                until,
                command.holdOnly(),
                at.allMethods(),
                Map.of(
                        "visit_id",
                        link.visit().toString(),
                        "payment_link_id",
                        link.id().toString()),
                payment.key().toString(),
                integrations.notificationUrl(at.id()));
    }

    private static String description(VisitDetail visit) {
        String services =
                visit.lines().stream().map(VisitLineRow::name).collect(Collectors.joining(", "));
        return services.length() <= LONGEST_DESCRIPTION
                ? services
                : services.substring(0, LONGEST_DESCRIPTION - 1) + "…";
    }

    /** The same for the payment by which the merchant tries an integration. */
    public CheckoutStep prepareProof(Scope scope, IntegrationId id, Locale locale) {
        scope.require(Right.MANAGE_INTEGRATIONS);
        ActiveIntegration at = integrations.active(id);
        if (!at.merchant().equals(scope.merchant())) {
            throw HubException.notFound("integration");
        }
        Instant now = clock.instant();
        List<Payment> earlier =
                em.createQuery(
                                "select p from Payment p where p.integration = :integration"
                                        + " and p.purpose = :proof order by p.createdAt desc",
                                Payment.class)
                        .setParameter("integration", id.value())
                        .setParameter("proof", PaymentPurpose.PROOF)
                        .setMaxResults(20)
                        .getResultList();
        if (earlier.stream().anyMatch(p -> p.isBeingOpened(now))) {
            return new CheckoutStep.Wait();
        }
        if (earlier.stream().anyMatch(Payment::isCheckoutUnknown)) {
            throw unknown();
        }
        Optional<Payment> usable =
                earlier.stream()
                        .filter(p -> p.isCheckoutUsable(now.plus(PaymentRow.TIME_TO_PAY)))
                        .findFirst();
        if (usable.isPresent()) {
            return new CheckoutStep.Reuse(opened(usable.get()));
        }
        Payment payment = Payment.forProof(at, proofAmount(at), scope.actor().name(), now);
        em.persist(payment);
        return new CheckoutStep.Order(payment.key(), at, proofOrder(at, payment, locale, now));
    }

    private Money proofAmount(ActiveIntegration at) {
        Asset asset = proofAsset(at, merchants.defaultLocation(at.merchant()).currency());
        Money one = Money.parse("1", asset);
        Money own = integrations.limits(at, asset).leastPayment().map(one::max).orElse(one);
        return opening(at.provider())
                .minimum(asset, at.settlementAssets())
                .map(own::max)
                .orElse(own);
    }

    private Asset proofAsset(ActiveIntegration at, Asset home) {
        Set<Asset> takes = providers.get(at.provider()).profile().assets();
        Set<Asset> paysOut = at.settlementAssets();
        if (takes.contains(home) && (paysOut.isEmpty() || paysOut.contains(home))) {
            return home;
        }
        return Stream.concat(paysOut.stream().sorted(BY_CODE), takes.stream().sorted(BY_CODE))
                .filter(takes::contains)
                .findFirst()
                .orElse(home);
    }

    private CheckoutOrder proofOrder(
            ActiveIntegration at, Payment payment, Locale locale, Instant now) {
        String address =
                config.baseUrl()
                        + "/admin/connect?provider="
                        + at.provider()
                        + "&step=proof&id="
                        + at.id();
        return new CheckoutOrder(
                payment.id(),
                payment.expected(),
                "Payhub",
                Optional.empty(),
                locale,
                address,
                address,
                now.plus(LONGEST),
                false,
                false,
                Map.of(),
                payment.key().toString(),
                integrations.notificationUrl(at.id()));
    }

    private CheckoutOpening opening(String provider) {
        if (providers.get(provider) instanceof CheckoutOpening opening) {
            return opening;
        }
        throw new HubException(
                Problem.CONFLICT,
                "checkout.not_supported",
                "This provider has no page on which clients can pay.");
    }

    /** The provider opened its page. */
    public CheckoutOpened opened(PaymentId id, CheckoutAnswer answer) {
        Payment payment = locks.lock(id);
        payment.checkoutOpened(
                answer.checkout().key(), answer.redirectUrl(), answer.expiresAt(), clock.instant());
        references.add(payment.integration(), id, answer.checkout());
        locks.restate(payment);
        return opened(payment);
    }

    /** The provider refused, or was never reached: nothing was opened. */
    public void refused(PaymentId id, String code, String reason) {
        Payment payment = locks.lock(id);
        payment.checkoutRefused(code, reason);
        locks.restate(payment);
    }

    /** The provider did not answer. */
    public void unanswered(PaymentId id) {
        Payment payment = locks.lock(id);
        payment.unanswered(clock.instant());
        locks.restate(payment);
    }

    /** An earlier page cannot be closed at present; its provider is asked again. */
    public void closeLater(PaymentId id) {
        Payment payment = locks.lock(id);
        payment.closeLater(clock.instant());
        locks.restate(payment);
    }

    /** The page that is still to be closed, where there is one. */
    public Optional<CheckoutStep.OpenPage> unwanted(PaymentId id) {
        return Optional.of(locks.lock(id)).filter(Payment::isUnwanted).map(CheckoutRecords::page);
    }

    /** An earlier page was closed, or had become something else by then. */
    public void closed(PaymentId id, CheckoutOutcome outcome) {
        Payment payment = locks.lock(id);
        payment.report(outcome, clock.instant());
        locks.restate(payment);
    }
}
