package org.payhub.provider.stripe;

import com.stripe.param.WebhookEndpointCreateParams;
import com.stripe.param.WebhookEndpointCreateParams.ApiVersion;
import com.stripe.param.WebhookEndpointCreateParams.EnabledEvent;
import com.stripe.param.WebhookEndpointListParams;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.WebhookRegistering.RegisteredWebhook;
import org.payhub.provider.spi.WebhookRegistering.WebhookSettings;

/**
 * Webhook endpoints of the merchant's account: made by us, in the version that we read best, looked
 * at, and taken back.
 *
 * <p>An endpoint's version cannot be changed and its secret is told once, when it is made; so an
 * endpoint of the same address is replaced, never edited.
 */
final class StripeEndpoints {

    /** The version of the events that we ask for: the library's own. */
    static final String VERSION = ApiVersion.VERSION_2026_07_29_DAHLIA.getValue();

    /** Stripe's limit of endpoints for an account and mode. */
    private static final int MOST = 16;

    private StripeEndpoints() {}

    static RegisteredWebhook register(StripeCalls.Line line, String url) {
        List<Json> all = list(line);
        List<String> old =
                all.stream()
                        .filter(e -> e.text("url").filter(url::equals).isPresent())
                        .flatMap(e -> StripeObjects.id(e, "id").stream())
                        .toList();
        // Made before the old one goes, so that no event falls between, where there is room.
        boolean room = all.size() < MOST;
        if (!room) {
            old.forEach(id -> remove(line, id));
        }
        Json made = create(line, url);
        if (room) {
            old.forEach(id -> remove(line, id));
        }
        return new RegisteredWebhook(
                StripeObjects.id(made, "id").orElseThrow(StripeEndpoints::incomplete),
                StripeKeys.WEBHOOK_SECRET,
                Secret.of(made.filled("secret").orElseThrow(StripeEndpoints::incomplete)));
    }

    private static ProviderUnavailable incomplete() {
        return new ProviderUnavailable(
                "Stripe made the webhook endpoint and did not tell its secret.", true, null);
    }

    private static Json create(StripeCalls.Line line, String url) {
        WebhookEndpointCreateParams.Builder wanted =
                WebhookEndpointCreateParams.builder()
                        .setUrl(url)
                        .setApiVersion(ApiVersion.VERSION_2026_07_29_DAHLIA)
                        .setDescription("Payhub")
                        .putMetadata("payhub", "webhook");
        StripeEvents.REQUIRED.forEach(type -> wanted.addEnabledEvent(constant(type)));
        StripeEvents.USEFUL.forEach(type -> wanted.addEnabledEvent(constant(type)));
        return permitted(
                () -> line.ask((c, o) -> c.v1().webhookEndpoints().create(wanted.build(), o)));
    }

    private static EnabledEvent constant(String type) {
        return EnabledEvent.valueOf(type.toUpperCase(Locale.ROOT).replace(".", "__"));
    }

    private static List<Json> list(StripeCalls.Line line) {
        return permitted(
                        () ->
                                line.ask(
                                        (c, o) ->
                                                c.v1().webhookEndpoints()
                                                        .list(
                                                                WebhookEndpointListParams.builder()
                                                                        .setLimit(100L)
                                                                        .build(),
                                                                o)))
                .list("data");
    }

    private interface Asked {
        Json ask();
    }

    private static Json permitted(Asked question) {
        try {
            return question.ask();
        } catch (ProviderRefused e) {
            if (e.code().equals(StripeCalls.RIGHT_MISSING)) {
                throw ProviderRefused.of(
                        StripeKeys.SECRET_KEY,
                        "integration.webhook_right_missing",
                        "The restricted key lacks the right Webhook Endpoints: Write. Grant it, or"
                                + " add the destination by hand and paste its signing secret.",
                        e.providerCode().orElse(null),
                        e.requestId().orElse(null));
            }
            throw e;
        }
    }

    static WebhookSettings inspect(StripeCalls.Line line, String url, Optional<String> key) {
        List<Json> all;
        try {
            all = list(line);
        } catch (ProviderRefused e) {
            if (e.code().equals("integration.webhook_right_missing")) {
                return WebhookSettings.unreadable();
            }
            throw e;
        }
        Optional<Json> ours =
                all.stream()
                        .filter(
                                e ->
                                        key.isPresent() && StripeObjects.id(e, "id").equals(key)
                                                || e.text("url").filter(url::equals).isPresent())
                        .findFirst();
        if (ours.isEmpty()) {
            return new WebhookSettings(
                    true, false, false, StripeEvents.REQUIRED, StripeEvents.USEFUL);
        }
        List<String> sent = ours.get().texts("enabled_events");
        return new WebhookSettings(
                true,
                true,
                ours.get().text("status").filter("enabled"::equals).isPresent(),
                missing(StripeEvents.REQUIRED, sent),
                missing(StripeEvents.USEFUL, sent));
    }

    private static List<String> missing(List<String> wanted, List<String> sent) {
        if (sent.contains("*")) {
            return List.of();
        }
        return WebhookSettings.missing(wanted, sent);
    }

    /** Absent is fine: the merchant may have removed it by hand. */
    static void remove(StripeCalls.Line line, String key) {
        line.find((c, o) -> c.v1().webhookEndpoints().delete(key, o));
    }
}
