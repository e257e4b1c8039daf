package org.payhub.payment;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.time.Instant;
import org.payhub.money.Rate;

/** At which rate the asked amount became the expected one. It was promised and stays. */
@Embeddable
class Quote {

    @Column(name = "quote_rate")
    private String rate;

    @Column(name = "quote_source")
    private String source;

    @Column(name = "quote_locked_at")
    private Instant lockedAt;

    @Column(name = "quote_valid_until")
    private Instant validUntil;

    Quote() {}

    Quote(Rate rate, String source, Instant lockedAt, Instant validUntil) {
        this.rate = rate.toString();
        this.source = source;
        this.lockedAt = lockedAt;
        this.validUntil = validUntil;
    }

    /** The provider's page says until when it takes the money at that rate. */
    void holdsUntil(Instant end) {
        validUntil = end;
    }

    QuoteRow row() {
        return new QuoteRow(rate, source, lockedAt, validUntil);
    }
}
