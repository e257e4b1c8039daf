package org.payhub.provider.alppay;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.payhub.money.Asset;
import org.payhub.provider.spi.CredentialField;
import org.payhub.provider.spi.CredentialField.Kind;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.Secret;

/** What a merchant types, by its look alone: keys, coins, what was agreed on fees. */
final class AlppayKeys {

    static final String API_KEY = "api_key";
    static final String HMAC_KEY = "hmac_key";
    static final String ACCOUNT_EMAIL = "account_email";
    static final String ASSETS = "assets";
    static final String FEE_PERCENT = "fee_percent";
    static final String FEE_FIXED = "fee_fixed";
    static final String MIN_FEE = "min_fee";
    static final String UNDER_PERCENT = "under_percent";
    static final String UNDER_UNITS = "under_abs";
    static final String OVER_PERCENT = "over_percent";
    static final String OVER_UNITS = "over_abs";
    static final String MIN_PAYMENT = "min_payment";
    static final String MAX_PAYMENT = "max_payment";
    static final String DAILY_WITHDRAWAL = "daily_withdrawal";
    static final String ADDRESS_WAIT = "address_wait";

    /** ALPPAY's papers advise to replace keys from time to time; how often is ours to say. */
    private static final Duration REPLACED_AFTER = Duration.ofDays(90);

    private static final String REFUSED = "integration.credentials_refused";
    private static final int LONGEST_KEY = 255;
    private static final int SHORTEST_KEY = 8;
    private static final Pattern MAIL = Pattern.compile("[^\\s@]{1,64}@[^\\s@]+\\.[^\\s@]{2,}");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,6}(\\.[0-9]{1,8})?");

    /** What most merchants take, and all that is taken unless they say more. */
    private static final Asset DEFAULT = Asset.of(AlppayProtocol.COINS.get(0).asset());

    private AlppayKeys() {}

    static List<CredentialField> fields() {
        return List.of(
                CredentialField.needed(API_KEY, Kind.SECRET, AlppayProtocol.API_KEY_LOOK),
                CredentialField.needed(HMAC_KEY, Kind.WEBHOOK_SECRET, AlppayProtocol.HMAC_KEY_LOOK),
                CredentialField.needed(ACCOUNT_EMAIL, Kind.TEXT, "owner@salon.example"),
                CredentialField.optional(ASSETS, Kind.TEXT, "USDT:tron, USDC:tron"),
                CredentialField.optional(FEE_PERCENT, Kind.TEXT, "0.5"),
                CredentialField.optional(FEE_FIXED, Kind.TEXT, "0"),
                CredentialField.optional(MIN_FEE, Kind.TEXT, "0"),
                CredentialField.optional(UNDER_PERCENT, Kind.TEXT, "0"),
                CredentialField.optional(UNDER_UNITS, Kind.TEXT, "0"),
                CredentialField.optional(OVER_PERCENT, Kind.TEXT, "0"),
                CredentialField.optional(OVER_UNITS, Kind.TEXT, "0"),
                CredentialField.optional(MIN_PAYMENT, Kind.TEXT, "10"),
                CredentialField.optional(MAX_PAYMENT, Kind.TEXT, "USDT:tron 5000"),
                CredentialField.optional(DAILY_WITHDRAWAL, Kind.TEXT, "2000"),
                CredentialField.optional(ADDRESS_WAIT, Kind.TEXT, "24"));
    }

    /**
     * Refuses what cannot be right, naming the field and what stands in it.
     *
     * <p><b>Errors</b>: {@code integration.credentials_refused} with the field.
     */
    static void checkForm(Credentials credentials) {
        String api = key(credentials, API_KEY);
        if (AlppayProtocol.HMAC_KEY_PREFIXES.stream().anyMatch(api::startsWith)) {
            throw refused(API_KEY, "This is the HMAC key. The API key begins with ak_.");
        }
        for (Secret secret : credentials.all(HMAC_KEY)) {
            if (AlppayProtocol.API_KEY_PREFIXES.stream().anyMatch(secret.reveal()::startsWith)) {
                throw refused(
                        HMAC_KEY, "This is the API key. ALPPAY's support sends the HMAC key.");
            }
        }
        key(credentials, HMAC_KEY);
        accountMail(credentials);
        assets(credentials);
        tolerance(credentials);
        AlppayFees.of(credentials);
        AlppayLimits.check(credentials);
    }

    /** What keys have been in use for so long that they should be replaced. */
    static List<String> reminders(Map<String, Instant> since, Instant now) {
        List<String> reminders = new ArrayList<>();
        old(HMAC_KEY, since, now)
                .ifPresent(
                        days ->
                                reminders.add(
                                        "The HMAC key has been in use for "
                                                + days
                                                + " days. Ask "
                                                + AlppayProtocol.NAME
                                                + "'s support for a new one and enter it here; the"
                                                + " old one goes on proving webhooks meanwhile."));
        old(API_KEY, since, now)
                .ifPresent(
                        days ->
                                reminders.add(
                                        "The API key has been in use for "
                                                + days
                                                + " days. Make a new one in "
                                                + AlppayProtocol.NAME
                                                + "'s settings and enter it here."));
        return reminders;
    }

    private static Optional<Long> old(String field, Map<String, Instant> since, Instant now) {
        return Optional.ofNullable(since.get(field))
                .map(entered -> Duration.between(entered, now))
                .filter(age -> age.compareTo(REPLACED_AFTER) >= 0)
                .map(Duration::toDays);
    }

    /** A key that can stand in a header. */
    private static String key(Credentials credentials, String field) {
        String key = credentials.get(field).reveal();
        if (key.length() < SHORTEST_KEY || key.length() > LONGEST_KEY || !isPlain(key)) {
            throw refused(
                    field,
                    "This cannot be a key of "
                            + AlppayProtocol.NAME
                            + ": it is too short, too long, or has a letter or a blank that keys do"
                            + " not have.");
        }
        return key;
    }

    static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    /** The address that the account is registered with. */
    static String accountMail(Credentials credentials) {
        String mail = credentials.get(ACCOUNT_EMAIL).reveal();
        if (!isMail(mail)) {
            throw refused(ACCOUNT_EMAIL, "This is no e-mail address.");
        }
        return mail;
    }

    static boolean isMail(String mail) {
        return mail.length() <= 254
                && MAIL.matcher(mail).matches()
                && mail.chars().allMatch(c -> c < 127 && AlppayProtocol.FORBIDDEN.indexOf(c) < 0);
    }

    /** The coins that the merchant takes. */
    static Set<Asset> assets(Credentials credentials) {
        String typed = credentials.find(ASSETS).map(Secret::reveal).orElse("");
        Set<Asset> assets = new LinkedHashSet<>();
        for (String code : typed.split("[,;\\s]+")) {
            if (!code.isEmpty()) {
                assets.add(asset(ASSETS, code));
            }
        }
        return assets.isEmpty() ? Set.of(DEFAULT) : assets;
    }

    static Asset asset(String field, String typed) {
        return AlppayCoins.assets().stream()
                .filter(a -> a.code().equalsIgnoreCase(typed))
                .findFirst()
                .orElseThrow(
                        () ->
                                refused(
                                        field,
                                        "Choose among "
                                                + String.join(
                                                        ", ",
                                                        AlppayCoins.assets().stream()
                                                                .map(Asset::code)
                                                                .toList())
                                                + "."));
    }

    /** By how much payments may be off. */
    static AlppayTolerance tolerance(Credentials credentials) {
        return new AlppayTolerance(
                tolerated(credentials, UNDER_PERCENT, "per cent"),
                tolerated(credentials, UNDER_UNITS, "units of the coin"),
                tolerated(credentials, OVER_PERCENT, "per cent"),
                tolerated(credentials, OVER_UNITS, "units of the coin"));
    }

    private static BigDecimal tolerated(Credentials credentials, String field, String ofWhat) {
        BigDecimal typed = number(credentials, field).orElse(BigDecimal.ZERO);
        if (!AlppayTolerance.isAllowed(typed)) {
            throw refused(
                    field, "At most " + AlppayTolerance.HIGHEST + " " + ofWhat + " are tolerated.");
        }
        return typed;
    }

    static Optional<BigDecimal> number(Credentials credentials, String field) {
        return credentials.find(field).map(Secret::reveal).map(typed -> number(field, typed));
    }

    static BigDecimal number(String field, String typed) {
        if (!NUMBER.matcher(typed).matches()) {
            throw refused(field, "Write a number such as 0.5, with a point.");
        }
        return new BigDecimal(typed);
    }

    static ProviderRefused refused(String field, String message) {
        return ProviderRefused.ofField(field, REFUSED, message);
    }
}
