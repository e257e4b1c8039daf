package org.payhub.payment;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.payhub.provider.spi.ProviderEvent.InvoiceOutcome;
import org.payhub.provider.spi.ProviderEvent.InvoiceReported;

/**
 * What is known of an invoice that may be paid in parts, too much or too late, and what a person
 * decided about it.
 *
 * <p><b>Guarantee</b>: of the final reports the one that knows of the most money counts, of equals
 * the newest, so that every order of the same reports ends with the same one.
 */
@Embeddable
class Invoice {

    @Column(name = "invoice_key")
    private String key;

    /** All that was ever seen, confirmed or not. */
    @Column(name = "invoice_seen_minor", precision = 38)
    private BigInteger seenMinor;

    @Convert(converter = InvoiceOutcomeColumn.class)
    @Column(name = "invoice_outcome")
    private InvoiceOutcome outcome;

    /** What came by the report that counts. */
    @Column(name = "invoice_minor", precision = 38)
    private BigInteger minor;

    @Column(name = "invoice_changed_at")
    private Instant changedAt;

    /** So much of it is the visit's, because a person said so. */
    @Column(name = "invoice_share_minor", precision = 38)
    private BigInteger shareMinor;

    @Column(name = "invoice_decided_minor", precision = 38)
    private BigInteger decidedMinor;

    @Column(name = "invoice_decided_at")
    private Instant decidedAt;

    @Column(name = "invoice_accepted")
    private boolean accepted;

    @Column(name = "invoice_postings")
    private int postings;

    /**
     * Takes a report into account.
     *
     * @return whether it is now the one by which money is booked
     */
    boolean tell(InvoiceReported told) {
        key = key == null ? told.invoiceKey() : key;
        seenMinor =
                seenMinor == null
                        ? told.received().minor()
                        : seenMinor.max(told.received().minor());
        boolean newest = told.outcome().isFinal() && takesOver(told);
        if (newest) {
            outcome = told.outcome();
            minor = told.received().minor();
            changedAt = at(told);
        }
        return newest;
    }

    private boolean takesOver(InvoiceReported told) {
        if (changedAt == null) {
            return true;
        }
        int more = told.received().minor().compareTo(minor);
        int later = at(told).compareTo(changedAt);
        int further = told.outcome().compareTo(outcome);
        return more > 0 || more == 0 && (later > 0 || later == 0 && further > 0);
    }

    /** Whether a person who decided did not know it yet. */
    boolean isNews(InvoiceReported told) {
        return decidedMinor == null
                || told.received().minor().compareTo(decidedMinor) > 0
                || at(told).isAfter(decidedAt) && told.outcome() != outcome;
    }

    /** A column keeps no more than microseconds; what is compared with it must not either. */
    private static Instant at(InvoiceReported told) {
        return told.changedAt().truncatedTo(ChronoUnit.MICROS);
    }

    /** A person has looked: so much of what came is the visit's. */
    void decide(BigInteger share) {
        shareMinor = share;
        decidedMinor = minor == null ? BigInteger.ZERO : minor;
        decidedAt = changedAt == null ? Instant.EPOCH : changedAt;
    }

    /** Too little came, and a person takes it for all that was asked. */
    void accept() {
        accepted = true;
    }

    /** So many postings were not of one transfer alone; the number makes the next one's key. */
    String nextPostingKey() {
        postings++;
        return key + "#" + postings;
    }

    boolean isKnown() {
        return key != null;
    }

    boolean isFinal() {
        return outcome != null;
    }

    /** Whether what came is all that was asked for, whatever the digits say. */
    boolean isInFull() {
        boolean told = outcome == InvoiceOutcome.PAID || outcome == InvoiceOutcome.OVERPAID;
        return accepted || told && shareMinor == null;
    }

    boolean isAccepted() {
        return accepted;
    }

    Optional<BigInteger> decidedShare() {
        return Optional.ofNullable(shareMinor);
    }

    BigInteger cameMinor() {
        return minor == null ? BigInteger.ZERO : minor;
    }

    Optional<BigInteger> seen() {
        return Optional.ofNullable(seenMinor);
    }

    String key() {
        return key;
    }

    Optional<InvoiceOutcome> outcome() {
        return Optional.ofNullable(outcome);
    }
}
