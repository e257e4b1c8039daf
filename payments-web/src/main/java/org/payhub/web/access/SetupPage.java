package org.payhub.web.access;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.payhub.access.LoginResult;
import org.payhub.access.OwnerCommand;
import org.payhub.access.SetupInvitation;
import org.payhub.access.SetupLinks;
import org.payhub.merchant.NewMerchant;
import org.payhub.money.Asset;
import org.payhub.money.Assets;
import org.payhub.platform.HubException;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.RequestInfo;
import org.payhub.web.shared.Texts;

/**
 * Where a set-up link leads: the first business and its owner, or an invited person's password. A
 * plain form without session; the link's token is what lets it through.
 */
@Named("setupPage")
@RequestScoped
public class SetupPage {

    @Inject SetupLinks links;
    @Inject SessionStart start;
    @Inject RequestInfo requests;
    @Inject HttpServletRequest request;
    @Inject FacesErrors errors;
    @Inject Texts texts;

    private SetupInvitation invitation;
    private String problem;
    private String badField = "";

    /** Runs whenever the page is asked for; with a filled form it does what the link is for. */
    public void arrive() throws IOException {
        try {
            invitation = links.find(getToken());
            if (request.getMethod().equals("POST")) {
                take();
            }
        } catch (HubException refusal) {
            problem = errors.sentence(refusal);
            badField = refusal.field().orElse("");
            FacesContext.getCurrentInstance()
                    .getExternalContext()
                    .setResponseStatus(refusal.problem().status());
        }
    }

    private void take() throws IOException {
        String address = requests.clientAddress(request);
        LoginResult login =
                invitation.makesFirstMerchant()
                        ? links.makeFirstMerchant(
                                getToken(),
                                new NewMerchant(
                                        typed("business"),
                                        typed("locationName"),
                                        typed("currency"),
                                        typed("timeZone")),
                                new OwnerCommand(typed("name"), typed("email"), typed("password")),
                                address)
                        : links.setPassword(getToken(), typed("name"), typed("password"), address);
        start.begin(
                request,
                (HttpServletResponse)
                        FacesContext.getCurrentInstance().getExternalContext().getResponse(),
                login);
        FacesContext.getCurrentInstance()
                .getExternalContext()
                .redirect(request.getContextPath() + SafeNext.HOME);
    }

    private String typed(String field) {
        String value = request.getParameter(field);
        return value == null ? "" : value;
    }

    public String getToken() {
        return typed("token");
    }

    /** Whether the link is open; otherwise {@link #getProblem()} says why not. */
    public boolean isOpen() {
        return invitation != null;
    }

    public boolean isFirstMerchant() {
        return invitation != null && invitation.makesFirstMerchant();
    }

    public String getMerchantName() {
        return Optional.ofNullable(invitation).flatMap(SetupInvitation::merchantName).orElse("");
    }

    public String getInvitedEmail() {
        return Optional.ofNullable(invitation).flatMap(SetupInvitation::email).orElse("");
    }

    public String getProblem() {
        return problem;
    }

    /** A problem that belongs to no field. */
    public boolean isGeneralProblem() {
        return problem != null && badField.isEmpty();
    }

    /** What is wrong with that field, or nothing. */
    public String wrong(String field) {
        return field.equals(badField) ? problem : "";
    }

    /** What was typed, or what is most likely. Passwords are never sent back. */
    public String value(String field) {
        String value = request.getParameter(field);
        if (value != null) {
            return value;
        }
        return switch (field) {
            case "name" ->
                    Optional.ofNullable(invitation)
                            .flatMap(SetupInvitation::name)
                            .filter(name -> !name.contains("@"))
                            .orElse("");
            case "currency" -> "EUR";
            case "timeZone" -> "Europe/Madrid";
            default -> "";
        };
    }

    /** Currencies that a location can charge in. */
    public List<String> getCurrencies() {
        return Assets.all().stream()
                .map(Asset::code)
                .filter(code -> code.length() == 3)
                .sorted()
                .toList();
    }

    /** The currency's name in the language of the page. */
    public String currencyName(String code) {
        return Currency.getAvailableCurrencies().stream()
                .filter(currency -> currency.getCurrencyCode().equals(code))
                .findFirst()
                .map(
                        currency ->
                                currency.getDisplayName(
                                        FacesContext.getCurrentInstance()
                                                .getViewRoot()
                                                .getLocale()))
                .orElse(code);
    }

    /** Time zones by their names. */
    public List<String> getTimeZones() {
        return zones();
    }

    static List<String> zones() {
        return ZoneId.getAvailableZoneIds().stream()
                .filter(zone -> zone.contains("/"))
                .filter(zone -> !zone.startsWith("Etc/") && !zone.startsWith("SystemV/"))
                .sorted()
                .toList();
    }
}
