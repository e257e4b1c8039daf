package org.payhub.web.rate;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.payhub.money.Asset;
import org.payhub.money.Rate;
import org.payhub.platform.HubException;
import org.payhub.provider.Providers;
import org.payhub.rate.EnterRate;
import org.payhub.rate.RateId;
import org.payhub.rate.RateRow;
import org.payhub.rate.Rates;
import org.payhub.tenancy.Right;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;

/** Settings, Rates: enters how many coins one unit of a currency is, and until when that holds. */
@Named("ratesView")
@ViewScoped
public class RatesView implements Serializable {

    private static final long serialVersionUID = 1L;

    /** In hours; a choice keeps people from a rate that outlives its truth by mistake. */
    private static final List<Integer> SPANS = List.of(1, 6, 24, 72, 168, 720);

    @Inject Rates rates;
    @Inject Providers providers;
    @Inject Frame frame;
    @Inject FacesErrors errors;
    @Inject Texts texts;
    @Inject Show show;

    private transient List<RateRow> rows;
    private RateRow chosen;
    private String from;
    private String to;
    private String rate;
    private String source;
    private int hours;

    public void load() {
        frame.scope().require(Right.SET_RATES);
    }

    public List<RateRow> getRows() {
        if (rows == null) {
            rows = rates.list(frame.scope());
        }
        return rows;
    }

    /** Opens the empty form. */
    public void openNew() {
        from = getCurrencies().get(0);
        to = getCoins().get(0).code();
        rate = "";
        source = "";
        hours = 24;
    }

    /** Opens the form for a pair that has a rate. */
    public void openAgain(RateRow row) {
        from = row.from().code();
        to = row.to().code();
        rate = row.rate().toString();
        source = row.source();
        hours = 24;
    }

    public void enter() {
        errors.tried(
                () -> {
                    RateRow made =
                            rates.enter(
                                    frame.scope(),
                                    new EnterRate(
                                            Asset.of(from),
                                            Asset.of(to),
                                            typedRate(),
                                            source == null ? "" : source,
                                            frame.now().plus(Duration.ofHours(hours))));
                    rows = null;
                    errors.done(texts.of("rates.entered", pairText(made)), "");
                });
    }

    /** A comma is a point here: a rate has no groups of thousands. */
    private Rate typedRate() {
        String typed = rate == null ? "" : rate.strip().replace(',', '.');
        try {
            return Rate.parse(typed);
        } catch (HubException wrong) {
            throw HubException.ofField("rate", wrong.code(), errors.sentence(wrong));
        }
    }

    public void choose(RateId id) {
        chosen = getRows().stream().filter(r -> r.id().equals(id)).findFirst().orElse(null);
    }

    public void withdraw() {
        errors.tried(
                () -> {
                    rates.withdraw(frame.scope(), chosen.id());
                    rows = null;
                    errors.done(texts.of("rates.withdrawn"), "");
                });
    }

    /** {@code 1 EUR = 1.087 USDT (TRON)}. */
    public String pairText(RateRow row) {
        return "1\u00a0"
                + show.coin(row.from())
                + " = "
                + row.rate()
                + "\u00a0"
                + show.coin(row.to());
    }

    public List<String> getCurrencies() {
        return frame.getLocations().stream().map(l -> l.currency().code()).distinct().toList();
    }

    /** Whatever a provider charges that is no currency of a state. */
    public List<Asset> getCoins() {
        return providers.all().stream()
                .flatMap(connector -> connector.profile().assets().stream())
                .filter(asset -> asset.code().length() != 3)
                .distinct()
                .sorted(Comparator.comparing(Asset::code).reversed())
                .toList();
    }

    public List<Integer> getSpans() {
        return SPANS;
    }

    public RateRow getChosen() {
        return chosen;
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = from;
    }

    public String getTo() {
        return to;
    }

    public void setTo(String to) {
        this.to = to;
    }

    public String getRate() {
        return rate;
    }

    public void setRate(String rate) {
        this.rate = rate;
    }

    public String getSource() {
        return source;
    }

    public void setSource(String source) {
        this.source = source;
    }

    public int getHours() {
        return hours;
    }

    public void setHours(int hours) {
        this.hours = hours;
    }
}
