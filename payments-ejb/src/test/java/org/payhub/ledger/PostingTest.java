package org.payhub.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.payhub.integration.IntegrationId;
import org.payhub.money.Asset;
import org.payhub.money.Money;
import org.payhub.tenancy.MerchantId;

class PostingTest {

    private static final Instant NOW = Instant.parse("2026-03-08T04:30:00Z");
    private static final Books BOOKS =
            new Books(MerchantId.next(), IntegrationId.next(), false, ZoneId.of("America/Havana"));
    private static final Posting.About ABOUT = Posting.About.payment(UUID.randomUUID());

    private static Posting.Draft draft() {
        return Posting.of(BOOKS, Fact.CAPTURED, "ch_1", NOW, ABOUT);
    }

    @Test
    void lines_that_sum_to_zero_in_each_asset_are_a_posting() {
        for (String asset : List.of("JPY", "USD", "BHD", "USDT:tron", "ETH:ethereum")) {
            Money amount = new Money(new BigInteger("1234567890123456789012"), Asset.of(asset));

            Posting posting =
                    draft().debit(LedgerAccount.CLEARING, amount)
                            .credit(LedgerAccount.PREPAYMENTS, amount)
                            .build()
                            .orElseThrow();

            assertThat(posting.lines()).hasSize(2);
        }
    }

    @Test
    void lines_that_leave_something_cannot_be_built() {
        Money ten = Money.ofMinor(10, "EUR");
        Posting.Draft draft =
                draft().debit(LedgerAccount.CLEARING, ten)
                        .credit(LedgerAccount.PREPAYMENTS, Money.ofMinor(9, "EUR"));

        assertThatThrownBy(draft::build).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_same_number_of_two_assets_does_not_balance() {
        Posting.Draft draft =
                draft().debit(LedgerAccount.CLEARING, Money.ofMinor(10, "EUR"))
                        .credit(LedgerAccount.PREPAYMENTS, Money.ofMinor(10, "USD"));

        assertThatThrownBy(draft::build).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_posting_of_nothing_is_none() {
        Money nothing = Money.zero(Asset.of("EUR"));

        assertThat(
                        draft().debit(LedgerAccount.CLEARING, nothing)
                                .credit(LedgerAccount.FEES, nothing)
                                .build())
                .isEmpty();
    }

    @Test
    void a_line_of_nothing_cannot_stand_in_a_posting() {
        Posting.Line nothing = new Posting.Line(LedgerAccount.FEES, Money.zero(Asset.of("EUR")));

        assertThatThrownBy(
                        () ->
                                new Posting(
                                        BOOKS,
                                        Fact.FEE,
                                        "txn_1",
                                        NOW,
                                        ABOUT,
                                        List.of(nothing, nothing)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the_booking_date_is_the_day_at_the_location() {
        Posting posting =
                draft().debit(LedgerAccount.CLEARING, Money.ofMinor(10, "EUR"))
                        .credit(LedgerAccount.PREPAYMENTS, Money.ofMinor(10, "EUR"))
                        .build()
                        .orElseThrow();

        LedgerRow row = new LedgerEntry(posting, UUID.randomUUID(), 1, NOW).row();

        // Half past four in London is still the evening before in Havana.
        assertThat(row.bookingDate()).hasToString("2026-03-07");
        assertThat(row.bookingZone()).isEqualTo("America/Havana");
    }

    @Test
    void each_fact_that_can_be_taken_back_names_its_reversal() {
        assertThat(Fact.REFUND_ACCEPTED.reversed()).isEqualTo(Fact.REFUND_ACCEPTED_REVERSED);
        assertThat(Fact.REFUND_SUCCEEDED.reversed()).isEqualTo(Fact.REFUND_SUCCEEDED_REVERSED);
        assertThat(Fact.DISPUTE_LOST.reversed()).isEqualTo(Fact.DISPUTE_LOST_REVERSED);
    }
}
