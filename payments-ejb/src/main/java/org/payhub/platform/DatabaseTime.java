package org.payhub.platform;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A moment as the database writes it in a {@code DATETIME(6)} column: UTC, to the microsecond.
 *
 * <p>For statements that are prepared at the server: the driver sends their timestamps in a type
 * that ends in 2038 on MariaDB, and what is later arrives as NULL.
 */
public final class DatabaseTime {

    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private DatabaseTime() {}

    /** That moment as text. */
    public static String text(Instant moment) {
        return FORMAT.format(moment);
    }
}
