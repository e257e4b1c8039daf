package org.payhub.provider.tropipay;

import jakarta.json.JsonObject;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.WebhookRegistering.RegisteredWebhook;
import org.payhub.provider.spi.WebhookRegistering.WebhookSettings;

/**
 * Hooks of the merchant's account. An account has one web address for each event, so another
 * system's address is never overwritten; each payment card tells our address by itself as well.
 */
final class TropipayHooks {

    private TropipayHooks() {}

    static RegisteredWebhook register(TropipayCalls.Line line, String url) {
        Map<String, String> set = subscriptions(line);
        List<String> known = events(line);
        for (String event : TropipayProtocol.REQUIRED_EVENTS) {
            requireFree(event, set.get(event), url);
        }
        for (String event : wanted(known)) {
            Optional<String> there = Optional.ofNullable(set.get(event));
            boolean theirs = there.filter(a -> !isOurs(a, url)).isPresent();
            if (there.filter(url::equals).isPresent() || theirs) {
                continue;
            }
            JsonObject hook =
                    TropipayCalls.JSON
                            .createObjectBuilder()
                            .add(TropipayProtocol.EVENT, event)
                            .add(TropipayProtocol.TARGET, TropipayProtocol.WEB)
                            .add(TropipayProtocol.VALUE, url)
                            .build();
            permitted(
                    () ->
                            there.isPresent()
                                    ? line.put(TropipayProtocol.HOOKS, hook)
                                    : line.post(TropipayProtocol.HOOKS, hook));
        }
        return new RegisteredWebhook(url, Optional.empty());
    }

    private static void requireFree(String event, String there, String url) {
        if (there != null && !isOurs(there, url)) {
            throw ProviderRefused.ofField(
                    "webhook",
                    "integration.webhook_taken",
                    "Tropipay sends "
                            + event
                            + " to another system already, and to one address only. That is left as"
                            + " it is: each payment tells our address by itself.");
        }
    }

    /** An address of this hub, perhaps of an earlier connection. */
    private static boolean isOurs(String there, String url) {
        try {
            URI one = URI.create(there);
            URI other = URI.create(url);
            String path = other.getPath();
            String root = path.substring(0, path.lastIndexOf('/') + 1);
            return one.getAuthority() != null
                    && one.getAuthority().equalsIgnoreCase(other.getAuthority())
                    && one.getPath().startsWith(root);
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return false;
        }
    }

    /** What we need, and of the rest what Tropipay knows: an unknown name is taken in silence. */
    private static List<String> wanted(List<String> known) {
        return Stream.concat(
                        TropipayProtocol.REQUIRED_EVENTS.stream(),
                        TropipayProtocol.USEFUL_EVENTS.stream().filter(known::contains))
                .toList();
    }

    private static List<String> events(TropipayCalls.Line line) {
        Json answer = permitted(() -> line.get(TropipayProtocol.HOOK_EVENTS));
        List<String> names = new ArrayList<>(TropipayList.texts(answer));
        for (Json row : TropipayList.rows(answer)) {
            row.filled(TropipayProtocol.EVENT)
                    .or(() -> row.filled(TropipayProtocol.NAME))
                    .ifPresent(names::add);
        }
        return names;
    }

    /** The web address of each event. */
    private static Map<String, String> subscriptions(TropipayCalls.Line line) {
        Map<String, String> set = new HashMap<>();
        for (Json row : TropipayList.rows(permitted(() -> line.get(TropipayProtocol.HOOKS)))) {
            boolean web =
                    row.text(TropipayProtocol.TARGET)
                            .filter(TropipayProtocol.WEB::equals)
                            .isPresent();
            Optional<String> event = row.filled(TropipayProtocol.EVENT);
            Optional<String> value = row.filled(TropipayProtocol.VALUE);
            if (web && event.isPresent() && value.isPresent()) {
                set.put(event.get(), value.get());
            }
        }
        return set;
    }

    private interface Asked {
        Json ask();
    }

    private static Json permitted(Asked question) {
        try {
            return question.ask();
        } catch (ProviderRefused e) {
            if (e.code().equals(TropipayCalls.RIGHT_MISSING)
                    || e.code().equals(TropipayCalls.NO_SUCH_OBJECT)) {
                throw ProviderRefused.of(
                        TropipayKeys.CLIENT_SECRET,
                        "integration.webhook_right_missing",
                        "These credentials may not set hooks. Each payment tells our address by"
                                + " itself; to hear of everything else, set it by hand in Tropipay.",
                        e.providerCode().orElse(null),
                        null);
            }
            throw e;
        }
    }

    static WebhookSettings inspect(TropipayCalls.Line line, String url, Optional<String> key) {
        Map<String, String> set;
        try {
            set = subscriptions(line);
        } catch (ProviderRefused e) {
            if (e.code().equals("integration.webhook_right_missing")) {
                return WebhookSettings.unreadable();
            }
            throw e;
        }
        List<String> sent =
                set.entrySet().stream()
                        .filter(
                                e ->
                                        e.getValue().equals(url)
                                                || key.filter(e.getValue()::equals).isPresent())
                        .map(Map.Entry::getKey)
                        .toList();
        return new WebhookSettings(
                true,
                !sent.isEmpty(),
                !sent.isEmpty(),
                WebhookSettings.missing(TropipayProtocol.REQUIRED_EVENTS, sent),
                WebhookSettings.missing(TropipayProtocol.USEFUL_EVENTS, sent));
    }

    /** Takes back what still bears our address; whatever else was set meanwhile stays. */
    static void remove(TropipayCalls.Line line, String url) {
        subscriptions(line)
                .forEach(
                        (event, value) -> {
                            if (value.equals(url)) {
                                line.delete(
                                        TropipayProtocol.HOOKS
                                                + "/"
                                                + TropipayCalls.encoded(event)
                                                + "/"
                                                + TropipayProtocol.WEB);
                            }
                        });
    }
}
