package org.payhub.web.access;

import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.payhub.apikey.ApiKeyId;
import org.payhub.apikey.ApiKeyRow;
import org.payhub.apikey.ApiKeys;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.money.MoneyText;
import org.payhub.platform.HubException;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Texts;

/** Settings, People and rights, API keys: what other programs come in with. */
@Named("apiKeysView")
@ViewScoped
public class ApiKeysView implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject ApiKeys keys;
    @Inject Frame frame;
    @Inject FacesErrors errors;
    @Inject Texts texts;

    private transient List<ApiKeyRow> rows;
    private ApiKeyId chosen;
    private String chosenName;
    private String name;
    private String limit;
    private String currency;
    private transient String made;

    public List<ApiKeyRow> getRows() {
        if (rows == null) {
            rows = keys.list(frame.scope());
        }
        return rows;
    }

    /** Opens the empty form. */
    public void openMake() {
        name = "";
        limit = "";
        currency = frame.getDefaultLocation().currency().code();
        made = null;
    }

    public void make() {
        errors.tried(
                () -> {
                    made = keys.make(frame.scope(), name, typedLimit()).key();
                    rows = null;
                });
    }

    private Optional<Money> typedLimit() {
        if (limit == null || limit.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    MoneyText.parse(
                            limit,
                            Asset.of(currency),
                            FacesContext.getCurrentInstance().getViewRoot().getLocale()));
        } catch (HubException wrong) {
            throw HubException.ofField("limit", wrong.code(), errors.sentence(wrong));
        }
    }

    public void choose(ApiKeyId id) {
        chosen = id;
        chosenName =
                getRows().stream()
                        .filter(row -> row.id().equals(id))
                        .findFirst()
                        .map(ApiKeyRow::name)
                        .orElse("");
    }

    public void revoke() {
        errors.tried(
                () -> {
                    keys.revoke(frame.scope(), chosen);
                    errors.done(texts.of("keys.revoked", chosenName), "");
                    rows = null;
                });
    }

    /** Forgets the key that was shown. */
    public void forget() {
        made = null;
    }

    public String limitOf(ApiKeyRow row) {
        return row.moneyLimit()
                .map(
                        m ->
                                MoneyText.full(
                                        m,
                                        FacesContext.getCurrentInstance()
                                                .getViewRoot()
                                                .getLocale()))
                .orElseGet(() -> texts.of("people.limit.none"));
    }

    public List<String> getCurrencies() {
        return frame.getLocations().stream().map(l -> l.currency().code()).distinct().toList();
    }

    /** The key just made; it is shown once. */
    public String getMade() {
        return made;
    }

    public String getChosenName() {
        return chosenName;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
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
