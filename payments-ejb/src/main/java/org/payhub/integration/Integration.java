package org.payhub.integration;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.payhub.money.Asset;
import org.payhub.money.Assets;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.tenancy.LocationId;
import org.payhub.tenancy.MerchantId;

/** One merchant's link to one provider in one mode, and what was seen of it. */
@Entity
@Table(name = "integration")
class Integration {

    static final String HEARD_BY_ASKING =
            "A payment was learnt of only because we asked: no webhook told of it. The addresses are"
                    + " missing or wrong at the provider; set them again as the connect page says.";

    /** In the middle of the sentence about an address that does not answer. */
    static final String NOT_REACHED = " cannot be reached from outside: ";

    static final String REAL_MONEY =
            "Real money was paid with these keys, and this integration is for tests. Connect the"
                    + " provider once more in live mode; the money waits among what is unmatched.";

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    private String provider;
    private boolean livemode;

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.VARCHAR)
    private IntegrationStatus status;

    private boolean paused;

    @Column(name = "all_methods")
    private boolean allMethods;

    private int position;

    @Column(name = "account_key")
    private String accountKey;

    @Column(name = "account_name")
    private String accountName;

    @Column(name = "settlement_assets")
    private String settlementAssets;

    @Column(name = "missing_rights")
    private String missingRights;

    private String warnings;

    @Column(name = "webhook_key")
    private String webhookKey;

    @Column(name = "bare_url")
    private boolean bareUrl;

    @Column(name = "webhook_registration")
    private String webhookRegistration;

    @Column(name = "webhook_problem")
    private String webhookProblem;

    @Column(name = "real_money_at")
    private Instant realMoneyAt;

    @Column(name = "proof_passed_at")
    private Instant proofPassedAt;

    @Column(name = "first_event_at")
    private Instant firstEventAt;

    @Column(name = "last_event_at")
    private Instant lastEventAt;

    @Column(name = "last_refused_at")
    private Instant lastRefusedAt;

    @Column(name = "last_refusal")
    private String lastRefusal;

    @Column(name = "refusals_in_a_row")
    private int refusalsInARow;

    @Column(name = "last_call_ok_at")
    private Instant lastCallOkAt;

    @Column(name = "last_call_failed_at")
    private Instant lastCallFailedAt;

    @Column(name = "last_call_problem")
    private String lastCallProblem;

    @Column(name = "connected_at")
    private Instant connectedAt;

    @Column(name = "disconnected_at")
    private Instant disconnectedAt;

    @Version private int version;

    @ElementCollection(fetch = FetchType.LAZY)
    @CollectionTable(
            name = "integration_location",
            joinColumns = @JoinColumn(name = "integration_id"))
    @Column(name = "location_id")
    private Set<UUID> locations = new HashSet<>();

    /** For Hibernate. */
    protected Integration() {}

    Integration(
            IntegrationId id,
            MerchantId merchant,
            ConnectCommand command,
            ConnectionFacts facts,
            boolean livemode,
            String webhookKey,
            int position,
            Instant now) {
        this.id = id.value();
        this.merchant = merchant.value();
        this.provider = command.provider();
        this.livemode = livemode;
        this.allMethods = command.allMethods();
        this.bareUrl = command.bareUrl();
        this.webhookKey = webhookKey;
        this.position = position;
        this.connectedAt = now;
        useAt(command.locations());
        checked(facts, now);
    }

    /** The credentials worked and showed this. */
    void checked(ConnectionFacts facts, Instant at) {
        accountKey = facts.accountKey().map(k -> cut(k, 255)).orElse(accountKey);
        accountName = facts.accountName().map(n -> cut(n, 255)).orElse(accountName);
        settlementAssets =
                joined(
                        facts.settlementAssets().stream().map(Asset::code).sorted().toList(),
                        ",",
                        255);
        missingRights = joined(facts.missingRights(), "\n", 2000);
        warnings = joined(facts.warnings(), "\n", 2000);
        callSucceeded(at);
    }

    void callSucceeded(Instant at) {
        lastCallOkAt = later(lastCallOkAt, at);
        restate();
    }

    void callFailed(Instant at, String problem) {
        lastCallFailedAt = later(lastCallFailedAt, at);
        lastCallProblem = cut(problem, 500);
        restate();
    }

    /** A genuine signed event arrived; the only thing that makes it green. */
    void eventArrived(Instant first, Instant last) {
        firstEventAt = firstEventAt == null ? first : firstEventAt;
        lastEventAt = later(lastEventAt, last);
        refusalsInARow = 0;
        if (HEARD_BY_ASKING.equals(webhookProblem) || isUnreached()) {
            webhookProblem = null;
        }
        restate();
    }

    /** Our own address was called from outside; a problem that only its silence told is over. */
    void addressCalled(Optional<String> problem) {
        if (problem.isPresent()) {
            webhookLooked(problem);
        } else if (isUnreached()) {
            webhookLooked(Optional.empty());
        }
    }

    private boolean isUnreached() {
        return webhookProblem != null && webhookProblem.contains(NOT_REACHED);
    }

    /** Asking brought what a webhook should have told. */
    void heardByAsking() {
        webhookProblem = webhookProblem == null ? HEARD_BY_ASKING : webhookProblem;
        restate();
    }

    void eventsRefused(String cause, int times, Instant last) {
        lastRefusedAt = later(lastRefusedAt, last);
        lastRefusal = cause;
        refusalsInARow = (int) Math.min(Integer.MAX_VALUE, (long) refusalsInARow + times);
    }

    void webhookLooked(Optional<String> problem) {
        webhookProblem = problem.map(p -> cut(p, 500)).orElse(null);
        restate();
    }

    void registered(String registrationKey) {
        webhookRegistration = cut(registrationKey, 255);
        webhookProblem = null;
        bareUrl = false;
        restate();
    }

    /** A secret was typed: who set the address by hand may have taken either of the two. */
    void foundOnBareUrl() {
        bareUrl = true;
    }

    /** Real money came here, though this one is for tests, and no other one is there to take it. */
    void realMoneyCame(Instant at) {
        realMoneyAt = livemode ? null : at;
        restate();
    }

    /** There is one for real money now. */
    void realMoneyHasItsPlace() {
        realMoneyAt = null;
        restate();
    }

    void unregistered() {
        webhookRegistration = null;
    }

    void proofPassed(Instant at) {
        proofPassedAt = proofPassedAt == null ? at : proofPassedAt;
    }

    void pause() {
        paused = true;
        restate();
    }

    void resume() {
        paused = false;
        restate();
    }

    void disconnect(Instant at) {
        disconnectedAt = disconnectedAt == null ? at : disconnectedAt;
        restate();
    }

    void useAt(Set<LocationId> wanted) {
        Set<UUID> ids = wanted.stream().map(LocationId::value).collect(Collectors.toSet());
        locations.retainAll(ids);
        locations.addAll(ids);
    }

    void offerAllMethods(boolean all) {
        allMethods = all;
    }

    void moveTo(int place) {
        position = place;
    }

    private void restate() {
        status = facts().status();
    }

    private StatusFacts facts() {
        return new StatusFacts(
                isDisconnected(),
                paused,
                callFailing(),
                firstEventAt != null,
                webhookProblem != null,
                !missingRights.isEmpty(),
                realMoneyAt != null,
                livemode);
    }

    Optional<Instant> realMoneyAt() {
        return Optional.ofNullable(realMoneyAt);
    }

    boolean callFailing() {
        return lastCallFailedAt != null
                && (lastCallOkAt == null || lastCallFailedAt.isAfter(lastCallOkAt));
    }

    /** What a card says when the status is not a green one. */
    Optional<String> need() {
        switch (status) {
            case NOT_CONNECTED:
                return Optional.of("Disconnected; its history stays.");
            case PAUSED:
                return Optional.of("Paused: no new payments; refunds and webhooks go on.");
            case ERROR:
                return Optional.of(
                        "Our last call failed: "
                                + Optional.ofNullable(lastCallProblem).orElse("no answer")
                                + " Press Verify to try again.");
            case ACTION_NEEDED:
                if (realMoneyAt != null) {
                    return Optional.of(REAL_MONEY);
                }
                if (!missingRights.isEmpty()) {
                    return Optional.of(
                            "The key lacks a right: " + String.join(", ", missingRights()) + ".");
                }
                if (webhookProblem != null) {
                    return Optional.of(webhookProblem);
                }
                return Optional.of(
                        "Waiting for the first signed event. Make the proof payment, or send a"
                                + " test event from the provider's cabinet.");
            default:
                return Optional.empty();
        }
    }

    IntegrationId id() {
        return new IntegrationId(id);
    }

    MerchantId merchant() {
        return new MerchantId(merchant);
    }

    String provider() {
        return provider;
    }

    boolean livemode() {
        return livemode;
    }

    IntegrationStatus status() {
        return status;
    }

    boolean isDisconnected() {
        return disconnectedAt != null;
    }

    boolean allMethods() {
        return allMethods;
    }

    int position() {
        return position;
    }

    Optional<String> accountKey() {
        return Optional.ofNullable(accountKey);
    }

    Optional<String> accountName() {
        return Optional.ofNullable(accountName);
    }

    Set<Asset> settlementAssets() {
        return split(settlementAssets, ",").stream()
                .flatMap(code -> Assets.find(code).stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    List<String> missingRights() {
        return split(missingRights, "\n");
    }

    List<String> warnings() {
        return split(warnings, "\n");
    }

    String webhookKey() {
        return webhookKey;
    }

    boolean bareUrl() {
        return bareUrl;
    }

    Optional<String> webhookRegistration() {
        return Optional.ofNullable(webhookRegistration);
    }

    Optional<String> webhookProblem() {
        return Optional.ofNullable(webhookProblem);
    }

    Optional<Instant> proofPassedAt() {
        return Optional.ofNullable(proofPassedAt);
    }

    Optional<Instant> firstEventAt() {
        return Optional.ofNullable(firstEventAt);
    }

    Optional<Instant> lastEventAt() {
        return Optional.ofNullable(lastEventAt);
    }

    Optional<Instant> lastRefusedAt() {
        return Optional.ofNullable(lastRefusedAt);
    }

    Optional<String> lastRefusal() {
        return Optional.ofNullable(lastRefusal);
    }

    int refusalsInARow() {
        return refusalsInARow;
    }

    Optional<Instant> lastCallOkAt() {
        return Optional.ofNullable(lastCallOkAt);
    }

    Optional<Instant> lastCallFailedAt() {
        return Optional.ofNullable(lastCallFailedAt);
    }

    Optional<String> lastCallProblem() {
        return Optional.ofNullable(lastCallProblem);
    }

    Instant connectedAt() {
        return connectedAt;
    }

    Optional<Instant> disconnectedAt() {
        return Optional.ofNullable(disconnectedAt);
    }

    Set<LocationId> locations() {
        return locations.stream().map(LocationId::new).collect(Collectors.toUnmodifiableSet());
    }

    private static Instant later(Instant known, Instant told) {
        return known == null || told.isAfter(known) ? told : known;
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    /** As many whole items as fit. */
    private static String joined(List<String> items, String separator, int most) {
        StringBuilder text = new StringBuilder();
        for (String item : items) {
            String clean = item.replace(separator, " ").strip();
            int needed = clean.length() + (text.length() == 0 ? 0 : separator.length());
            if (clean.isEmpty() || text.length() + needed > most) {
                continue;
            }
            text.append(text.length() == 0 ? "" : separator).append(clean);
        }
        return text.toString();
    }

    private static List<String> split(String text, String separator) {
        return text.isEmpty() ? List.of() : List.of(text.split(separator));
    }
}
