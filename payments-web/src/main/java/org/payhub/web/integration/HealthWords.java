package org.payhub.web.integration;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.payhub.integration.ChecklistItem;
import org.payhub.integration.HealthFacts;
import org.payhub.integration.IntegrationDetail;
import org.payhub.integration.IntegrationRow;
import org.payhub.web.shared.Show;
import org.payhub.web.shared.Texts;

/** The sentence that a card and the integration's page begin with, from facts alone. */
@Named("healthWords")
@RequestScoped
public class HealthWords {

    @Inject Texts texts;
    @Inject Show show;
    @Inject ProviderWords words;

    /** For a card: short. */
    public Sentence ofCard(IntegrationRow row, ZoneId zone) {
        return switch (row.status()) {
            case LIVE -> new Sentence("success", texts.of("health.works"), lastEvent(row, zone));
            case TEST ->
                    new Sentence(
                            "test",
                            texts.of("health.test"),
                            lastEvent(row, zone) + " " + texts.of("health.test.text"));
            case PAUSED ->
                    new Sentence("idle", texts.of("health.paused"), texts.of("health.paused.text"));
            case ERROR ->
                    new Sentence(
                            "danger",
                            texts.of("health.error", row.providerName()),
                            row.need().orElse(""));
            case ACTION_NEEDED ->
                    new Sentence("attention", texts.of("health.action"), row.need().orElse(""));
            case NOT_CONNECTED -> new Sentence("none", "", "");
        };
    }

    /** For the integration's own page: everything that was seen. */
    public Sentence ofPage(IntegrationDetail detail, Optional<CallsOfDay> calls, ZoneId zone) {
        IntegrationRow row = detail.row();
        Sentence card = ofCard(row, zone);
        String says =
                row.status().isGreen()
                        ? texts.of("health.page.works", row.providerName())
                        : card.says();
        String evidence =
                Stream.of(
                                row.status().isGreen() ? "" : card.evidence(),
                                row.status().isGreen() ? genuine(detail.health(), zone) : "",
                                calls.filter(c -> c.all() > 0).map(this::answered).orElse(""),
                                refused(detail.health(), zone),
                                row.livemode() ? "" : texts.of("health.test.text"))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" "));
        return new Sentence(card.tone(), says, evidence);
    }

    /** One line of the checklist in the reader's language, where there is a text for it. */
    public String title(ChecklistItem item) {
        String key = "check." + item.key();
        return texts.ofOr(
                texts.ofOr(item.key(), key),
                key + "." + item.state().name().toLowerCase(java.util.Locale.ROOT));
    }

    /** How a line of the checklist looks. */
    public String tick(ChecklistItem item) {
        return switch (item.state()) {
            case DONE -> "done";
            case WAITING -> "now";
            case PROBLEM -> "attn";
            case HINT -> "todo";
        };
    }

    public String cause(String cause) {
        return texts.ofOr(cause, "refusal." + cause.toLowerCase(java.util.Locale.ROOT));
    }

    /** "2 minutes ago" within the last hour, else the time. */
    public String when(Instant at, ZoneId zone) {
        if (at == null) {
            return "";
        }
        long minutes = show.minutesSince(at);
        if (minutes == 0) {
            return texts.of("ago.moment");
        }
        return minutes < 60 ? texts.count("ago.minutes", minutes) : show.time(at, zone);
    }

    /** How old something is, in the largest whole unit. */
    public String age(Instant since) {
        long minutes = show.minutesSince(since);
        if (minutes < 1) {
            return texts.of("age.moment");
        }
        if (minutes < 60) {
            return texts.count("age.minutes", minutes);
        }
        return minutes < 60 * 24
                ? texts.count("age.hours", minutes / 60)
                : texts.count("age.days", minutes / (60 * 24));
    }

    /** How long until then, in the largest two units. */
    public String left(Instant until) {
        long minutes = Math.max(0, show.now().until(until, java.time.temporal.ChronoUnit.MINUTES));
        return minutes < 60
                ? texts.count("age.minutes", minutes)
                : texts.count("age.hours", minutes / 60);
    }

    private String lastEvent(IntegrationRow row, ZoneId zone) {
        return row.lastEventAt()
                .map(at -> texts.of("health.event", when(at, zone)))
                .orElse(texts.of("health.event.none"));
    }

    private String genuine(HealthFacts health, ZoneId zone) {
        return health.lastEventAt()
                .map(at -> texts.of("health.page.event", when(at, zone)))
                .orElse(texts.of("health.event.none"));
    }

    private String answered(CallsOfDay calls) {
        return texts.of(
                "health.page.calls",
                show.number(calls.all() - calls.failed()),
                show.number(calls.all()));
    }

    private String refused(HealthFacts health, ZoneId zone) {
        long refused =
                health.refusals().stream().mapToLong(HealthFacts.RefusalCount::refused).sum();
        if (refused == 0 || health.lastRefusedAt().isEmpty()) {
            return "";
        }
        return texts.count(
                "health.page.refused",
                refused,
                when(health.lastRefusedAt().get(), zone),
                health.lastRefusal().map(this::cause).orElse(""));
    }
}
