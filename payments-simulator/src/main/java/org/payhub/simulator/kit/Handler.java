package org.payhub.simulator.kit;

/** Answers one HTTP request; a {@code null} is never returned. */
@FunctionalInterface
public interface Handler {
    Answer handle(Call call);
}
