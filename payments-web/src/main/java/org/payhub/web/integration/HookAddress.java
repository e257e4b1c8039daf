package org.payhub.web.integration;

import java.util.List;
import org.payhub.integration.WebhookUrls;
import org.payhub.web.shared.Texts;

/**
 * An address to be set at the provider, and what it is for.
 *
 * @param id a word that is unique on the page
 */
public record HookAddress(String id, String label, String url) {

    /** The integration's own addresses: one for each kind, or one for all. */
    static List<HookAddress> of(
            String provider, WebhookUrls urls, ProviderWords words, Texts texts) {
        if (urls.byKind().isEmpty()) {
            return List.of(
                    new HookAddress("hookurl", texts.of("connect.hand.address"), urls.keyed()));
        }
        return urls.byKind().entrySet().stream()
                .map(
                        e ->
                                new HookAddress(
                                        "hookurl-" + e.getKey(),
                                        words.webhookKind(provider, e.getKey()),
                                        e.getValue()))
                .toList();
    }
}
