package org.payhub.provider.tropipay;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.payhub.provider.http.Json;
import org.payhub.provider.http.JsonMalformed;
import org.payhub.provider.spi.CallOwner;
import org.payhub.provider.spi.Secret;

/**
 * The access tokens of the integrations that are at work, in memory alone. One integration has one
 * token, which all its calls share; whoever comes while it is fetched waits for it.
 */
final class TropipayTokens {

    /** Renewed so long before its end. */
    private static final Duration EARLY = Duration.ofMinutes(5);

    private static final Duration USUAL = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final int MOST = 2_000;

    private static final BigInteger MILLISECONDS = BigInteger.valueOf(1_000_000_000_000L);
    private static final BigInteger SECONDS = BigInteger.valueOf(1_000_000_000L);

    private final Map<String, Slot> slots = new ConcurrentHashMap<>();
    private final Clock clock;

    TropipayTokens(Clock clock) {
        this.clock = clock;
    }

    /** One integration's token, or the place for it. */
    private static final class Slot {
        private Secret token;
        private Instant until = Instant.MIN;
    }

    /**
     * The token of these credentials; fetched where there is none, or none for much longer.
     *
     * @param refused a token that Tropipay no longer takes; another one is wanted
     */
    Secret get(
            CallOwner owner,
            String base,
            Secret clientId,
            Secret clientSecret,
            Optional<Secret> refused,
            Supplier<Json> fetch) {
        if (slots.size() > MOST) {
            Instant now = clock.instant();
            slots.values().removeIf(s -> s.until.isBefore(now));
        }
        Slot slot =
                slots.computeIfAbsent(key(owner, base, clientId, clientSecret), k -> new Slot());
        synchronized (slot) {
            boolean usable =
                    slot.token != null
                            && clock.instant().isBefore(slot.until)
                            && refused.filter(slot.token::equals).isEmpty();
            if (!usable) {
                Json answer = fetch.get();
                String text = answer.filled(TropipayProtocol.ACCESS_TOKEN).orElse("");
                slot.token = Secret.of(text);
                slot.until = text.isEmpty() ? Instant.MIN : renewal(answer, text);
            }
            return slot.token;
        }
    }

    /** The next call fetches a new one. */
    void forget(CallOwner owner, String base, Secret clientId, Secret clientSecret) {
        slots.remove(key(owner, base, clientId, clientSecret));
    }

    private Instant renewal(Json answer, String token) {
        Instant now = clock.instant();
        Instant end = end(answer, token, now);
        Instant bounded = end.isAfter(now.plus(LONGEST)) ? now.plus(LONGEST) : end;
        Duration left = Duration.between(now, bounded);
        return left.compareTo(EARLY.multipliedBy(2)) > 0
                ? bounded.minus(EARLY)
                : now.plus(left.dividedBy(2));
    }

    /**
     * {@code expires_in} is said to be seconds and is a moment: seconds or milliseconds since 1970.
     * It has been text too; then the token itself tells.
     */
    private static Instant end(Json answer, String token, Instant now) {
        Optional<BigInteger> told =
                answer.integer(TropipayProtocol.EXPIRES_IN)
                        .filter(n -> n.signum() > 0 && n.bitLength() < 63);
        if (told.isEmpty()) {
            return expiry(token).orElse(now.plus(USUAL));
        }
        long number = told.get().longValueExact();
        if (told.get().compareTo(MILLISECONDS) > 0) {
            return Instant.ofEpochMilli(number);
        }
        return told.get().compareTo(SECONDS) > 0
                ? Instant.ofEpochSecond(number)
                : now.plusSeconds(number);
    }

    private static Optional<Instant> expiry(String token) {
        String[] parts = token.split("\\.");
        try {
            return parts.length < 2
                    ? Optional.empty()
                    : Json.parse(Base64.getUrlDecoder().decode(parts[1]))
                            .seconds(TropipayProtocol.JWT_EXPIRY);
        } catch (JsonMalformed | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A changed pair, or another world, has another token; the key itself tells nothing. */
    private static String key(CallOwner owner, String base, Secret clientId, Secret clientSecret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String whose = owner.merchant() + "|" + owner.integration().orElse(owner.merchant());
            digest.update((whose + "|" + base + "|").getBytes(StandardCharsets.UTF_8));
            digest.update(clientId.revealBytes());
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(clientSecret.revealBytes()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("This Java lacks SHA-256", e);
        }
    }
}
