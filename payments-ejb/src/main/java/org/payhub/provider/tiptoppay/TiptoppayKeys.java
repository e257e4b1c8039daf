package org.payhub.provider.tiptoppay;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.payhub.money.Asset;
import org.payhub.provider.spi.CredentialField;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderRefused;

/** What a merchant types for TipTop Pay, and what can be seen of it without asking. */
final class TiptoppayKeys {

    static final String REGION = "region";
    static final String PUBLIC_ID = "public_id";
    static final String API_SECRET = "api_secret";
    static final String MODE = "mode";

    static final String KAZAKHSTAN = "kazakhstan";
    static final String MEXICO = "mexico";
    static final String LIVE = "live";
    static final String TEST = "test";

    private static final String REFUSED = "integration.credentials_refused";
    private static final Pattern WORD = Pattern.compile("[\\x21-\\x7e]{8,128}");
    private static final Pattern SHORTENED = Pattern.compile(".*(?:…|\\.\\.\\.|\\*|•).*");

    private TiptoppayKeys() {}

    static List<CredentialField> fields() {
        return List.of(
                CredentialField.choice(REGION, true, KAZAKHSTAN, MEXICO),
                CredentialField.choice(MODE, true, TEST, LIVE),
                CredentialField.needed(
                        PUBLIC_ID, CredentialField.Kind.TEXT, "pk_0123456789abcdef…"),
                CredentialField.needed(
                        API_SECRET, CredentialField.Kind.SECRET, "32 letters and digits"));
    }

    /**
     * Refuses what cannot be right, naming the field and what stands in it.
     *
     * <p><b>Errors</b>: {@code integration.credentials_refused} with the field.
     */
    static void checkForm(Credentials credentials) {
        String publicId = credentials.get(PUBLIC_ID).reveal();
        String secret = credentials.get(API_SECRET).reveal();
        credentials.get(REGION);
        credentials.get(MODE);
        checkWord(PUBLIC_ID, publicId, "The Public ID");
        checkWord(API_SECRET, secret, "The API Secret");
        if (publicId.indexOf(':') >= 0) {
            throw refused(PUBLIC_ID, "A Public ID has no colon in it.");
        }
        if (secret.startsWith("pk_")) {
            throw refused(
                    API_SECRET,
                    "This is a Public ID; the API Secret stands below it in the site's settings.");
        }
        if (secret.equals(publicId)) {
            throw refused(API_SECRET, "The Public ID and the API Secret are two different things.");
        }
    }

    private static void checkWord(String field, String value, String name) {
        if (value.contains("://")) {
            throw refused(field, "This is an address. " + name + " is one word without blanks.");
        }
        if (SHORTENED.matcher(value).matches()) {
            throw refused(
                    field, "This is shortened. Copy the whole value from the site's settings.");
        }
        if (!WORD.matcher(value).matches()) {
            throw refused(
                    field,
                    name
                            + " is one word of 8 to 128 letters and digits. Copy it from the site's"
                            + " settings.");
        }
    }

    private static ProviderRefused refused(String field, String message) {
        return ProviderRefused.ofField(field, REFUSED, message);
    }

    /** The keys say nothing of it: the merchant chose. */
    static boolean isLive(Credentials credentials) {
        return credentials.get(MODE).reveal().equals(LIVE);
    }

    static boolean isMexico(Credentials credentials) {
        return credentials.find(REGION).filter(r -> r.reveal().equals(MEXICO)).isPresent();
    }

    /** What a site of that region is paid out in. */
    static Set<Asset> settlement(Credentials credentials) {
        return Set.of(Asset.of(isMexico(credentials) ? "MXN" : "KZT"));
    }
}
