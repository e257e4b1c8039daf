package org.payhub.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void an_identifier_of_ours_tells_when_it_was_made() {
        Instant before = Instant.now();

        UUID made = Ids.next();

        assertThat(Ids.madeAt(made))
                .hasValueSatisfying(
                        at ->
                                assertThat(at)
                                        .isBetween(
                                                before.minus(Duration.ofSeconds(1)),
                                                Instant.now().plus(Duration.ofSeconds(1))));
        assertThat(Ids.madeAt(UUID.fromString("019c6a1e-8e00-7000-8000-000000000000")))
                .contains(Instant.ofEpochMilli(0x019c6a1e8e00L));
    }

    @Test
    void an_identifier_of_others_tells_no_time() {
        assertThat(Ids.madeAt(UUID.randomUUID())).isEmpty();
    }
}
