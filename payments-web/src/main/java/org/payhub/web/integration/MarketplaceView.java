package org.payhub.web.integration;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.payhub.integration.CatalogueEntry;
import org.payhub.integration.ConnectDrafts;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.IntegrationRow;
import org.payhub.integration.IntegrationStatus;
import org.payhub.integration.Integrations;
import org.payhub.merchant.LocationRow;
import org.payhub.money.Asset;
import org.payhub.tenancy.Right;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.Frame;
import org.payhub.web.shared.PageAddress;
import org.payhub.web.shared.Texts;
import org.primefaces.PrimeFaces;

/** The marketplace: search, filters and one card per provider, each with its next step. */
@Named("marketplace")
@ViewScoped
public class MarketplaceView implements Serializable {

    private static final long serialVersionUID = 1L;

    /** Filter value for everything that is connected, in whatever state. */
    private static final String CONNECTED = "connected";

    @Inject Integrations integrations;
    @Inject ConnectDrafts drafts;
    @Inject Frame frame;
    @Inject HealthWords health;
    @Inject ProviderWords words;
    @Inject Texts texts;
    @Inject FacesErrors errors;

    private String search = "";
    private String state = "";
    private String currency = "";
    private String method = "";
    private transient List<CatalogueEntry> catalogue;

    // ---- what the page shows ------------------------------------------------------------------

    public List<ProviderCard> getCards() {
        return entries().filter(this::isOfState).map(this::card).toList();
    }

    public int getAll() {
        return catalogue().size();
    }

    public boolean isNothingConnected() {
        return catalogue().stream().allMatch(e -> e.status() == IntegrationStatus.NOT_CONNECTED);
    }

    public boolean isFiltered() {
        return !address().isPlain();
    }

    public boolean isMayConnect() {
        return frame.may(Right.MANAGE_INTEGRATIONS);
    }

    /** The states with how many cards each leaves, under the other filters. */
    public List<Chip> getStates() {
        Map<IntegrationStatus, Long> counts =
                entries()
                        .collect(
                                Collectors.groupingBy(
                                        CatalogueEntry::status, Collectors.counting()));
        List<Chip> chips = new ArrayList<>();
        chips.add(chip("", texts.of("common.all"), entries().count()));
        Stream.of(
                        IntegrationStatus.LIVE,
                        IntegrationStatus.ACTION_NEEDED,
                        IntegrationStatus.ERROR,
                        IntegrationStatus.TEST,
                        IntegrationStatus.PAUSED,
                        IntegrationStatus.NOT_CONNECTED)
                .map(status -> chip(word(status), wordOf(status), counts.getOrDefault(status, 0L)))
                .filter(chip -> chip.count() > 0 || chip.on())
                .forEach(chips::add);
        return chips;
    }

    private Chip chip(String value, String label, long count) {
        return new Chip(
                value,
                label,
                count,
                value.equals(state),
                address().with("state", value).toString());
    }

    private String wordOf(IntegrationStatus status) {
        return texts.of("state.integration." + word(status));
    }

    public List<Chip> getCurrencies() {
        return values(
                e -> e.profile().assets().stream().map(Asset::symbol),
                "currency",
                currency,
                Function.identity());
    }

    public List<Chip> getMethods() {
        return values(e -> e.profile().methods().stream(), "method", method, words::method);
    }

    private List<Chip> values(
            Function<CatalogueEntry, Stream<String>> of,
            String part,
            String chosen,
            Function<String, String> label) {
        Map<String, Long> counts = new HashMap<>();
        catalogue()
                .forEach(
                        entry ->
                                of.apply(entry)
                                        .distinct()
                                        .forEach(v -> counts.merge(v, 1L, Long::sum)));
        return counts.entrySet().stream()
                .map(
                        e ->
                                new Chip(
                                        e.getKey(),
                                        label.apply(e.getKey()),
                                        e.getValue(),
                                        e.getKey().equals(chosen),
                                        address().with(part, e.getKey()).toString()))
                .sorted(Comparator.comparing(Chip::label))
                .toList();
    }

    public String getMethodWord() {
        return words.method(method);
    }

    public String getWithoutCurrency() {
        return address().without("currency").toString();
    }

    public String getWithoutMethod() {
        return address().without("method").toString();
    }

    // ---- what the person does -----------------------------------------------------------------

    /** While typing: the cards follow, and so does the address. */
    public void narrow() {
        PrimeFaces.current().executeScript("Payhub.at('" + address() + "')");
    }

    /** Enter: the same as a page of its own. */
    public String find() {
        return "/admin/marketplace?faces-redirect=true&includeViewParams=true";
    }

    public void resume(IntegrationId id) {
        errors.tried(
                () -> {
                    IntegrationRow row = integrations.resume(frame.scope(), id).row();
                    catalogue = null;
                    errors.done(texts.of("integration.resumed", row.providerName()), "");
                });
    }

    // ---- cards --------------------------------------------------------------------------------

    private List<CatalogueEntry> catalogue() {
        if (catalogue == null) {
            catalogue =
                    integrations.catalogue(frame.scope(), "").stream()
                            .sorted(
                                    Comparator.comparing(
                                            e -> e.status() == IntegrationStatus.NOT_CONNECTED))
                            .toList();
        }
        return catalogue;
    }

    private Stream<CatalogueEntry> entries() {
        return catalogue().stream()
                .filter(e -> matches(e, search))
                .filter(e -> method.isEmpty() || e.profile().methods().contains(method))
                .filter(
                        e ->
                                currency.isEmpty()
                                        || e.profile().assets().stream()
                                                .anyMatch(a -> a.symbol().equals(currency)));
    }

    private boolean isOfState(CatalogueEntry entry) {
        return state.isEmpty()
                || word(entry.status()).equals(state)
                || state.equals(CONNECTED) && entry.status() != IntegrationStatus.NOT_CONNECTED;
    }

    /**
     * Every word of the search is in the name, a method or its brands, a currency or the summary.
     */
    private boolean matches(CatalogueEntry entry, String wanted) {
        String text =
                Stream.of(
                                Stream.of(
                                        entry.profile().code(),
                                        words.name(entry.profile().code()),
                                        words.summary(entry.profile()),
                                        texts.ofOr("", "pay.method." + entry.profile().code())),
                                entry.profile().methods().stream()
                                        .flatMap(m -> Stream.of(m, words.method(m))),
                                entry.profile().assets().stream().map(Asset::code))
                        .flatMap(Function.identity())
                        .collect(Collectors.joining(" "))
                        .toLowerCase(Locale.ROOT);
        return Stream.of(wanted.toLowerCase(Locale.ROOT).strip().split("\\s+"))
                .allMatch(text::contains);
    }

    private ProviderCard card(CatalogueEntry entry) {
        String code = entry.profile().code();
        Optional<IntegrationRow> main =
                entry.integrations().stream()
                        .filter(row -> row.status() == entry.status())
                        .findFirst()
                        .or(() -> entry.integrations().stream().findFirst());
        return new ProviderCard(
                code,
                words.name(code),
                main.map(this::places).orElse(words.summary(entry.profile())),
                entry.status(),
                main.map(row -> health.ofCard(row, frame.getZone()))
                        .orElse(new Sentence("none", "", words.needs(entry.profile()))),
                entry.profile().methods().stream().map(words::method).toList(),
                words.assets(entry.profile().assets(), preferred()),
                abilities(entry),
                entry.integrations().size() < 2 ? List.of() : lines(entry.integrations()),
                step(entry, main),
                main.map(row -> page(row.id())).orElse(""),
                main.filter(row -> row.status() == IntegrationStatus.PAUSED)
                        .map(IntegrationRow::id)
                        .orElse(null));
    }

    private String places(IntegrationRow row) {
        String where =
                row.allLocations()
                        ? texts.of("where.all")
                        : frame.getLocations().stream()
                                .filter(
                                        l ->
                                                integrations
                                                        .get(frame.scope(), row.id())
                                                        .locations()
                                                        .contains(l.id()))
                                .map(LocationRow::name)
                                .collect(Collectors.joining(", "));
        return row.accountName().map(name -> name + " · " + where).orElse(where);
    }

    private String abilities(CatalogueEntry entry) {
        return entry.abilities().stream()
                .map(words::ability)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining(" · "));
    }

    private List<ProviderCard.Line> lines(List<IntegrationRow> rows) {
        return rows.stream()
                .map(
                        row ->
                                new ProviderCard.Line(
                                        row.accountName()
                                                .orElse(
                                                        texts.of(
                                                                row.livemode()
                                                                        ? "mode.live"
                                                                        : "mode.test")),
                                        row.status(),
                                        page(row.id())))
                .toList();
    }

    private ProviderCard.Step step(CatalogueEntry entry, Optional<IntegrationRow> main) {
        String code = entry.profile().code();
        if (!isMayConnect()) {
            return ProviderCard.Step.none();
        }
        if (main.isEmpty()) {
            boolean begun = drafts.find(frame.scope(), code).isPresent();
            return new ProviderCard.Step(
                    texts.of(begun ? "marketplace.continue" : "marketplace.connect"),
                    "",
                    wizard(code).toString(),
                    true);
        }
        IntegrationRow row = main.get();
        PageAddress wizard = wizard(code).with("id", row.id());
        return switch (row.status()) {
            case ACTION_NEEDED ->
                    row.proofPassed()
                            ? filled("marketplace.fix", "pi-wrench", page(row.id()))
                            : filled(
                                    "marketplace.continue",
                                    "",
                                    wizard.with("step", "notifications").toString());
            case ERROR -> filled("marketplace.fix", "pi-wrench", page(row.id()));
            case TEST ->
                    row.proofPassed()
                            ? ProviderCard.Step.none()
                            : new ProviderCard.Step(
                                    texts.of("marketplace.prove"),
                                    "pi-play",
                                    wizard.with("step", "proof").toString(),
                                    false);
            case PAUSED, LIVE, NOT_CONNECTED -> ProviderCard.Step.none();
        };
    }

    private ProviderCard.Step filled(String label, String icon, String url) {
        return new ProviderCard.Step(texts.of(label), icon, url, true);
    }

    private static PageAddress wizard(String code) {
        return PageAddress.of("connect").with("provider", code);
    }

    private static String page(IntegrationId id) {
        return PageAddress.of("integration").with("id", id).toString();
    }

    private Set<Asset> preferred() {
        return frame.getLocations().stream()
                .map(LocationRow::currency)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private PageAddress address() {
        return PageAddress.of("marketplace")
                .with("q", search)
                .with("state", state)
                .with("currency", currency)
                .with("method", method);
    }

    private static String word(IntegrationStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    // ---- filters, from the address ------------------------------------------------------------

    public String getSearch() {
        return search;
    }

    public void setSearch(String search) {
        this.search = text(search);
    }

    public String getState() {
        return state;
    }

    public void setState(String state) {
        this.state = text(state).toLowerCase(Locale.ROOT);
    }

    public String getCurrency() {
        return currency;
    }

    public void setCurrency(String currency) {
        this.currency = text(currency);
    }

    public String getMethod() {
        return method;
    }

    public void setMethod(String method) {
        this.method = text(method);
    }

    private static String text(String typed) {
        return typed == null ? "" : typed.strip();
    }
}
