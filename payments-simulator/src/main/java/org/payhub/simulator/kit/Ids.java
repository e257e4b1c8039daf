package org.payhub.simulator.kit;

import java.security.SecureRandom;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Makes identifiers and keys: random ones, or repeatable ones from a seed. */
public final class Ids {

    private static final String ALPHABET =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private final RandomGenerator random;

    private Ids(RandomGenerator random) {
        this.random = random;
    }

    /** Unpredictable, for everything that is a secret or must never repeat. */
    public static Ids random() {
        return new Ids(new SecureRandom());
    }

    /** The same seed gives the same names in the same order. */
    public static Ids seeded(long seed) {
        return new Ids(new Random(seed));
    }

    /** {@code prefix} and as many letters and digits. */
    public synchronized String next(String prefix, int length) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < length; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /** As many decimal digits, the first not zero. */
    public synchronized String digits(int length) {
        StringBuilder id = new StringBuilder();
        id.append((char) ('1' + random.nextInt(9)));
        for (int i = 1; i < length; i++) {
            id.append((char) ('0' + random.nextInt(10)));
        }
        return id.toString();
    }
}
