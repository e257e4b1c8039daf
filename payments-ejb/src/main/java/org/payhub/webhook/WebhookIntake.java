package org.payhub.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.WebhookReply;

/** Takes webhooks in. */
@ApplicationScoped
public class WebhookIntake {

    /** For the container. */
    public WebhookIntake() {}

    /** The answer to give, once what has to be stored is stored. */
    public CompletionStage<WebhookReply> receive(
            String provider, Optional<String> webhookKey, RawWebhook raw, String senderAddress) {
        throw new UnsupportedOperationException();
    }
}
