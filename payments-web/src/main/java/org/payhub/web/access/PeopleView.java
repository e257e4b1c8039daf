package org.payhub.web.access;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.payhub.access.Invitation;
import org.payhub.access.People;
import org.payhub.access.PersonRow;
import org.payhub.access.Place;
import org.payhub.merchant.LocationRow;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.money.MoneyText;
import org.payhub.platform.HubException;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Role;
import org.payhub.tenancy.UserId;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Texts;
import org.primefaces.PrimeFaces;

/** Settings, People and rights: who works here, what each may do, and up to which amount. */
@Named("peopleView")
@ViewScoped
public class PeopleView implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject People people;
    @Inject Frame frame;
    @Inject FacesErrors errors;
    @Inject Texts texts;

    private transient List<PersonRow> rows;
    private UserId chosen;
    private String chosenName;

    private String email;
    private String name;
    private String role;
    private List<String> locations = new ArrayList<>();
    private String limit;
    private String currency;

    private String linkFor;
    private String link;

    public List<PersonRow> getRows() {
        if (rows == null) {
            rows = people.list(frame.scope());
        }
        return rows;
    }

    /** Opens the empty form. */
    public void openInvite() {
        chosen = null;
        chosenName = null;
        email = "";
        name = "";
        role = Role.FRONT_DESK.name();
        locations = new ArrayList<>();
        limit = "";
        currency = frame.getDefaultLocation().currency().code();
    }

    /** Opens the form with what the person is now. */
    public void choose(UserId id) {
        PersonRow row =
                getRows().stream()
                        .filter(r -> r.id().equals(id))
                        .findFirst()
                        .orElseThrow(() -> HubException.notFound("user"));
        chosen = id;
        chosenName = row.name();
        role = row.place().role().name();
        locations =
                row.place().locations().stream()
                        .map(LocationId::toString)
                        .collect(Collectors.toCollection(ArrayList::new));
        limit = row.place().moneyLimit().map(Money::toDecimal).orElse("");
        currency =
                row.place()
                        .moneyLimit()
                        .map(m -> m.asset().code())
                        .orElseGet(() -> frame.getDefaultLocation().currency().code());
    }

    /** Invites, or changes whoever was chosen. */
    public void save() {
        errors.tried(
                () -> {
                    if (chosen == null) {
                        Invitation made = people.invite(frame.scope(), email, name, place());
                        show(made, name);
                        PrimeFaces.current().ajax().addCallbackParam("invited", true);
                        errors.done(texts.of("people.invited", name), "");
                    } else {
                        people.change(frame.scope(), chosen, place());
                        link = null;
                        errors.done(texts.of("people.changed"), "");
                    }
                    rows = null;
                });
    }

    private Place place() {
        Role wanted =
                Arrays.stream(Role.values())
                        .filter(r -> r.name().equals(role))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        HubException.ofField(
                                                "role",
                                                "access.role_unknown",
                                                "Choose one of the roles offered."));
        Set<LocationId> where =
                locations.stream().map(LocationId::parse).collect(Collectors.toSet());
        return new Place(wanted, where, typedLimit());
    }

    private Optional<Money> typedLimit() {
        if (limit == null || limit.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(MoneyText.parse(limit, Asset.of(currency), locale()));
        } catch (HubException wrong) {
            throw HubException.ofField("limit", wrong.code(), errors.sentence(wrong));
        }
    }

    private static Locale locale() {
        return FacesContext.getCurrentInstance().getViewRoot().getLocale();
    }

    /** A new link for whoever lost the first one or forgot the password. */
    public void newLink(UserId id) {
        errors.tried(() -> show(people.newLink(frame.scope(), id), nameOf(id)));
    }

    private void show(Invitation invitation, String person) {
        linkFor = person;
        link = invitation.setupUrl().orElse(null);
    }

    public void disable(UserId id) {
        errors.tried(
                () -> {
                    people.disable(frame.scope(), id);
                    errors.done(texts.of("people.disabled", nameOf(id)), "");
                    rows = null;
                });
    }

    public void enable(UserId id) {
        errors.tried(
                () -> {
                    people.enable(frame.scope(), id);
                    errors.done(texts.of("people.enabled", nameOf(id)), "");
                    rows = null;
                });
    }

    /** Takes the chosen person's access away. */
    public void remove() {
        errors.tried(
                () -> {
                    people.remove(frame.scope(), chosen);
                    errors.done(texts.of("people.removed", chosenName), "");
                    rows = null;
                });
    }

    private String nameOf(UserId id) {
        return getRows().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .map(PersonRow::name)
                .orElse("");
    }

    /** Roles that the caller may give. */
    public List<Role> getRoles() {
        if (!frame.may(Right.MANAGE_PEOPLE)) {
            return List.of(Role.FRONT_DESK);
        }
        return Arrays.stream(Role.values()).filter(r -> r != Role.API_KEY).toList();
    }

    public List<LocationRow> getAllLocations() {
        return frame.getLocations();
    }

    public List<String> getCurrencies() {
        return frame.getLocations().stream().map(l -> l.currency().code()).distinct().toList();
    }

    /** The names of a person's locations. */
    public String where(PersonRow row) {
        return row.place().locations().isEmpty()
                ? texts.of("people.locations.all")
                : row.place().locations().stream()
                        .map(id -> frame.location(id).name())
                        .sorted()
                        .collect(Collectors.joining(", "));
    }

    /** Up to which amount a person moves money alone; empty where the role moves none. */
    public String limitOf(PersonRow row) {
        Role is = row.place().role();
        if (!is.may(Right.MOVE_MONEY)) {
            return "";
        }
        return row.place()
                .moneyLimit()
                .map(m -> MoneyText.full(m, locale()))
                .orElseGet(
                        () ->
                                texts.of(
                                        is.needsLimitToMoveMoney()
                                                ? "people.limit.nothing"
                                                : "people.limit.none"));
    }

    public boolean isMakesKeys() {
        return frame.may(Right.MANAGE_PEOPLE);
    }

    public boolean isInviting() {
        return chosen == null;
    }

    public String getChosenName() {
        return chosenName;
    }

    public String getLinkFor() {
        return linkFor;
    }

    public String getLink() {
        return link;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getRole() {
        return role;
    }

    public void setRole(String role) {
        this.role = role;
    }

    public List<String> getLocations() {
        return locations;
    }

    public void setLocations(List<String> locations) {
        this.locations = locations == null ? new ArrayList<>() : locations;
    }

    public String getLimit() {
        return limit;
    }

    public void setLimit(String limit) {
        this.limit = limit;
    }

    public String getCurrency() {
        return currency;
    }

    public void setCurrency(String currency) {
        this.currency = currency;
    }
}
