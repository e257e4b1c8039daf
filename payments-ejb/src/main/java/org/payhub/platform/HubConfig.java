package org.payhub.platform;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Every setting of the application, read once from the environment and checked: a wrong value stops
 * the start with the variable's name and the cure. The README's table lists them.
 */
@ApplicationScoped
public class HubConfig {

    private final Map<String, String> environment;

    /** Reads the process environment. */
    public HubConfig() {
        this(System.getenv());
    }

    HubConfig(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Where clients and providers reach us, without a slash at the end. */
    public String baseUrl() {
        String url = text("PAYHUB_BASE_URL").orElse("http://localhost:" + httpPort());
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** Whether people reach us over TLS; cookies are then marked Secure. */
    public boolean baseUrlIsSecure() {
        return baseUrl().toLowerCase(Locale.ROOT).startsWith("https://");
    }

    /** Whether a provider on the Internet can reach our address: https and not this machine. */
    public boolean baseUrlIsPublic() {
        String host = URI.create(baseUrl()).getHost();
        return baseUrlIsSecure()
                && host != null
                && !host.equals("localhost")
                && !host.startsWith("127.")
                && !host.endsWith(".local");
    }

    public int httpPort() {
        return text("PAYHUB_HTTP_PORT").map(Integer::parseInt).orElse(8080);
    }

    /** Where a provider's API is, when the operator moved it (a simulator). */
    public Optional<String> apiBase(String providerCode) {
        return text("PAYHUB_" + providerCode.toUpperCase(Locale.ROOT) + "_API_BASE");
    }

    /** The simulator's address, when one is used. */
    public Optional<String> simulatorBaseUrl() {
        return text("PAYHUB_SIMULATOR_BASE_URL");
    }

    /** The 32 bytes that seal provider credentials. */
    public byte[] masterKey() {
        return key("PAYHUB_MASTER_KEY")
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "PAYHUB_MASTER_KEY is not set: give 32 random bytes in"
                                                + " base64, for example from: openssl rand -base64"
                                                + " 32"));
    }

    /** The master key that is being replaced, while a rotation runs. */
    public Optional<byte[]> previousMasterKey() {
        return key("PAYHUB_MASTER_KEY_PREVIOUS");
    }

    /** Opens metrics, health detail and the operator's doors from afar. */
    public Optional<String> operatorToken() {
        return text("PAYHUB_OPERATOR_TOKEN");
    }

    /** Networks whose forwarded client address is believed, as CIDR text, comma-separated. */
    public Optional<String> trustedProxies() {
        return text("PAYHUB_TRUSTED_PROXIES");
    }

    /**
     * The addresses from which this installation calls providers, as people are to copy them into a
     * provider's white list; empty where the operator has not told.
     */
    public Optional<String> egressAddresses() {
        return text("PAYHUB_EGRESS_ADDRESSES");
    }

    /** How often it is looked whether a provider is to be asked about something. */
    public Duration askEvery() {
        String seconds = text("PAYHUB_ASK_SECONDS").orElse("10");
        if (!seconds.matches("[1-9][0-9]{0,3}")) {
            throw new IllegalStateException(
                    "PAYHUB_ASK_SECONDS is a whole number of seconds from 1 to 9999.");
        }
        return Duration.ofSeconds(Long.parseLong(seconds));
    }

    public Optional<String> databaseOwnerUser() {
        return text("PAYHUB_DB_OWNER_USER");
    }

    public Optional<String> databaseOwnerPassword() {
        return text("PAYHUB_DB_OWNER_PASSWORD");
    }

    public String databaseUrl() {
        return required("PAYHUB_DB_URL");
    }

    public String databaseUser() {
        return required("PAYHUB_DB_USER");
    }

    public String databasePassword() {
        return required("PAYHUB_DB_PASSWORD");
    }

    /**
     * Any setting by its name: a system property of that name (tests), else the environment. Blank
     * counts as not set.
     */
    public Optional<String> text(String name) {
        return Optional.ofNullable(System.getProperty(name, environment.get(name)))
                .map(String::strip)
                .filter(v -> !v.isEmpty());
    }

    private String required(String name) {
        return text(name)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        name
                                                + " is not set; the README's table of settings says how."));
    }

    private Optional<byte[]> key(String name) {
        return text(name)
                .map(
                        value -> {
                            byte[] bytes;
                            try {
                                bytes = Base64.getDecoder().decode(value);
                            } catch (IllegalArgumentException e) {
                                throw new IllegalStateException(name + " is not base64.", e);
                            }
                            if (bytes.length != 32) {
                                throw new IllegalStateException(
                                        name
                                                + " must be 32 bytes in base64, not "
                                                + bytes.length
                                                + ".");
                            }
                            return bytes;
                        });
    }
}
