package org.payhub.provider.tiptoppay;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.WebhookRegistering.RegisteredWebhook;
import org.payhub.provider.spi.WebhookRegistering.WebhookSettings;
import org.payhub.provider.tiptoppay.TiptoppayCalls.Answer;
import org.payhub.provider.tiptoppay.TiptoppayCalls.Line;

/**
 * The notification addresses of the merchant's site, one for each kind. All can be looked at; all
 * but Check can be set. A site has one address for test and live: what tells them apart is in the
 * notification.
 */
final class TiptoppaySites {

    static final List<String> REQUIRED = List.of("check", "pay", "refund");
    static final List<String> USEFUL = List.of("fail", "confirm", "cancel");
    static final String BY_HAND = "check";

    private static final String CODE_IN_PATH = "/" + TiptoppayConnector.CODE;

    private TiptoppaySites() {}

    /** One kind's setting, as it stands. */
    private record Setting(boolean enabled, String address, boolean usual) {

        static Setting of(org.payhub.provider.http.Json model) {
            boolean usual =
                    is(model, "Encoding", "UTF8", "UTF-8")
                            && is(model, "Format", "CloudPayments", "CloudPayments")
                            && is(model, "HttpMethod", "POST", "GET");
            return new Setting(model.isTrue("IsEnabled"), model.text("Address").orElse(""), usual);
        }

        private static boolean is(
                org.payhub.provider.http.Json model, String name, String one, String other) {
            return model.filled(name)
                    .map(v -> v.equalsIgnoreCase(one) || v.equalsIgnoreCase(other))
                    .orElse(true);
        }
    }

    /** Pay and Refund are ours; the further kinds are taken where nobody else listens. */
    static RegisteredWebhook register(Line line, String url) {
        for (String type : REQUIRED) {
            if (!type.equals(BY_HAND)) {
                permitted(update(line, type, true, url + "/" + type));
            }
        }
        for (String type : USEFUL) {
            Optional<Setting> now = look(line, type);
            boolean free =
                    now.filter(s -> s.enabled() && !isOurs(s.address(), url, type)).isEmpty();
            if (now.isPresent() && free) {
                // These make things sooner known; a refusal is no reason to fail.
                update(line, type, true, url + "/" + type);
            }
        }
        return new RegisteredWebhook(url, Optional.empty());
    }

    private static void permitted(Answer answer) {
        if (answer.isRefused()) {
            throw ProviderRefused.ofField(
                    TiptoppayKeys.API_SECRET,
                    "integration.webhook_right_missing",
                    "TipTop Pay did not take our address: "
                            + answer.message()
                            + " Set it by hand in the site's settings, under Notifications.");
        }
        answer.requireSuccess();
    }

    /** Every field is sent: what is left out falls back to off, and to GET. */
    private static Answer update(Line line, String type, boolean on, String address) {
        JsonObject all =
                Json.createObjectBuilder()
                        .add("IsEnabled", on)
                        .add("Address", address)
                        .add("HttpMethod", "POST")
                        .add("Encoding", "UTF8")
                        .add("Format", "CloudPayments")
                        .build();
        return line.ask("/site/notifications/" + type + "/update", all);
    }

    private static Optional<Setting> look(Line line, String type) {
        Answer answer =
                line.ask("/site/notifications/" + type + "/get", JsonObject.EMPTY_JSON_OBJECT);
        return answer.isSuccess() ? answer.model().map(Setting::of) : Optional.empty();
    }

    static WebhookSettings inspect(Line line, String url) {
        List<String> missing = new ArrayList<>();
        List<String> useful = new ArrayList<>();
        int found = 0;
        int off = 0;
        for (String type : REQUIRED) {
            Optional<Setting> setting = look(line, type);
            if (setting.isEmpty()) {
                return WebhookSettings.unreadable();
            }
            boolean ours = isOurs(setting.get().address(), url, type);
            found += ours ? 1 : 0;
            off += ours && !setting.get().enabled() ? 1 : 0;
            if (!ours || !setting.get().enabled() || !setting.get().usual()) {
                missing.add(type);
            }
        }
        for (String type : USEFUL) {
            Optional<Setting> setting = look(line, type);
            boolean there =
                    setting.filter(s -> s.enabled() && isOurs(s.address(), url, type)).isPresent();
            if (!there) {
                useful.add(type);
            }
        }
        return new WebhookSettings(true, found > 0, off < found || found == 0, missing, useful);
    }

    /**
     * Whether an address is ours for that kind. One of another integration here will do: with the
     * same keys in test and live there are two, and one site has one address. Not for what only a
     * person can set: that one has to outlive the other integration.
     */
    static boolean isOurs(String address, String url, String type) {
        int end = url.indexOf(CODE_IN_PATH);
        String common = end < 0 ? url : url.substring(0, end + CODE_IN_PATH.length());
        if (!address.startsWith(common)) {
            return false;
        }
        String rest = address.substring(common.length());
        for (String ending : List.of("/" + type, "?type=" + type)) {
            if (rest.endsWith(ending)) {
                rest = rest.substring(0, rest.length() - ending.length());
                break;
            }
        }
        if (type.equals(BY_HAND)) {
            return rest.isEmpty() || (common + rest).equals(url);
        }
        return rest.isEmpty() || rest.matches("/[a-z0-9]{1,32}");
    }

    /** Switches off what leads to us. Check is the merchant's to switch off. */
    static void remove(Line line, String url) {
        List<String> types = new ArrayList<>(REQUIRED);
        types.remove(BY_HAND);
        types.addAll(USEFUL);
        for (String type : types) {
            Optional<Setting> setting = look(line, type);
            if (setting.filter(s -> s.enabled() && s.address().startsWith(url)).isPresent()) {
                update(line, type, false, setting.get().address()).requireSuccess();
            }
        }
    }
}
