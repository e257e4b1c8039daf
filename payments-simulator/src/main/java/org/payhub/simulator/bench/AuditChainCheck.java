package org.payhub.simulator.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * Follows every audit chain in the database from its first entry to its end and reckons each hash
 * again, by code of its own: SHA-256 over the format's name and the fields, each with its length.
 */
final class AuditChainCheck {

    private static final String FORMAT = "payhub-audit-1";
    private static final DateTimeFormatter AT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final HexFormat HEX = HexFormat.of();

    private AuditChainCheck() {}

    /** What is wrong, in a sentence each; empty is good. */
    static List<String> problems(Connection connection) throws SQLException {
        List<String> problems = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet entries =
                        statement.executeQuery(
                                "SELECT e.*, c.seq AS last_seq, c.hash AS last_hash FROM"
                                        + " audit_entry e LEFT JOIN audit_chain c ON c.chain ="
                                        + " e.chain ORDER BY e.chain, e.seq")) {
            UUID chain = null;
            byte[] previous = new byte[32];
            long seq = 0;
            while (entries.next()) {
                UUID now = uuid(entries.getBytes("chain"));
                if (!now.equals(chain)) {
                    chain = now;
                    previous = new byte[32];
                    seq = 0;
                }
                seq++;
                String name = "audit entry " + entries.getLong("seq") + " of chain " + chain;
                if (entries.getLong("seq") != seq) {
                    problems.add(name + " stands where entry " + seq + " belongs");
                    seq = entries.getLong("seq");
                }
                if (!Arrays.equals(previous, entries.getBytes("previous_hash"))) {
                    problems.add(name + " does not follow the one before");
                }
                if (!Arrays.equals(hash(entries, chain), entries.getBytes("hash"))) {
                    problems.add(name + " does not have the hash of what it says");
                }
                previous = entries.getBytes("hash");
                if (seq > entries.getLong("last_seq")) {
                    problems.add(name + " is beyond the chain's end");
                } else if (seq == entries.getLong("last_seq")
                        && !Arrays.equals(previous, entries.getBytes("last_hash"))) {
                    problems.add(name + " is not the end that the chain remembers");
                }
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet cut =
                        statement.executeQuery(
                                "SELECT COUNT(*) FROM audit_chain c WHERE c.seq <> (SELECT"
                                        + " COUNT(*) FROM audit_entry e WHERE e.chain = c.chain)")) {
            cut.next();
            if (cut.getLong(1) > 0) {
                problems.add(cut.getLong(1) + " audit chains end before their last entry");
            }
        }
        return problems;
    }

    private static byte[] hash(ResultSet entry, UUID chain) throws SQLException {
        String[] fields = {
            chain.toString(),
            entry.getString("seq"),
            AT.format(entry.getTimestamp("at").toInstant()),
            entry.getString("actor_kind"),
            uuid(entry.getBytes("actor_id")).toString(),
            entry.getString("actor_name"),
            entry.getString("address"),
            entry.getString("request_id"),
            entry.getString("action"),
            entry.getString("object_type"),
            entry.getString("object_id"),
            HEX.formatHex(entry.getBytes("previous_hash")),
            HEX.formatHex(entry.getBytes("details_digest"))
        };
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((FORMAT + "\n").getBytes(StandardCharsets.UTF_8));
            for (String field : fields) {
                byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
                digest.update(bytes);
                digest.update((byte) '\n');
            }
            return digest.digest();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no SHA-256", e);
        }
    }

    private static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }
}
