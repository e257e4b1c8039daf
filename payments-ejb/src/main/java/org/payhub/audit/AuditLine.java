package org.payhub.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * One entry with everything that its hash covers, and its text in an exported file. Of the JDK
 * alone, so that the offline verifier needs no server.
 *
 * <p>The hash is SHA-256 over the word {@code payhub-audit-1} and a line feed, then over each field
 * in this order: chain, seq, at, actorKind, actorId, actorName, address, requestId, action,
 * objectType, objectId, previousHash, detailsDigest; each field as its length in UTF-8 bytes in
 * decimal, a colon, its UTF-8 bytes and a line feed. Instants have six digits and end in {@code Z};
 * bytes are lower-case hex. {@code detailsDigest} is SHA-256 over the sixteen bytes of salt and the
 * details' UTF-8 bytes; erased details leave it, and so the chain, as it was.
 */
record AuditLine(
        UUID chain,
        long seq,
        Instant at,
        String actorKind,
        UUID actorId,
        String actorName,
        String address,
        String requestId,
        String action,
        String objectType,
        String objectId,
        byte[] previousHash,
        byte[] detailsDigest,
        byte[] hash,
        byte[] salt,
        String details) {

    static final String FORMAT = "payhub-audit-1";
    static final int HASH_BYTES = 32;
    static final int SALT_BYTES = 16;

    private static final HexFormat HEX = HexFormat.of();
    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    /** The hash that the fields should have. */
    byte[] rightHash() {
        MessageDigest digest = sha256();
        digest.update((FORMAT + "\n").getBytes(StandardCharsets.UTF_8));
        String[] fields = {
            chain.toString(),
            Long.toString(seq),
            AT.format(at),
            actorKind,
            actorId.toString(),
            actorName,
            address,
            requestId,
            action,
            objectType,
            objectId,
            HEX.formatHex(previousHash),
            HEX.formatHex(detailsDigest)
        };
        for (String field : fields) {
            byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
            digest.update((byte) '\n');
        }
        return digest.digest();
    }

    AuditLine withHash(byte[] right) {
        return new AuditLine(
                chain,
                seq,
                at,
                actorKind,
                actorId,
                actorName,
                address,
                requestId,
                action,
                objectType,
                objectId,
                previousHash,
                detailsDigest,
                right,
                salt,
                details);
    }

    static byte[] digestOf(byte[] salt, String details) {
        MessageDigest digest = sha256();
        digest.update(salt);
        return digest.digest(details.getBytes(StandardCharsets.UTF_8));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }

    boolean hasDetails() {
        return details != null;
    }

    /** The line of an exported file. */
    String toJson() {
        StringBuilder json = new StringBuilder(640);
        json.append("{\"seq\":").append(seq);
        add(json, "chain", chain.toString());
        add(json, "at", AT.format(at));
        add(json, "actorKind", actorKind);
        add(json, "actorId", actorId.toString());
        add(json, "actorName", actorName);
        add(json, "address", address);
        add(json, "requestId", requestId);
        add(json, "action", action);
        add(json, "objectType", objectType);
        add(json, "objectId", objectId);
        add(json, "previousHash", HEX.formatHex(previousHash));
        add(json, "detailsDigest", HEX.formatHex(detailsDigest));
        add(json, "hash", HEX.formatHex(hash));
        if (hasDetails()) {
            add(json, "salt", HEX.formatHex(salt));
            add(json, "details", details);
        }
        return json.append('}').toString();
    }

    private static void add(StringBuilder json, String name, String value) {
        json.append(',');
        AuditText.quote(json, name);
        json.append(':');
        AuditText.quote(json, value);
    }

    /**
     * Reads a line of an exported file.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static AuditLine parse(String line) {
        Map<String, String> fields = AuditText.parse(line);
        boolean detailed = fields.containsKey("details");
        if (fields.size() != (detailed ? 16 : 14)) {
            throw new IllegalArgumentException("it has fields missing or too many");
        }
        return new AuditLine(
                uuid(fields, "chain"),
                number(fields, "seq"),
                instant(fields, "at"),
                text(fields, "actorKind"),
                uuid(fields, "actorId"),
                text(fields, "actorName"),
                text(fields, "address"),
                text(fields, "requestId"),
                text(fields, "action"),
                text(fields, "objectType"),
                text(fields, "objectId"),
                bytes(fields, "previousHash", HASH_BYTES),
                bytes(fields, "detailsDigest", HASH_BYTES),
                bytes(fields, "hash", HASH_BYTES),
                detailed ? bytes(fields, "salt", SALT_BYTES) : new byte[0],
                detailed ? text(fields, "details") : null);
    }

    private static String text(Map<String, String> fields, String name) {
        String value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("it has no \"" + name + "\"");
        }
        return value;
    }

    private static long number(Map<String, String> fields, String name) {
        String value = text(fields, name);
        if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(AuditLine::digit)) {
            throw new IllegalArgumentException("\"" + name + "\" is not a number");
        }
        return Long.parseLong(value);
    }

    private static boolean digit(int c) {
        return c >= '0' && c <= '9';
    }

    private static UUID uuid(Map<String, String> fields, String name) {
        String value = text(fields, name);
        try {
            UUID id = UUID.fromString(value);
            if (id.toString().equals(value)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + name + "\" is not an id", e);
        }
        throw new IllegalArgumentException("\"" + name + "\" is not an id in lower case");
    }

    private static Instant instant(Map<String, String> fields, String name) {
        String value = text(fields, name);
        try {
            Instant at = Instant.parse(value);
            if (AT.format(at).equals(value)) {
                return at;
            }
        } catch (java.time.DateTimeException e) {
            throw new IllegalArgumentException("\"" + name + "\" is not an instant", e);
        }
        throw new IllegalArgumentException("\"" + name + "\" is not an instant of six digits");
    }

    private static byte[] bytes(Map<String, String> fields, String name, int length) {
        String value = text(fields, name);
        try {
            byte[] bytes = HEX.parseHex(value);
            if (bytes.length == length && HEX.formatHex(bytes).equals(value)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + name + "\" is not hex", e);
        }
        throw new IllegalArgumentException(
                "\"" + name + "\" is not " + length + " bytes in lower-case hex");
    }
}
