package org.payhub.link;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.payhub.money.Money;

/**
 * A link to be made.
 *
 * @param amount at most what is due; absent: all of it
 * @param expiresAt at most the end of the visit's day or 30 days from now; absent: the earlier of
 *     both
 * @param providers codes that may be used; none named: every one that is connected
 */
public record CreateLink(
        Optional<Money> amount, Optional<Instant> expiresAt, List<String> providers) {

    public CreateLink {
        providers = List.copyOf(providers);
    }

    /** All that is due, for as long as is possible, with every provider. */
    public static CreateLink usual() {
        return new CreateLink(Optional.empty(), Optional.empty(), List.of());
    }
}
