package org.payhub.platform;

import com.github.f4b6a3.uuid.UuidCreator;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Identifiers that we make: UUIDv7 inside, a prefix and 26 Crockford base 32 letters outside
 * ({@code pay_06er…}). They are unique and ordered by time, and never secret.
 */
public final class Ids {

    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LETTERS = 26;
    private static final BigInteger UUID_LIMIT = BigInteger.ONE.shiftLeft(128);

    private Ids() {}

    /** A new identifier, ordered by time. */
    public static UUID next() {
        return UuidCreator.getTimeOrderedEpoch();
    }

    /** The text that people and programs outside see. */
    public static String text(String prefix, UUID id) {
        StringBuilder text = new StringBuilder(prefix.length() + 1 + LETTERS);
        text.append(prefix).append('_');
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        for (int shift = (LETTERS - 1) * 5; shift >= 0; shift -= 5) {
            text.append(ALPHABET[fiveBits(high, low, shift)]);
        }
        return text.toString();
    }

    /** Five of 128 bits; every request writes several of these, so without big numbers. */
    private static int fiveBits(long high, long low, int shift) {
        long bits = shift >= Long.SIZE ? high >>> (shift - Long.SIZE) : low >>> shift;
        if (shift < Long.SIZE && shift > Long.SIZE - 5) {
            bits |= high << (Long.SIZE - shift);
        }
        return (int) bits & 31;
    }

    /** The identifier in that text, if it is one of that prefix. Letter case does not matter. */
    public static Optional<UUID> parse(String prefix, String text) {
        if (text == null
                || text.length() != prefix.length() + 1 + LETTERS
                || !text.startsWith(prefix)
                || text.charAt(prefix.length()) != '_') {
            return Optional.empty();
        }
        BigInteger number = BigInteger.ZERO;
        String letters = text.substring(prefix.length() + 1).toLowerCase(Locale.ROOT);
        for (int i = 0; i < LETTERS; i++) {
            int value = new String(ALPHABET).indexOf(letters.charAt(i));
            if (value < 0) {
                return Optional.empty();
            }
            number = number.shiftLeft(5).or(BigInteger.valueOf(value));
        }
        if (number.compareTo(UUID_LIMIT) >= 0) {
            return Optional.empty();
        }
        return Optional.of(new UUID(number.shiftRight(64).longValue(), number.longValue()));
    }

    /** As {@link #parse}, for callers to whom anything else is "no such thing". */
    public static UUID require(String prefix, String text, String what) {
        return parse(prefix, text).orElseThrow(() -> HubException.notFound(what));
    }

    /** When an identifier of ours was made, to the millisecond; empty for those of others. */
    public static Optional<Instant> madeAt(UUID id) {
        return id.version() == 7
                ? Optional.of(Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16))
                : Optional.empty();
    }

    /** The sixteen bytes that stand in the database. */
    public static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    /** The identifier of those sixteen bytes. */
    public static UUID of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    /**
     * The identifiers in the one column of a native query. The query must not name a class for its
     * result: Hibernate would take each call for a new query, and forget others for it.
     */
    public static List<UUID> ofColumn(List<?> column) {
        return column.stream().map(value -> of((byte[]) value)).toList();
    }
}
