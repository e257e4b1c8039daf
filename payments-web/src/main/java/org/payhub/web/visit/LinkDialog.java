package org.payhub.web.visit;

import jakarta.enterprise.event.Event;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.payhub.link.CreateLink;
import org.payhub.link.LinkRow;
import org.payhub.link.PaymentLinks;
import org.payhub.money.Money;
import org.payhub.money.MoneyText;
import org.payhub.payment.CheckoutChoice;
import org.payhub.payment.CheckoutChoices;
import org.payhub.platform.HubException;
import org.payhub.visit.VisitDetail;
import org.payhub.visit.VisitId;
import org.payhub.visit.VisitLineRow;
import org.payhub.visit.Visits;
import org.payhub.web.shared.Changed;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Look;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;

/**
 * Payment link: pressing the button makes a link for all that is due (or finds the one that stands)
 * and shows it with everything to send it; another amount, end or provider makes a new one.
 */
@Named("linkDialog")
@ViewScoped
public class LinkDialog implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject Visits visits;
    @Inject PaymentLinks links;
    @Inject CheckoutChoices checkoutChoices;
    @Inject Frame frame;
    @Inject FacesErrors errors;
    @Inject Texts texts;
    @Inject Show show;
    @Inject Look look;
    @Inject Event<Changed> changed;

    private VisitDetail visit;
    private LinkRow link;
    private List<String> providers = List.of();
    private String amount;
    private String endDay;
    private String endTime;
    private String provider;

    /** The button "Payment link". */
    public void open(VisitId id) {
        errors.tried(
                () -> {
                    visit = visits.get(frame.scope(), id);
                    link = null;
                    providers = providersFor(visit);
                    if (!providers.isEmpty()) {
                        link = standing().orElseGet(this::makeUsual);
                        fill();
                        changed.fire(new Changed(id.toString()));
                    }
                });
    }

    private List<String> providersFor(VisitDetail of) {
        return checkoutChoices
                .of(frame.scope().merchant(), of.location(), frame.scope().livemode(), of.price())
                .stream()
                .map(CheckoutChoice::provider)
                .distinct()
                .toList();
    }

    private Optional<LinkRow> standing() {
        return links.usable(frame.scope(), List.of(visit.id())).stream()
                .filter(l -> l.status().usable() && l.amount().equals(visit.due()))
                .findFirst();
    }

    private LinkRow makeUsual() {
        return links.create(frame.scope(), visit.id(), CreateLink.usual());
    }

    private void fill() {
        ZonedDateTime end = link.expiresAt().atZone(getZone());
        amount = MoneyText.digits(link.amount(), look.getLocale());
        endDay = end.toLocalDate().toString();
        endTime = show.clock(link.expiresAt(), getZone());
        provider = link.providers().size() == 1 ? link.providers().get(0) : "";
    }

    /** The button "Make a new link": the earlier one stops working. */
    public void renew() {
        errors.tried(
                () -> {
                    Money wanted = typedAmount();
                    Optional<Instant> end = typedEnd();
                    List<String> only =
                            provider == null || provider.isEmpty() ? List.of() : List.of(provider);
                    link =
                            links.create(
                                    frame.scope(),
                                    visit.id(),
                                    new CreateLink(Optional.of(wanted), end, only));
                    fill();
                    changed.fire(new Changed(visit.id().toString()));
                });
    }

    private Money typedAmount() {
        try {
            return MoneyText.parse(amount, visit.price().asset(), look.getLocale());
        } catch (HubException refusal) {
            throw HubException.ofField("amount", refusal.code(), errors.sentence(refusal));
        }
    }

    /** Nothing when it was left as it stood: the latest possible end may be a second away. */
    private Optional<Instant> typedEnd() {
        ZonedDateTime stood = link.expiresAt().atZone(getZone());
        try {
            LocalDate day = LocalDate.parse(endDay.strip());
            LocalTime time = LocalTime.parse(endTime.strip());
            boolean same =
                    day.equals(stood.toLocalDate())
                            && time.getHour() == stood.getHour()
                            && time.getMinute() == stood.getMinute();
            return same
                    ? Optional.empty()
                    : Optional.of(day.atTime(time).atZone(getZone()).toInstant());
        } catch (DateTimeException e) {
            throw HubException.ofField(
                    "endDay", "link.end_not_a_time", texts.of("newvisit.error.day"));
        }
    }

    // ---- what is sent ------------------------------------------------------------------------

    /** The message in the client's language, else in the language of the page. */
    public String getMessage() {
        Locale locale = messageLocale();
        ZonedDateTime start = visit.startsAt().atZone(getZone());
        return texts.in(
                locale,
                "message.link",
                visit.client().name(),
                Show.money(link.amount(), locale),
                services(),
                Show.day(start.toLocalDate(), locale),
                Show.clock(start.toLocalTime(), locale),
                link.url(),
                frame.getMerchantName());
    }

    private Locale messageLocale() {
        return visit.client()
                .language()
                .map(Locale::forLanguageTag)
                .filter(texts::speaks)
                .orElse(look.getLocale());
    }

    private String services() {
        return visit.lines().stream().map(VisitLineRow::name).collect(Collectors.joining(", "));
    }

    public String getMessageLanguage() {
        return show.language(messageLocale().toLanguageTag());
    }

    public String getWhatsapp() {
        String number = visit.client().phone().map(p -> p.substring(1)).orElse("");
        return "https://wa.me/" + number + "?text=" + encoded(getMessage());
    }

    public String getTelegram() {
        String words = getMessage().replace(link.url(), "").strip();
        return "https://t.me/share/url?url=" + encoded(link.url()) + "&text=" + encoded(words);
    }

    public String getSms() {
        return "sms:" + visit.client().phone().orElse("") + "?&body=" + encoded(getMessage());
    }

    public String getMail() {
        String day = Show.day(visit.startsAt().atZone(getZone()).toLocalDate(), messageLocale());
        return "mailto:"
                + encoded(visit.client().email().orElse("")).replace("%40", "@")
                + "?subject="
                + encoded(texts.in(messageLocale(), "message.subject", day))
                + "&body="
                + encoded(getMessage());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    // ---- what the page reads -----------------------------------------------------------------

    public ZoneId getZone() {
        return frame.location(visit.location()).zone();
    }

    public VisitDetail getVisit() {
        return visit;
    }

    public LinkRow getLink() {
        return link;
    }

    public List<String> getProviders() {
        return providers;
    }

    public String getAll() {
        return visit == null ? "" : MoneyText.digits(visit.due(), look.getLocale());
    }

    public String getHalf() {
        return visit == null ? "" : MoneyText.digits(visit.due().split(2).get(0), look.getLocale());
    }

    public String getAmount() {
        return amount;
    }

    public void setAmount(String amount) {
        this.amount = amount;
    }

    public String getEndDay() {
        return endDay;
    }

    public void setEndDay(String endDay) {
        this.endDay = endDay;
    }

    public String getEndTime() {
        return endTime;
    }

    public void setEndTime(String endTime) {
        this.endTime = endTime;
    }

    public String getProvider() {
        return provider;
    }

    public void setProvider(String provider) {
        this.provider = provider;
    }
}
