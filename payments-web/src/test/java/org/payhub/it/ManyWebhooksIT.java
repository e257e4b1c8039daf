package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Webhooks of all providers at once, late, several times each and in any order. So many
 * notifications as {@code -Dpayhub.test.webhooks} says: a thousand by default, ten thousand in some
 * minutes.
 */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class ManyWebhooksIT {

    private static final int WANTED = Integer.getInteger("payhub.test.webhooks", 1_000);
    private static final int COPIES = 3;
    private static final long SEED = 20261121;

    private final List<Candidate> candidates = Candidate.codes().map(Candidate::connect).toList();

    @AfterEach
    void everything_goes_out_as_usual() {
        candidates.forEach(
                candidate -> {
                    candidate.actor().webhooks().copies(1);
                    candidate.actor().webhooks().watch(parcel -> {});
                });
    }

    @Test
    void told_late_doubled_and_shuffled_the_books_equal_the_providers_own() {
        AtomicInteger told = new AtomicInteger();
        for (Candidate candidate : candidates) {
            candidate.actor().webhooks().watch(parcel -> told.incrementAndGet());
            candidate.actor().webhooks().copies(COPIES);
            candidate.actor().webhooks().hold();
        }

        int rounds = 0;
        while (told.get() * COPIES < WANTED) {
            Together.inPool(
                    4,
                    20 * candidates.size(),
                    i -> live(candidates.get(i % candidates.size()), i / candidates.size()));
            assertThat(++rounds).as("rounds for " + told.get()).isLessThan(200);
        }
        Together.inPool(
                candidates.size(),
                candidates.size(),
                i -> {
                    candidates.get(i).actor().webhooks().release(SEED + i);
                    return i;
                });
        Awaitility.await("everything was sent")
                .atMost(Duration.ofMinutes(8))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> candidates.stream().allMatch(c -> c.actor().webhooks().idle()));

        for (Candidate candidate : candidates) {
            TestMerchant.await(
                    candidate.code() + ": what was taken",
                    () -> candidate.taken() - candidate.books().taken(),
                    missing -> missing == 0);
            candidate.awaitQuiet();
            assertThat(candidate.returned())
                    .as(candidate.code() + ": what was returned")
                    .isEqualTo(candidate.books().returned());
            assertThat(candidate.ledgerSums()).as(candidate.code()).isEmpty();
            assertThat(candidate.unmatched()).as(candidate.code()).isZero();
            assertThat(notPaid(candidate)).as(candidate.code()).isZero();
        }
        assertThat(told.get() * COPIES).isGreaterThanOrEqualTo(WANTED);
        Invariants.hold();
    }

    /**
     * One visit's life: paid; every third is declined first, every fourth partly refunded. What
     * nobody pays in coins runs out, and what is paid after that is a person's to decide; so there
     * nothing is declined.
     */
    private static Object live(Candidate candidate, int number) {
        Candidate.Opened opened = candidate.open();
        if (number % 3 == 1 && candidate.actor().coin().isEmpty()) {
            candidate.actor().decline(opened.page());
            // Where a decline ends the page, the client opens another one.
            opened = candidate.open(opened.visit(), opened.link());
        }
        candidate.actor().pay(opened.page());
        if (number % 4 == 0) {
            candidate.actor().refundInCabinet(opened.page(), candidate.actor().part());
        }
        return number;
    }

    private static long notPaid(Candidate candidate) {
        return Rows.number(
                "SELECT COUNT(*) FROM visit WHERE merchant_id = ? AND payment_status NOT IN"
                        + " ('paid', 'part_refunded')",
                Rows.id(candidate.merchant().id()));
    }
}
