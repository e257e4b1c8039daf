package org.payhub.provider.stripe;

import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.ChargeListParams;
import com.stripe.param.DisputeListParams;
import com.stripe.param.PayoutListParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.WebhookEndpointListParams;
import com.stripe.param.checkout.SessionCreateParams;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.payhub.money.Asset;
import org.payhub.money.Assets;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.CredentialField;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.Secret;

/**
 * The three things a merchant types, and whether they are right: first by their look, without a
 * call, so that a key in the wrong field is named as such; then by asking Stripe.
 *
 * <p><b>Source</b>: docs.stripe.com/keys, read 2026-11-20.
 */
final class StripeKeys {

    static final String PUBLISHABLE_KEY = "publishable_key";
    static final String SECRET_KEY = "secret_key";
    static final String WEBHOOK_SECRET = "webhook_secret";

    private static final String REFUSED = "integration.credentials_refused";
    private static final int LONGEST = 255;
    private static final Duration TIME_TO_CHECK = Duration.ofSeconds(20);

    private static final Pattern PUBLISHABLE = Pattern.compile("pk_(test|live)_[A-Za-z0-9]+");
    private static final Pattern SECRET = Pattern.compile("(sk|rk)_(test|live)_[A-Za-z0-9]+");
    private static final Pattern SIGNING = Pattern.compile("whsec_\\S+");

    private static final List<Right> RIGHTS =
            List.of(
                    new Right(
                            "Checkout Sessions: Write",
                            (c, o) -> c.v1().checkout().sessions().create(sessionOfNoKind(), o)),
                    new Right(
                            "Charges and Refunds: Write",
                            (c, o) -> c.v1().refunds().create(refundOfNothing(), o)),
                    new Right(
                            "PaymentIntents: Write",
                            (c, o) -> c.v1().paymentIntents().capture("pi_of_nothing", o)),
                    new Right(
                            "Charges and Refunds: Read",
                            (c, o) ->
                                    c.v1().charges()
                                            .list(
                                                    ChargeListParams.builder().setLimit(1L).build(),
                                                    o)),
                    new Right(
                            "Disputes: Read",
                            (c, o) ->
                                    c.v1().disputes()
                                            .list(
                                                    DisputeListParams.builder()
                                                            .setLimit(1L)
                                                            .build(),
                                                    o)),
                    new Right(
                            "Balance transaction sources: Read",
                            (c, o) ->
                                    c.v1().balanceTransactions()
                                            .list(
                                                    BalanceTransactionListParams.builder()
                                                            .setLimit(1L)
                                                            .build(),
                                                    o)),
                    new Right(
                            "Payouts: Read",
                            (c, o) ->
                                    c.v1().payouts()
                                            .list(
                                                    PayoutListParams.builder().setLimit(1L).build(),
                                                    o)),
                    new Right(
                            "Webhook Endpoints: Write",
                            (c, o) ->
                                    c.v1().webhookEndpoints()
                                            .list(
                                                    WebhookEndpointListParams.builder()
                                                            .setLimit(1L)
                                                            .build(),
                                                    o)));

    private StripeKeys() {}

    static List<CredentialField> fields() {
        return List.of(
                CredentialField.needed(PUBLISHABLE_KEY, CredentialField.Kind.TEXT, "pk_test_…"),
                CredentialField.needed(
                        SECRET_KEY, CredentialField.Kind.SECRET, "sk_test_… or rk_test_…"),
                CredentialField.optional(
                        WEBHOOK_SECRET, CredentialField.Kind.WEBHOOK_SECRET, "whsec_…"));
    }

    static boolean isLive(Secret secretKey) {
        return secretKey.reveal().startsWith("sk_live_")
                || secretKey.reveal().startsWith("rk_live_");
    }

    // --- by their look ---

    /**
     * Refuses what cannot be right, naming the field and what stands in it.
     *
     * <p><b>Errors</b>: {@code integration.credentials_refused} with the field.
     */
    static void checkForm(Credentials credentials) {
        String secret = checkSecretKey(credentials.get(SECRET_KEY).reveal().strip());
        credentials
                .find(PUBLISHABLE_KEY)
                .ifPresent(p -> checkPublishableKey(p.reveal().strip(), secret));
        credentials.all(WEBHOOK_SECRET).forEach(s -> checkWebhookSecret(s.reveal().strip()));
    }

    private static String checkSecretKey(String key) {
        if (key.startsWith("pk_")) {
            throw refused(
                    SECRET_KEY,
                    "This is a publishable key; the secret one starts with sk_ or rk_.");
        }
        if (key.startsWith("whsec_")) {
            throw refused(
                    SECRET_KEY, "This is a webhook secret; the secret key starts with sk_ or rk_.");
        }
        if (key.startsWith("sk_org_")) {
            throw refused(
                    SECRET_KEY,
                    "This is the key of an organisation. Take the key of the one account that is"
                            + " to be paid.");
        }
        if (key.contains("…") || key.contains("...") || key.contains("*") || key.contains("•")) {
            throw refused(
                    SECRET_KEY,
                    "This key is shortened. Click Reveal in Stripe's Dashboard and copy the whole"
                            + " key.");
        }
        if (!SECRET.matcher(key).matches() || key.length() > LONGEST) {
            throw refused(
                    SECRET_KEY,
                    "A secret key starts with sk_test_, sk_live_, rk_test_ or rk_live_, followed"
                            + " by letters and digits.");
        }
        return key;
    }

    private static void checkPublishableKey(String key, String secret) {
        if (key.startsWith("sk_") || key.startsWith("rk_")) {
            throw refused(
                    PUBLISHABLE_KEY,
                    "This is a secret key, and this field is not secret. The publishable key"
                            + " starts with pk_.");
        }
        if (!PUBLISHABLE.matcher(key).matches() || key.length() > LONGEST) {
            throw refused(
                    PUBLISHABLE_KEY,
                    "A publishable key starts with pk_test_ or pk_live_, followed by letters and"
                            + " digits.");
        }
        boolean live = key.startsWith("pk_live_");
        if (live != isLive(Secret.of(secret))) {
            throw refused(
                    PUBLISHABLE_KEY,
                    live
                            ? "The publishable key is a live one and the secret key a test one."
                                    + " Both must be of the same mode."
                            : "The publishable key is a test one and the secret key a live one."
                                    + " Both must be of the same mode.");
        }
    }

    private static void checkWebhookSecret(String secret) {
        if (secret.startsWith("we_")) {
            throw refused(
                    WEBHOOK_SECRET,
                    "This is the id of a webhook destination. Its signing secret starts with"
                            + " whsec_; Stripe shows it on the destination's page under Signing"
                            + " secret.");
        }
        if (secret.contains("://")) {
            throw refused(
                    WEBHOOK_SECRET, "This is an address. The signing secret starts with whsec_.");
        }
        if (secret.startsWith("sk_") || secret.startsWith("rk_") || secret.startsWith("pk_")) {
            throw refused(
                    WEBHOOK_SECRET, "This is an API key. The signing secret starts with whsec_.");
        }
        if (!SIGNING.matcher(secret).matches() || secret.length() > LONGEST) {
            throw refused(
                    WEBHOOK_SECRET, "A signing secret starts with whsec_ and has no blanks in it.");
        }
    }

    private static ProviderRefused refused(String field, String message) {
        return ProviderRefused.ofField(field, REFUSED, message);
    }

    // --- by asking ---

    /** Asks Stripe whose key it is and, of a restricted one, what it may do. */
    static ConnectionFacts check(StripeCalls calls, Credentials credentials) {
        checkForm(credentials);
        Secret key = credentials.get(SECRET_KEY);
        StripeCalls.Line line = calls.line(credentials, "account.check", TIME_TO_CHECK);
        List<String> missing = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        Set<Asset> settlement = new LinkedHashSet<>();

        Optional<Json> balance =
                allowed(
                        () -> line.ask((c, o) -> c.v1().balance().retrieve(o)),
                        "Balance: Read",
                        missing);
        balance.ifPresent(b -> settlement.addAll(currencies(b)));
        balance.flatMap(b -> b.flag("livemode"))
                .filter(live -> live != isLive(key))
                .ifPresent(
                        live ->
                                warnings.add(
                                        "Stripe says that this account is in "
                                                + (live ? "live" : "test")
                                                + " mode, the key says otherwise."));
        // Refused to every restricted key, and nothing is lost then.
        Optional<Json> account =
                allowed(
                        () -> line.ask((c, o) -> c.v1().accounts().retrieveCurrent(o)),
                        "Account: Read",
                        new ArrayList<>());
        account.flatMap(a -> a.filled("default_currency"))
                .flatMap(c -> Assets.find(c.toUpperCase(java.util.Locale.ROOT)))
                .ifPresent(settlement::add);
        account.filter(a -> a.flag("charges_enabled").filter(on -> !on).isPresent())
                .ifPresent(
                        a ->
                                warnings.add(
                                        "Stripe does not let this account take payments yet;"
                                                + " finish its activation in Stripe's Dashboard."));
        if (key.reveal().startsWith("rk_")) {
            missing.addAll(missingRights(line));
        }
        return new ConnectionFacts(
                Optional.of(isLive(key)),
                account.flatMap(a -> a.filled("id")),
                account.flatMap(StripeKeys::name),
                settlement,
                missing,
                warnings);
    }

    private static Optional<String> name(Json account) {
        return account.get("settings")
                .get("dashboard")
                .filled("display_name")
                .or(() -> account.get("business_profile").filled("name"))
                .or(() -> account.filled("email"));
    }

    private static Set<Asset> currencies(Json balance) {
        Set<Asset> assets = new LinkedHashSet<>();
        for (String part : List.of("available", "pending")) {
            for (Json entry : balance.list(part)) {
                entry.filled("currency")
                        .flatMap(c -> Assets.find(c.toUpperCase(java.util.Locale.ROOT)))
                        .ifPresent(assets::add);
            }
        }
        return assets;
    }

    private static SessionCreateParams sessionOfNoKind() {
        return SessionCreateParams.builder().putExtraParam("mode", "none").build();
    }

    private static RefundCreateParams refundOfNothing() {
        return RefundCreateParams.builder().setCharge("ch_of_nothing").build();
    }

    /**
     * Rights to write are tried by orders that cannot be carried out: a session of no kind, a
     * refund and a capture of nothing. Stripe looks at the right first and at the order then.
     */
    private static List<String> missingRights(StripeCalls.Line line) {
        List<String> missing = new ArrayList<>();
        for (Right right : RIGHTS) {
            try {
                allowed(() -> line.ask(right.question()), right.name(), missing);
            } catch (ProviderRefused e) {
                if (e.code().equals(REFUSED)) {
                    throw e;
                }
                // Refused as it was meant to be: the order is wrong, the right is there.
            }
        }
        return missing;
    }

    /** A right, and a question that only a key with that right may ask. */
    private record Right(String name, StripeCalls.Question<?> question) {}

    /** One question whose answer does not matter, only whether it may be asked. */
    private interface Asked {
        Json ask();
    }

    private static Optional<Json> allowed(Asked question, String right, List<String> missing) {
        try {
            return Optional.of(question.ask());
        } catch (ProviderRefused e) {
            if (e.code().equals(StripeCalls.RIGHT_MISSING)) {
                missing.add(right);
                return Optional.empty();
            }
            throw e;
        }
    }
}
