package org.payhub.audit;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Scope;

/**
 * Notes who asks for what is not theirs: the id of another business, or of a location they do not
 * work at. The caller is told only that there is no such thing, and so is the audit of the caller's
 * own merchant: neither says whether it exists elsewhere.
 *
 * <p>Called at the borders (calls and pages), once the refused work is over, so that the entry does
 * not vanish with its transaction and waits for no lock of it.
 *
 * <p><b>Guarantee</b>: however many ids somebody tries, one caller leaves an entry for the first,
 * tenth, hundredth… attempt of an hour. Counted in memory: each node counts for itself.
 */
@ApplicationScoped
public class StrayRequests {

    private static final System.Logger LOG = System.getLogger(StrayRequests.class.getName());

    private static final Duration SPELL = Duration.ofHours(1);
    private static final int MOST_CALLERS = 10_000;

    private static final String ABSENT = ".not_found";

    private record Caller(MerchantId merchant, Actor.Kind kind, UUID id) {}

    private record Spell(Instant began, long attempts) {}

    private final Map<Caller, Spell> spells = new ConcurrentHashMap<>();
    private AuditLog audit;
    private Clock clock;

    /** For the container. */
    protected StrayRequests() {}

    @Inject
    StrayRequests(AuditLog audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Notes the refusal, if it says that a thing is not there for this caller.
     *
     * @param id what was asked for, as far as the address tells; may be empty
     */
    public void note(Scope scope, HubException refusal, String id) {
        if (refusal.problem() != Problem.NOT_FOUND || !refusal.code().endsWith(ABSENT)) {
            return;
        }
        long attempts = count(scope);
        if (!isPowerOfTen(attempts)) {
            return;
        }
        String what = refusal.code().substring(0, refusal.code().length() - ABSENT.length());
        try {
            audit.record(
                    scope,
                    "access.not_theirs",
                    what,
                    id,
                    AuditDetails.of("attemptsWithinTheHour", Long.toString(attempts)));
        } catch (EJBException e) {
            // The refusal itself stands; the caller must not learn more from a failing database.
            LOG.log(Level.WARNING, "a stray request could not be noted", e);
        }
    }

    private long count(Scope scope) {
        Instant now = clock.instant();
        if (spells.size() >= MOST_CALLERS) {
            spells.values().removeIf(spell -> isOver(spell, now));
        }
        Caller caller = new Caller(scope.merchant(), scope.actor().kind(), scope.actor().id());
        return spells.merge(
                        caller,
                        new Spell(now, 1),
                        (spell, first) ->
                                isOver(spell, now)
                                        ? first
                                        : new Spell(spell.began(), spell.attempts() + 1))
                .attempts();
    }

    private static boolean isOver(Spell spell, Instant now) {
        return !now.isBefore(spell.began().plus(SPELL));
    }

    static boolean isPowerOfTen(long attempts) {
        long rest = attempts;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }
}
