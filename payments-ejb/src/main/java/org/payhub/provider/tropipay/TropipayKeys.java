package org.payhub.provider.tropipay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.payhub.money.Asset;
import org.payhub.provider.http.Json;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.CredentialField;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.Secret;

/** What a merchant types, and whether it is right. */
final class TropipayKeys {

    static final String ENVIRONMENT = "environment";
    static final String CLIENT_ID = "client_id";
    static final String CLIENT_SECRET = "client_secret";
    static final String SIGNATURE_V2 = "signature_v2";
    static final String HOOK_SECRET = "hook_secret";

    static final String SANDBOX = "sandbox";
    static final String LIVE = "live";
    static final String ON = "on";
    private static final String OFF = "off";

    static final String REFUSED = "integration.credentials_refused";

    private static final int LONGEST = 255;

    private TropipayKeys() {}

    static List<CredentialField> fields() {
        return List.of(
                CredentialField.choice(ENVIRONMENT, true, SANDBOX, LIVE),
                CredentialField.needed(
                        CLIENT_ID, CredentialField.Kind.TEXT, "32 letters and digits"),
                CredentialField.needed(
                        CLIENT_SECRET, CredentialField.Kind.SECRET, "32 letters and digits"),
                CredentialField.choice(SIGNATURE_V2, false, OFF, ON),
                CredentialField.optional(HOOK_SECRET, CredentialField.Kind.SECRET, "…"));
    }

    static boolean isLive(Credentials credentials) {
        return credentials.find(ENVIRONMENT).filter(e -> e.reveal().equals(LIVE)).isPresent();
    }

    static boolean takesSecondVersion(Credentials credentials) {
        return credentials.find(SIGNATURE_V2).filter(v -> v.reveal().equals(ON)).isPresent();
    }

    // --- by their look ---

    private static void checkForm(Credentials credentials) {
        checkForm(CLIENT_ID, credentials.get(CLIENT_ID));
        checkForm(CLIENT_SECRET, credentials.get(CLIENT_SECRET));
        if (credentials.get(CLIENT_ID).equals(credentials.get(CLIENT_SECRET))) {
            throw ProviderRefused.ofField(
                    CLIENT_SECRET,
                    REFUSED,
                    "This is the client id again. The client secret stands beside it in Tropipay"
                            + " under Security, Apps and credentials.");
        }
    }

    private static void checkForm(String field, Secret typed) {
        String text = typed.reveal();
        if (text.contains("@")) {
            throw ProviderRefused.ofField(
                    field,
                    REFUSED,
                    "This is an e-mail address. Tropipay's credentials are made under Security,"
                            + " Apps and credentials; nobody needs your account's password.");
        }
        if (text.contains("…") || text.contains("...") || text.contains("*")) {
            throw ProviderRefused.ofField(
                    field, REFUSED, "This is shortened. Copy the whole text from Tropipay.");
        }
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isWhitespace)) {
            throw ProviderRefused.ofField(
                    field, REFUSED, "Tropipay's credentials are one word without blanks.");
        }
    }

    // --- by asking ---

    /** Fetches a token, which shows that the pair is right, and the profile, which shows whose. */
    static ConnectionFacts check(TropipayCalls calls, Credentials credentials, boolean moved) {
        checkForm(credentials);
        TropipayCalls.Line line = calls.line(credentials, "account.check");
        Optional<String> scope = line.freshToken();
        List<String> granted =
                scope.map(s -> Arrays.asList(s.strip().split("\\s+"))).orElse(List.of());
        List<String> missing = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        if (scope.filter(s -> !s.isBlank()).isPresent()) {
            missing.addAll(TropipayProtocol.REQUIRED_SCOPES);
            missing.removeAll(granted);
            if (!granted.contains(TropipayProtocol.REFUND_SCOPE)) {
                warnings.add(
                        "These credentials lack "
                                + TropipayProtocol.REFUND_SCOPE
                                + ": refunds have to be made in Tropipay's own pages.");
            }
        }
        Optional<Json> profile = profile(line);
        if (profile.isEmpty()) {
            warnings.add("These credentials may not see the account's profile.");
        }
        return new ConnectionFacts(
                // Moved elsewhere, everything is practice: nothing in the pair tells otherwise.
                Optional.of(isLive(credentials) && !moved),
                profile.flatMap(p -> TropipayMovement.asReceived(p, TropipayProtocol.ID)),
                profile.flatMap(TropipayKeys::name),
                Set.of(Asset.of(TropipayProtocol.ASSETS.get(0))),
                missing,
                warnings);
    }

    private static Optional<Json> profile(TropipayCalls.Line line) {
        try {
            return Optional.of(line.get(TropipayProtocol.PROFILE));
        } catch (ProviderRefused e) {
            if (e.code().equals(TropipayCalls.RIGHT_MISSING)
                    || e.code().equals(TropipayCalls.NO_SUCH_OBJECT)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private static Optional<String> name(Json profile) {
        return profile.filled(TropipayProtocol.NAME)
                .or(() -> profile.filled(TropipayProtocol.EMAIL))
                .map(n -> n.length() <= LONGEST ? n : n.substring(0, LONGEST));
    }
}
