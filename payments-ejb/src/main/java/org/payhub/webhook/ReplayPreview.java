package org.payhub.webhook;

import java.util.List;

/**
 * What running a webhook again would do.
 *
 * @param says what it says in our words
 * @param asksProvider whether the provider is read first, so that today's state counts
 */
public record ReplayPreview(List<String> says, boolean asksProvider, boolean possible) {

    public ReplayPreview {
        says = List.copyOf(says);
    }
}
