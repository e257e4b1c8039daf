package org.payhub.transaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.payhub.integration.IntegrationId;
import org.payhub.provider.spi.Reference;
import org.payhub.tenancy.MerchantId;

/**
 * One report of a provider while it is applied: by whom it came, and what it has changed so far.
 */
public final class Reporting {

    private final IntegrationId integration;
    private final MerchantId merchant;
    private final boolean livemode;
    private final Optional<UUID> delivery;
    private final List<Effect> effects = new ArrayList<>();
    private final List<Reference> appeared = new ArrayList<>();

    /**
     * @param delivery the webhook delivery that told it; empty when we asked
     */
    public Reporting(
            IntegrationId integration,
            MerchantId merchant,
            boolean livemode,
            Optional<UUID> delivery) {
        this.integration = integration;
        this.merchant = merchant;
        this.livemode = livemode;
        this.delivery = delivery;
    }

    public IntegrationId integration() {
        return integration;
    }

    public MerchantId merchant() {
        return merchant;
    }

    public boolean livemode() {
        return livemode;
    }

    public Optional<UUID> delivery() {
        return delivery;
    }

    /** Writes down what changed; a change from something to the same is none. */
    public void changed(String subject, String id, String what, String before, String after) {
        if (!before.equals(after)) {
            effects.add(new Effect(subject, id, what, before, after));
        }
    }

    /** A key became known, for which other deliveries may be waiting. */
    public void appeared(Reference key) {
        appeared.add(key);
    }

    public List<Reference> appeared() {
        return List.copyOf(appeared);
    }

    public List<Effect> effects() {
        return List.copyOf(effects);
    }
}
