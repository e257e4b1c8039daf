package org.payhub.launcher;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Every setting of the environment, read and checked before anything starts. What is wrong is said
 * with the variable's name and the cure, one line per variable. A variable that is set always wins
 * over what the demo would choose; an empty one counts as not set.
 */
final class Settings {

    /** What is being started; the demo fills in what {@code run} requires. */
    enum Mode {
        RUN,
        DEMO
    }

    private static final Set<String> NAMES =
            Set.of(
                    "PAYHUB_HTTP_PORT",
                    "PAYHUB_SIMULATOR_PORT",
                    "PAYHUB_DATA_DIR",
                    "PAYHUB_DB_URL",
                    "PAYHUB_DB_USER",
                    "PAYHUB_DB_PASSWORD",
                    "PAYHUB_DB_OWNER_USER",
                    "PAYHUB_DB_OWNER_PASSWORD",
                    "PAYHUB_SIMULATOR_BASE_URL",
                    "PAYHUB_MASTER_KEY",
                    "PAYHUB_MASTER_KEY_PREVIOUS",
                    "PAYHUB_BASE_URL",
                    "PAYHUB_HTTP_ADDRESS",
                    "PAYHUB_TRUSTED_PROXIES",
                    "PAYHUB_OPERATOR_TOKEN",
                    "PAYHUB_ASK_SECONDS",
                    "PAYHUB_EGRESS_ADDRESSES",
                    "PAYHUB_DEMO_API_KEY");

    private static final Pattern API_BASE = Pattern.compile("PAYHUB_[A-Z0-9]+_API_BASE");
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int SHORTEST_TOKEN = 16;

    private final Map<String, String> given;
    private final Mode mode;
    private final List<String> problems = new ArrayList<>();

    private Settings(Map<String, String> environment, Mode mode) {
        this.mode = mode;
        this.given = new TreeMap<>();
        environment.forEach(
                (name, value) -> {
                    if (name.startsWith("PAYHUB_") && !value.isBlank()) {
                        given.put(name, value.strip());
                    }
                });
    }

    /**
     * Reads and checks.
     *
     * @throws StartFailure with exit status 2 and one line for each variable that is wrong
     */
    static Settings read(Map<String, String> environment, Mode mode) throws StartFailure {
        Settings settings = new Settings(environment, mode);
        settings.check();
        if (!settings.problems.isEmpty()) {
            throw StartFailure.wrongSetting(String.join(System.lineSeparator(), settings.problems));
        }
        return settings;
    }

    /** Only where the data directory is and which address the application has: for a command. */
    static Settings forCommand(Map<String, String> environment) throws StartFailure {
        Settings settings = new Settings(environment, Mode.DEMO);
        settings.dataDirectory();
        settings.checkToken("PAYHUB_OPERATOR_TOKEN", SHORTEST_TOKEN);
        if (!settings.problems.isEmpty()) {
            throw StartFailure.wrongSetting(String.join(System.lineSeparator(), settings.problems));
        }
        return settings;
    }

    private void check() {
        int http = port("PAYHUB_HTTP_PORT", 8080);
        if (mode == Mode.DEMO && http == port("PAYHUB_SIMULATOR_PORT", 8090) && http != 0) {
            wrong(
                    "PAYHUB_SIMULATOR_PORT",
                    "is "
                            + http
                            + ", which is also the application's port; give it another number");
        }
        dataDirectory();
        checkDatabase();
        checkKeys();
        checkAddress("PAYHUB_BASE_URL", false);
        checkAddress("PAYHUB_SIMULATOR_BASE_URL", true);
        given.keySet().stream()
                .filter(name -> API_BASE.matcher(name).matches())
                .forEach(name -> checkAddress(name, true));
        checkListener();
        checkProxies();
        checkToken("PAYHUB_OPERATOR_TOKEN", SHORTEST_TOKEN);
        checkToken("PAYHUB_DEMO_API_KEY", 1);
    }

    /** Variables that look like ours and are not: most likely a slip of the pen. */
    List<String> unknownNames() {
        return given.keySet().stream()
                .filter(name -> !NAMES.contains(name) && !API_BASE.matcher(name).matches())
                .toList();
    }

    int httpPort() {
        return port("PAYHUB_HTTP_PORT", 8080);
    }

    int simulatorPort() {
        return port("PAYHUB_SIMULATOR_PORT", 8090);
    }

    Path dataDirectory() {
        String text = given.getOrDefault("PAYHUB_DATA_DIR", ".payhub");
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            wrong("PAYHUB_DATA_DIR", "is not a path; give it the name of a folder");
            return Path.of(".payhub");
        }
    }

    boolean embeddedDatabase() {
        return !given.containsKey("PAYHUB_DB_URL");
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(given.get(name));
    }

    String baseUrl() {
        return withoutSlash(
                given.getOrDefault("PAYHUB_BASE_URL", "http://localhost:" + httpPort()));
    }

    String simulatorBaseUrl() {
        return withoutSlash(
                given.getOrDefault(
                        "PAYHUB_SIMULATOR_BASE_URL", "http://localhost:" + simulatorPort()));
    }

    /** The address to listen on; all of them where none is named and it is not the demo. */
    String httpAddress() {
        return given.getOrDefault(
                "PAYHUB_HTTP_ADDRESS", mode == Mode.DEMO ? "127.0.0.1" : "0.0.0.0");
    }

    /** The same server as this machine reaches it. */
    String localUrl() {
        String address = httpAddress();
        try {
            InetAddress parsed = InetAddress.getByName(address);
            if (parsed.isAnyLocalAddress()) {
                address = "127.0.0.1";
            }
        } catch (UnknownHostException e) {
            // Checked before; an address that vanished meanwhile shows in the bind test.
            address = "127.0.0.1";
        }
        return "http://"
                + (address.contains(":") ? "[" + address + "]" : address)
                + ":"
                + httpPort();
    }

    private void checkDatabase() {
        boolean url = given.containsKey("PAYHUB_DB_URL");
        for (String name :
                List.of(
                        "PAYHUB_DB_USER",
                        "PAYHUB_DB_PASSWORD",
                        "PAYHUB_DB_OWNER_USER",
                        "PAYHUB_DB_OWNER_PASSWORD")) {
            if (!url && given.containsKey(name)) {
                wrong(
                        "PAYHUB_DB_URL",
                        "is not set although "
                                + name
                                + " is; set it to jdbc:mysql://host:3306/database, or unset "
                                + name
                                + " to use the embedded database");
                return;
            }
        }
        if (!url) {
            return;
        }
        String text = given.get("PAYHUB_DB_URL");
        if (!DatabaseUrl.isUsable(text)) {
            wrong(
                    "PAYHUB_DB_URL",
                    "is not the address of a database; write it as"
                            + " jdbc:mysql://host:3306/database (for MariaDB too)");
        }
        if (DatabaseUrl.carriesLogin(text)) {
            wrong(
                    "PAYHUB_DB_URL",
                    "carries a user or password; move them to PAYHUB_DB_USER and"
                            + " PAYHUB_DB_PASSWORD");
        }
        require("PAYHUB_DB_USER", "set it to the database user of PAYHUB_DB_URL");
        require("PAYHUB_DB_PASSWORD", "set it to the password of PAYHUB_DB_USER");
        boolean owner = given.containsKey("PAYHUB_DB_OWNER_USER");
        if (owner != given.containsKey("PAYHUB_DB_OWNER_PASSWORD")) {
            wrong(
                    owner ? "PAYHUB_DB_OWNER_PASSWORD" : "PAYHUB_DB_OWNER_USER",
                    "is not set although "
                            + (owner ? "PAYHUB_DB_OWNER_USER" : "PAYHUB_DB_OWNER_PASSWORD")
                            + " is; set both or neither");
        }
    }

    private void checkKeys() {
        if (mode == Mode.RUN) {
            require(
                    "PAYHUB_MASTER_KEY",
                    "set it to 32 random bytes in base64 and keep it safe, for example from:"
                            + " openssl rand -base64 32");
        }
        checkKey("PAYHUB_MASTER_KEY");
        checkKey("PAYHUB_MASTER_KEY_PREVIOUS");
        if (given.containsKey("PAYHUB_MASTER_KEY_PREVIOUS")) {
            if (!given.containsKey("PAYHUB_MASTER_KEY") && mode == Mode.DEMO) {
                wrong(
                        "PAYHUB_MASTER_KEY",
                        "is not set although PAYHUB_MASTER_KEY_PREVIOUS is; set it to the new key");
            } else if (given.get("PAYHUB_MASTER_KEY_PREVIOUS")
                    .equals(given.get("PAYHUB_MASTER_KEY"))) {
                wrong(
                        "PAYHUB_MASTER_KEY_PREVIOUS",
                        "is the same as PAYHUB_MASTER_KEY; set it to the key that is being"
                                + " replaced, or unset it");
            }
        }
    }

    private void checkKey(String name) {
        String text = given.get(name);
        if (text == null) {
            return;
        }
        String cure = "give 32 random bytes in base64, for example from: openssl rand -base64 32";
        try {
            int length = Base64.getDecoder().decode(text).length;
            if (length != 32) {
                wrong(name, "is " + length + " bytes, not 32; " + cure);
            }
        } catch (IllegalArgumentException e) {
            wrong(name, "is not base64; " + cure);
        }
    }

    private void checkAddress(String name, boolean pathAllowed) {
        String text = given.get(name);
        if (text == null) {
            return;
        }
        String cure = "write it as http://host:port or https://host";
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https")
                    || uri.getHost() == null
                    || uri.getPort() > 65_535
                    || uri.getPort() == 0) {
                wrong(name, "is not a web address; " + cure);
            } else if (uri.getRawQuery() != null
                    || uri.getRawFragment() != null
                    || uri.getRawUserInfo() != null) {
                wrong(name, "carries more than host and port; " + cure);
            } else if (!pathAllowed && !withoutSlash(uri.getRawPath()).isEmpty()) {
                wrong(name, "has a path, but Payhub answers at the root of its host; " + cure);
            }
        } catch (URISyntaxException e) {
            wrong(name, "is not a web address; " + cure);
        }
    }

    private void checkListener() {
        String text = given.get("PAYHUB_HTTP_ADDRESS");
        if (text == null) {
            return;
        }
        try {
            InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            wrong(
                    "PAYHUB_HTTP_ADDRESS",
                    "is not an address of this machine; give it 127.0.0.1, 0.0.0.0 or one of its"
                            + " addresses");
        }
    }

    private void checkProxies() {
        String text = given.get("PAYHUB_TRUSTED_PROXIES");
        if (text == null) {
            return;
        }
        for (String network : text.split(",", -1)) {
            if (!isNetwork(network.strip())) {
                wrong(
                        "PAYHUB_TRUSTED_PROXIES",
                        "has \""
                                + network.strip()
                                + "\", which is no network; write networks as 10.0.0.0/8 or"
                                + " fd00::/8, with commas between");
                return;
            }
        }
    }

    private static boolean isNetwork(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2 || !ADDRESS.matcher(parts[0]).matches()) {
            return false; // A host name would be looked up, and its answer may change.
        }
        try {
            int bits = InetAddress.getByName(parts[0]).getAddress().length * 8;
            if (parts[0].contains(":") == (bits == 32)
                    || bits == 32 && parts[0].split("\\.", -1).length != 4) {
                return false;
            }
            return parts.length == 1
                    || parts[1].matches("[0-9]{1,3}") && Integer.parseInt(parts[1]) <= bits;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void checkToken(String name, int shortest) {
        String text = given.get(name);
        if (text != null && (text.length() < shortest || !TOKEN.matcher(text).matches())) {
            wrong(
                    name,
                    (shortest > 1
                                    ? "must have at least " + shortest + " characters, "
                                    : "must have ")
                            + "only letters, digits and signs of ASCII and no space");
        }
    }

    private int port(String name, int usual) {
        String text = given.get(name);
        if (text == null) {
            return usual;
        }
        if (text.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= 65_535) {
                return port;
            }
        }
        wrong(name, "is \"" + text + "\"; give a number from 1 to 65535");
        return 0;
    }

    private void require(String name, String cure) {
        if (!given.containsKey(name)) {
            wrong(name, "is not set; " + cure);
        }
    }

    private void wrong(String name, String sentence) {
        String line = name + " " + sentence + ".";
        if (!problems.contains(line)) {
            problems.add(line);
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** The settings as given, for a child process. */
    Map<String, String> given() {
        return new LinkedHashMap<>(given);
    }
}
