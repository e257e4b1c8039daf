package org.payhub.integration;

import java.time.Instant;
import java.util.Optional;

/**
 * One thing that has to be right, and by what we know that it is.
 *
 * @param key stable: {@code credentials}, {@code rights}, {@code webhook_secret}, {@code
 *     webhook_settings}, {@code first_event}, {@code clock}, {@code key_age}, {@code calls}, {@code
 *     proof}
 * @param evidence one sentence: what was seen, or what to do
 */
public record ChecklistItem(String key, State state, String evidence, Optional<Instant> at) {

    /** How one thing stands. */
    public enum State {
        DONE,
        /** Nothing is wrong; we wait for it. */
        WAITING,
        /** Somebody has to act. */
        PROBLEM,
        /** Better with it, fine without. */
        HINT
    }
}
