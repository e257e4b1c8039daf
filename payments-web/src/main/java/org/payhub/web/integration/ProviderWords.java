package org.payhub.web.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.payhub.money.Asset;
import org.payhub.platform.HubConfig;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.CredentialField;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderProfile;
import org.payhub.provider.spi.WebhookRegistering;
import org.payhub.web.shared.Texts;

/**
 * What pages say about a provider: the texts {@code provider.<code>.*} where they exist, else what
 * its profile says, so that one more provider needs no change here.
 */
@Named("providerWords")
@ApplicationScoped
public class ProviderWords {

    private static final int SHOWN_ASSETS = 3;

    @Inject Texts texts;
    @Inject Providers providers;
    @Inject HubConfig config;

    public String name(String code) {
        return texts.ofOr(profileName(code), key(code, "name"));
    }

    /** One or two letters for the tile. */
    public String letters(String code) {
        String name = profileName(code);
        if (name.isEmpty()) {
            return "";
        }
        return texts.ofOr(name.substring(0, 1).toUpperCase(Locale.ROOT), key(code, "letters"));
    }

    public String summary(ProviderProfile profile) {
        return texts.ofOr(profile.summary(), key(profile.code(), "summary"));
    }

    /** What the owner has to confirm before connecting; empty where nothing is special. */
    public String notice(ProviderProfile profile) {
        return profile.notice()
                .map(notice -> texts.ofOr(notice, key(profile.code(), "notice")))
                .orElse("");
    }

    /** How the code reaches a person that the provider wants before it returns money. */
    public String secondFactor(String code, boolean livemode) {
        String text =
                texts.ofOr(texts.of("refund.code.text", name(code)), key(code, "second_factor"));
        return livemode ? text : text + " " + texts.ofOr("", key(code, "second_factor.test"));
    }

    /** How long it takes and what to have at hand. */
    public String needs(ProviderProfile profile) {
        String fields =
                profile.credentialFields().stream()
                        .filter(CredentialField::required)
                        .map(field -> label(profile.code(), field))
                        .collect(Collectors.joining(", "));
        return texts.count("marketplace.minutes", profile.setupMinutes())
                + " "
                + texts.ofOr(texts.of("marketplace.needs", fields), key(profile.code(), "needs"));
    }

    public String label(String code, CredentialField field) {
        return texts.ofOr(readable(field.key()), fieldKey(code, field.key(), "label"));
    }

    /** The label of a stored field that the profile may no longer have. */
    public String label(String code, String field) {
        return texts.ofOr(readable(field), fieldKey(code, field, "label"));
    }

    public String hint(String code, CredentialField field) {
        return texts.ofOr(field.example(), fieldKey(code, field.key(), "hint"));
    }

    public String choice(String code, String field, String value) {
        return texts.ofOr(readable(value), fieldKey(code, field, value));
    }

    public String method(String method) {
        return texts.ofOr(readable(method), "method." + method);
    }

    public String ability(String ability) {
        return texts.ofOr("", "ability." + ability);
    }

    /** Where the keys are in the provider's cabinet; empty where we do not know it. */
    public String keyPage(String code) {
        if (isSimulated(code)) {
            return config.simulatorBaseUrl().map(url -> url + "/cabinet/" + code).orElse("");
        }
        return texts.ofOr("", key(code, "keys.url"));
    }

    /** The address of that page as the browser's bar would show it. */
    public String keyPageShown(String code) {
        return keyPage(code).replaceFirst("^https?://", "");
    }

    /** A card that pays without money in test mode; empty where the provider has none. */
    public String testCard(String code) {
        return texts.ofOr("", key(code, "test_card"));
    }

    public String whereKeysAre(String code) {
        return texts.ofOr(texts.of("connect.keys.where.any", name(code)), key(code, "keys.where"));
    }

    public String keysTitle(String code) {
        return texts.ofOr(texts.of("connect.keys.title.any", name(code)), key(code, "keys.title"));
    }

    public String keysText(String code) {
        return texts.ofOr(texts.of("connect.keys.text.any"), key(code, "keys.text"));
    }

    /** How to begin without real money, where the provider has a way to. */
    public String testTitle(String code) {
        return texts.ofOr(texts.of("connect.keys.test"), key(code, "keys.test"));
    }

    public String testText(String code) {
        return texts.ofOr(
                texts.of("connect.keys.test.text", name(code)), key(code, "keys.test.text"));
    }

    /** What a person has to undo at the provider when leaving it; empty where we do it. */
    public String undoneByHand(String code) {
        List<String> events = eventsByHand(code);
        return events.isEmpty()
                ? ""
                : texts.ofOr(
                        texts.of("disconnect.byhand", String.join(", ", events), name(code)),
                        key(code, "disconnect"));
    }

    /** Events that only a person can switch on, in the provider's cabinet. */
    public List<String> eventsByHand(String code) {
        return providers.find(code).orElse(null) instanceof WebhookRegistering registering
                ? registering.eventsByHand()
                : List.of();
    }

    /** Steps by which a person sets the webhook up in the provider's cabinet. */
    public String byHand(String code) {
        return texts.ofOr(texts.of("connect.hand.any", name(code)), key(code, "byhand"));
    }

    /** What one of several webhook addresses is for. */
    public String webhookKind(String code, String kind) {
        return texts.ofOr(readable(kind), key(code, "kind." + kind));
    }

    /**
     * A message to the provider's support that asks for what only support can set; empty where a
     * merchant needs none.
     */
    public String supportText(
            String code, String merchant, String mail, Collection<String> addresses) {
        return texts.ofOr(
                "",
                key(code, "support_text"),
                merchant,
                mail,
                String.join("\n", addresses),
                egress().isEmpty() ? texts.of("connect.egress.unknown") : egress());
    }

    /** Whether the provider answers to known addresses only. */
    public boolean isAllowListed(String code) {
        return !texts.ofOr("", key(code, "allow_list")).isEmpty();
    }

    /** Why, and where that list is. */
    public String allowList(String code) {
        return texts.ofOr("", key(code, "allow_list"));
    }

    /** The addresses from which we call providers; empty where the operator has not told. */
    public String egress() {
        return config.egressAddresses().orElse("");
    }

    /** Whether calls for this provider go to the simulator and not to the provider. */
    public boolean isSimulated(String code) {
        return config.simulatorBaseUrl().isPresent()
                && config.apiBase(code).isPresent()
                && config.apiBase(code).get().startsWith(config.simulatorBaseUrl().get());
    }

    /** The merchant's currencies first, then how many more. */
    public String assets(Collection<Asset> assets, Set<Asset> preferred) {
        List<String> symbols =
                Stream.concat(
                                preferred.stream().filter(assets::contains),
                                assets.stream()
                                        .filter(asset -> !preferred.contains(asset))
                                        .sorted(Comparator.comparing(ProviderWords::rank)))
                        .map(Asset::symbol)
                        .distinct()
                        .toList();
        if (symbols.size() <= SHOWN_ASSETS + 1) {
            return String.join(", ", symbols);
        }
        return texts.count(
                "marketplace.assets",
                symbols.size() - SHOWN_ASSETS,
                String.join(", ", symbols.subList(0, SHOWN_ASSETS)));
    }

    private static String rank(Asset asset) {
        int known = List.of("EUR", "USD", "KZT", "GBP", "USDT").indexOf(asset.symbol());
        return (known < 0 ? "9" : String.valueOf(known)) + asset.code();
    }

    private String profileName(String code) {
        return providers
                .find(code)
                .map(ProviderConnector::profile)
                .map(ProviderProfile::name)
                .orElse(readable(code));
    }

    private static String key(String code, String what) {
        return "provider." + code + "." + what;
    }

    private static String fieldKey(String code, String field, String what) {
        return "provider." + code + ".field." + field + "." + what;
    }

    /** {@code secret_key} as people write it. */
    private static String readable(String key) {
        String text = key.replace('_', ' ');
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
