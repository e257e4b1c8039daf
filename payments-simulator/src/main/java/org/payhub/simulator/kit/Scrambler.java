package org.payhub.simulator.kit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Puts deliveries into another order, repeats some and splits them among threads; the same seed
 * does the same again.
 *
 * <p>Guarantee: everything that went in comes out at least once.
 */
public final class Scrambler {

    private final Random random;

    public Scrambler(long seed) {
        random = new Random(seed);
    }

    /** Another order, nothing more. */
    public <T> List<T> reorder(List<T> items) {
        List<T> shuffled = new ArrayList<>(items);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    /**
     * Another order with repeats.
     *
     * @param percent how many of a hundred are repeated, somewhere in the whole
     */
    public <T> List<T> repeat(List<T> items, int percent) {
        List<T> more = new ArrayList<>(items);
        for (T item : items) {
            if (random.nextInt(100) < percent) {
                more.add(item);
            }
        }
        return reorder(more);
    }

    /**
     * In order, but some are lost at first and come again at the end, as a provider's retry does.
     */
    public <T> List<T> late(List<T> items, int percent) {
        List<T> first = new ArrayList<>();
        List<T> again = new ArrayList<>();
        for (T item : items) {
            (random.nextInt(100) < percent ? again : first).add(item);
        }
        first.addAll(again);
        return first;
    }

    /** Deals the items out to so many hands, each keeping the order. */
    public <T> List<List<T>> split(List<T> items, int hands) {
        List<List<T>> dealt = new ArrayList<>();
        for (int i = 0; i < hands; i++) {
            dealt.add(new ArrayList<>());
        }
        items.forEach(item -> dealt.get(random.nextInt(hands)).add(item));
        return dealt;
    }
}
