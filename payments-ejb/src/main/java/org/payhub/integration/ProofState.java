package org.payhub.integration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.payhub.provider.spi.ProofStep;

/**
 * How far the proof of an integration has come: a smallest payment that was ordered, told by a
 * genuine webhook, and what else this provider's proof needs.
 *
 * @param steps what this provider's proof needs beyond the page and the webhook
 * @param payment the latest proof payment
 * @param prechecked whether the provider asked before a charge
 */
public record ProofState(
        Set<ProofStep> steps,
        Optional<UUID> payment,
        boolean opened,
        boolean prechecked,
        boolean eventSeen,
        boolean paid,
        boolean refunded,
        Optional<Instant> passedAt) {

    public ProofState {
        steps = Set.copyOf(steps);
    }

    /** Whether this provider's proof needs that step. */
    public boolean needs(ProofStep step) {
        return steps.contains(step);
    }

    /** What was seen of it, in words; of this provider's proof only. */
    String seen() {
        List<String> seen = new ArrayList<>();
        add(seen, opened, "page");
        add(seen, prechecked && needs(ProofStep.PRECHECK), "check");
        add(seen, eventSeen, "webhook");
        add(seen, paid && needs(ProofStep.PAYMENT), "payment");
        add(seen, refunded && needs(ProofStep.REFUND), "refund");
        return seen.isEmpty() ? "nothing" : String.join(", ", seen);
    }

    private static void add(List<String> seen, boolean was, String what) {
        if (was) {
            seen.add(what);
        }
    }

    /** Every step was seen. */
    boolean complete() {
        return opened
                && eventSeen
                && (prechecked || !needs(ProofStep.PRECHECK))
                && (paid || !needs(ProofStep.PAYMENT))
                && (refunded || !needs(ProofStep.REFUND));
    }
}
