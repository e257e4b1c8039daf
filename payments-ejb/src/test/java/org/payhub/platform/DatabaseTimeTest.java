package org.payhub.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class DatabaseTimeTest {

    @Test
    void a_moment_is_written_in_utc_to_the_microsecond_in_any_language() {
        Locale before = Locale.getDefault();
        try {
            for (String tag : new String[] {"en", "ar-EG", "th-TH-u-nu-thai"}) {
                Locale.setDefault(Locale.forLanguageTag(tag));

                assertThat(DatabaseTime.text(Instant.parse("2126-03-01T10:00:00.123456789Z")))
                        .isEqualTo("2126-03-01 10:00:00.123456");
                assertThat(DatabaseTime.text(Instant.parse("2026-11-21T00:00:00Z")))
                        .isEqualTo("2026-11-21 00:00:00.000000");
            }
        } finally {
            Locale.setDefault(before);
        }
    }
}
