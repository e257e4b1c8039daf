package org.payhub.finance;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A delivery that a worker has claimed. Its mark is only set while the claim holds: the row must
 * still bear this owner and this number of attempts, otherwise everything is taken back.
 *
 * @param againAt when the delivery is to run again once it was {@code APPLIED}, because something
 *     could not be read yet (a fee); with every other outcome, and when empty, it is finished
 */
public record DeliveryClaim(UUID delivery, String owner, int attempts, Optional<Instant> againAt) {}
