package org.payhub.provider.spi;

/** What a provider is answered: status, media type (may be empty) and text. */
public record WebhookReply(int status, String contentType, String body) {

    public static WebhookReply empty(int status) {
        return new WebhookReply(status, "", "");
    }

    public static WebhookReply json(int status, String body) {
        return new WebhookReply(status, "application/json;charset=UTF-8", body);
    }
}
