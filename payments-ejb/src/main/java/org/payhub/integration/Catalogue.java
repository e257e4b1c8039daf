package org.payhub.integration;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.payhub.money.Asset;
import org.payhub.provider.spi.Capturing;
import org.payhub.provider.spi.CheckoutOpening;
import org.payhub.provider.spi.DayListing;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderProfile;
import org.payhub.provider.spi.Refunding;
import org.payhub.provider.spi.Rehearsing;
import org.payhub.provider.spi.StateReading;
import org.payhub.provider.spi.WebhookRegistering;

/** Lays the marketplace's cards out: the connected ones first, narrowed by a search. */
final class Catalogue {

    private Catalogue() {}

    static List<CatalogueEntry> of(
            List<ProviderConnector> connectors, List<IntegrationRow> rows, String search) {
        String[] words =
                search == null || search.isBlank()
                        ? new String[0]
                        : search.strip().toLowerCase(Locale.ROOT).split("\\s+");
        return connectors.stream()
                .filter(c -> Stream.of(words).allMatch(text(c.profile())::contains))
                .map(c -> entry(c, rows))
                .sorted(Comparator.comparing(e -> e.integrations().isEmpty()))
                .toList();
    }

    private static CatalogueEntry entry(ProviderConnector connector, List<IntegrationRow> rows) {
        List<IntegrationRow> own =
                rows.stream().filter(r -> r.provider().equals(connector.profile().code())).toList();
        return new CatalogueEntry(connector.profile(), abilities(connector), status(own), own);
    }

    /** The card speaks of real money first, then of the worst. */
    private static IntegrationStatus status(List<IntegrationRow> own) {
        return own.stream()
                .min(
                        Comparator.comparing((IntegrationRow r) -> !r.livemode())
                                .thenComparing(r -> r.status().isGreen()))
                .map(IntegrationRow::status)
                .orElse(IntegrationStatus.NOT_CONNECTED);
    }

    static List<String> abilities(ProviderConnector connector) {
        List<String> abilities = new ArrayList<>();
        if (connector instanceof CheckoutOpening) {
            abilities.add("checkout");
        }
        if (connector instanceof Refunding) {
            abilities.add("refund");
        }
        if (connector instanceof Capturing) {
            abilities.add("capture");
        }
        if (connector instanceof StateReading) {
            abilities.add("read");
        }
        if (connector instanceof WebhookRegistering) {
            abilities.add("register_webhook");
        }
        if (connector instanceof Rehearsing) {
            abilities.add("rehearse");
        }
        if (connector instanceof DayListing) {
            abilities.add("list_days");
        }
        return abilities;
    }

    private static String text(ProviderProfile profile) {
        return String.join(
                        " ",
                        profile.name(),
                        profile.code(),
                        String.join(" ", profile.methods()).replace('_', ' '),
                        String.join(" ", profile.countries()),
                        String.join(" ", profile.assets().stream().map(Asset::code).toList()))
                .toLowerCase(Locale.ROOT);
    }
}
