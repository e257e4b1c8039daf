package org.payhub.reconciliation;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.payhub.integration.ActiveIntegration;
import org.payhub.integration.IntegrationId;

/** One day of one integration, compared or being compared. */
@Entity
@Table(name = "compared_day")
class ComparedDay {

    /** A run that says nothing for so long is taken to be dead. */
    static final Duration SILENCE = Duration.ofMinutes(10);

    /** After a failure it is left alone for a while, longer after each. */
    private static final Duration PAUSE = Duration.ofMinutes(15);

    private static final int LONGEST_PROBLEM = 500;

    @Id private UUID id;

    @Column(name = "merchant_id")
    private UUID merchant;

    @Column(name = "integration_id")
    private UUID integration;

    private boolean livemode;

    @Column(name = "compared_date")
    private LocalDate day;

    private String zone;

    @Convert(converter = DayStatusColumn.class)
    private DayStatus status;

    private int listed;
    private int matched;
    private int fetched;

    @Column(name = "left_over")
    private int differences;

    @Column(name = "not_ours")
    private int notOurs;

    /** Begun after the day was over, so that nothing of it can be missing. */
    private boolean whole;

    private String problem;
    private int attempts;
    private int run;

    @Column(name = "begun_at")
    private Instant begunAt;

    @Column(name = "touched_at")
    private Instant touchedAt;

    @Column(name = "ended_at")
    private Instant endedAt;

    @Column(name = "created_at")
    private Instant createdAt;

    @Version private int version;

    ComparedDay() {}

    ComparedDay(ActiveIntegration at, LocalDate day, ZoneId zone, Instant now) {
        this.id = ComparedDayId.next().value();
        this.merchant = at.merchant().value();
        this.integration = at.id().value();
        this.livemode = at.livemode();
        this.day = day;
        this.createdAt = now;
        begin(zone, now);
    }

    /** Whether somebody works on it now. */
    boolean isWorkedOn(Instant now) {
        return status == DayStatus.RUNNING && now.isBefore(touchedAt.plus(SILENCE));
    }

    /** A new run; what an earlier one found stands until this one ends. */
    void begin(ZoneId inZone, Instant now) {
        zone = inZone.getId();
        status = DayStatus.RUNNING;
        listed = 0;
        run++;
        problem = null;
        begunAt = now;
        whole = !now.isBefore(day.plusDays(1).atStartOfDay(inZone).toInstant());
        touchedAt = now;
    }

    void reached(int howMany, Instant now) {
        listed = howMany;
        touchedAt = now;
    }

    void done(DayFindings found, Instant now) {
        status = DayStatus.DONE;
        listed = found.listed();
        matched = found.matched();
        fetched = found.fetched();
        differences = found.left();
        notOurs = found.notOurs();
        attempts = 0;
        touchedAt = now;
        endedAt = now;
    }

    void failed(String why, Instant now) {
        status = DayStatus.FAILED;
        problem = why.length() <= LONGEST_PROBLEM ? why : why.substring(0, LONGEST_PROBLEM);
        attempts++;
        touchedAt = now;
    }

    int run() {
        return run;
    }

    /** Whether it is to be compared by itself now: not yet done as a whole, and not just failed. */
    boolean isDue(Instant now) {
        return switch (status) {
            case DONE -> !whole;
            case RUNNING -> !isWorkedOn(now);
            case FAILED -> !now.isBefore(touchedAt.plus(PAUSE.multipliedBy(attempts)));
        };
    }

    ComparedDayRow row() {
        return new ComparedDayRow(
                new ComparedDayId(id),
                new IntegrationId(integration),
                livemode,
                day,
                ZoneId.of(zone),
                status,
                listed,
                matched,
                fetched,
                differences,
                notOurs,
                Optional.ofNullable(problem),
                begunAt,
                Optional.ofNullable(endedAt));
    }
}
