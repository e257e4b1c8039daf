package org.payhub.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.payhub.money.Money;

/**
 * One fact in double entry. Its lines sum to zero in each asset, or it cannot be built.
 *
 * @param key the provider's key of what happened, as {@link Fact} says
 * @param lines debit positive; none is zero
 */
public record Posting(
        Books books, Fact fact, String key, Instant occurredAt, About about, List<Line> lines) {

    /** One signed line, debit positive. */
    public record Line(LedgerAccount account, Money amount) {

        Line negated() {
            return new Line(account, amount.negated());
        }
    }

    /** What a posting belongs to, by the bare ids. */
    public record About(Optional<UUID> payment, Optional<UUID> refund, Optional<UUID> dispute) {

        /** To no payment: the merchant's own money. */
        public static About nothing() {
            return new About(Optional.empty(), Optional.empty(), Optional.empty());
        }

        public static About payment(UUID payment) {
            return new About(Optional.of(payment), Optional.empty(), Optional.empty());
        }

        public static About refund(UUID payment, UUID refund) {
            return new About(Optional.of(payment), Optional.of(refund), Optional.empty());
        }

        public static About dispute(UUID payment, UUID dispute) {
            return new About(Optional.of(payment), Optional.empty(), Optional.of(dispute));
        }
    }

    public Posting {
        Objects.requireNonNull(books, "books");
        Objects.requireNonNull(fact, "fact");
        Objects.requireNonNull(occurredAt, "occurredAt");
        Objects.requireNonNull(about, "about");
        if (key.isEmpty() || key.length() > 255) {
            throw new IllegalArgumentException("A posting's key has 1 to 255 characters");
        }
        lines = List.copyOf(lines);
        requireBalance(lines);
    }

    private static void requireBalance(List<Line> lines) {
        if (lines.size() < 2) {
            throw new IllegalArgumentException("A posting has at least two lines");
        }
        Map<String, Money> sums = new TreeMap<>();
        for (Line line : lines) {
            if (line.amount().isZero()) {
                throw new IllegalArgumentException("A line of nothing: " + line.account());
            }
            sums.merge(line.amount().asset().code(), line.amount(), Money::plus);
        }
        for (Money sum : sums.values()) {
            if (!sum.isZero()) {
                throw new IllegalArgumentException("The lines leave " + sum);
            }
        }
    }

    /** Begins a posting line by line; lines of nothing are left out. */
    public static Draft of(Books books, Fact fact, String key, Instant occurredAt, About about) {
        return new Draft(books, fact, key, occurredAt, about);
    }

    /** A posting that is being written. */
    public static final class Draft {

        private final Books books;
        private final Fact fact;
        private final String key;
        private final Instant occurredAt;
        private final About about;
        private final List<Line> lines = new ArrayList<>();

        private Draft(Books books, Fact fact, String key, Instant occurredAt, About about) {
            this.books = books;
            this.fact = fact;
            this.key = key;
            this.occurredAt = occurredAt;
            this.about = about;
        }

        public Draft debit(LedgerAccount account, Money amount) {
            if (!amount.isZero()) {
                lines.add(new Line(account, amount));
            }
            return this;
        }

        public Draft credit(LedgerAccount account, Money amount) {
            return debit(account, amount.negated());
        }

        /** The posting, unless nothing moved. */
        public Optional<Posting> build() {
            return lines.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Posting(books, fact, key, occurredAt, about, lines));
        }
    }
}
