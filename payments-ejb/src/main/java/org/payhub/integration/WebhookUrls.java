package org.payhub.integration;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the provider sends webhooks: the integration's own address, and the one for all.
 *
 * @param byKind the integration's own address for each kind, where the provider wants one for each
 */
public record WebhookUrls(String keyed, String bare, Map<String, String> byKind) {

    public WebhookUrls {
        byKind = Collections.unmodifiableMap(new LinkedHashMap<>(byKind));
    }
}
