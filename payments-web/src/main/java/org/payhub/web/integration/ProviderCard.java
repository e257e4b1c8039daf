package org.payhub.web.integration;

import java.io.Serializable;
import java.util.List;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.IntegrationStatus;

/**
 * A card of the marketplace, ready to show.
 *
 * @param sub where it is used, or what the provider is
 * @param lines the integrations, when there is more than one
 * @param step the one thing to do next
 * @param manage the address of the integration's page; empty when there is none yet
 * @param resumes the paused integration that the step resumes
 */
public record ProviderCard(
        String code,
        String name,
        String sub,
        IntegrationStatus status,
        Sentence health,
        List<String> methods,
        String assets,
        String abilities,
        List<Line> lines,
        Step step,
        String manage,
        IntegrationId resumes)
        implements Serializable {

    public ProviderCard {
        methods = List.copyOf(methods);
        lines = List.copyOf(lines);
    }

    public boolean isConnected() {
        return status != IntegrationStatus.NOT_CONNECTED;
    }

    /** One of several integrations with the same provider. */
    public record Line(String name, IntegrationStatus status, String url) implements Serializable {}

    /** A button: its words, icon and where it leads. */
    public record Step(String label, String icon, String url, boolean filled)
            implements Serializable {

        static Step none() {
            return new Step("", "", "", false);
        }
    }
}
