package org.payhub.simulator.kit;

import com.google.gson.JsonObject;
import java.util.Optional;

/**
 * One imitated payment provider: its API, its pay page, its cabinet and its books.
 *
 * <p>Guarantee: {@link #restore} of what {@link #save} answered gives the same books, keys and
 * webhook endpoints, and deliveries that were still owed are owed again.
 */
public interface Provider extends AutoCloseable {

    /** Short lower-case word used in paths, such as {@code stripe}. */
    String code();

    /** Name shown on the cabinet's home page. */
    String title();

    /**
     * Where the provider's interface is: what {@code PAYHUB_<CODE>_API_BASE} is set to. A path of
     * its own keeps two providers' paths apart.
     */
    default String apiBase(String baseUrl) {
        return baseUrl + "/" + code();
    }

    /**
     * Adds the provider's paths, those of its interface below {@link #apiBase}; {@code baseUrl} is
     * known only once the server is bound.
     */
    void mount(Router router, String baseUrl);

    /** Everything that a restart must keep. */
    JsonObject save();

    /** Takes up what {@link #save} once answered. */
    void restore(JsonObject state);

    /** Grows with every change, so that the state file is written only when there is news. */
    long revision();

    /** Forgets everything and makes the default accounts anew; switches go back to normal. */
    void reset();

    /** What people do at this provider, for the exam; empty where the exam cannot be held. */
    default Optional<ExamActor> exam() {
        return Optional.empty();
    }

    @Override
    void close();
}
