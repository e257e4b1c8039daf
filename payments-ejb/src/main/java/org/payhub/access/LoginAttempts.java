package org.payhub.access;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.payhub.platform.HubException;
import org.payhub.platform.MasterKey;
import org.payhub.platform.Problem;

/**
 * Counts tries to log in, in transactions of their own. A try is counted before its password is
 * looked at, so that many at once count as many; success takes it back.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class LoginAttempts {

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Inject Clock clock;

    /** For the container. */
    public LoginAttempts() {}

    /**
     * Lets a try begin.
     *
     * <p><b>Errors</b>: {@code access.slow_down}, saying for how many seconds; the same whether the
     * account exists or not.
     */
    public void begin(String email, String address) {
        Instant now = clock.instant();
        // Always in this order, so that two tries wait for each other instead of dying.
        Duration account = count(subject("account", email), LoginDelay.ACCOUNT, now);
        Duration from = count(subject("address", address), LoginDelay.ADDRESS, now);
        Duration left = account.compareTo(from) > 0 ? account : from;
        if (!left.isZero()) {
            long seconds = Math.max(1, left.plusMillis(999).toSeconds());
            throw new HubException(
                    Problem.TOO_MANY,
                    "access.slow_down",
                    "Too many tries in a row. Wait "
                            + seconds
                            + (seconds == 1 ? " second" : " seconds")
                            + ", then try again.");
        }
    }

    /** Takes a try back that succeeded: the account starts anew, the address has one less. */
    public void succeeded(String email, String address) {
        em.createNativeQuery("DELETE FROM login_failure WHERE subject = :subject")
                .setParameter("subject", subject("account", email))
                .executeUpdate();
        em.createNativeQuery(
                        "UPDATE login_failure SET failures = failures - 1 WHERE subject = :subject"
                                + " AND failures > 0")
                .setParameter("subject", subject("address", address))
                .executeUpdate();
    }

    private Duration count(byte[] subject, LoginDelay delay, Instant now) {
        em.createNativeQuery(
                        "INSERT INTO login_failure (subject, failures, last_at) VALUES (:subject,"
                                + " 0, :now) ON DUPLICATE KEY UPDATE subject = subject")
                .setParameter("subject", subject)
                .setParameter("now", Timestamp.from(now))
                .executeUpdate();
        List<?> rows =
                em.createNativeQuery(
                                "SELECT failures, last_at FROM login_failure WHERE subject ="
                                        + " :subject FOR UPDATE")
                        .setParameter("subject", subject)
                        .getResultList();
        Object[] row = (Object[]) rows.get(0);
        int failures = ((Number) row[0]).intValue();
        Instant lastAt = ((Timestamp) row[1]).toInstant();
        Duration left = delay.left(failures, lastAt, now);
        if (left.isZero()) {
            em.createNativeQuery(
                            "UPDATE login_failure SET failures = :failures, last_at = :now WHERE"
                                    + " subject = :subject")
                    .setParameter("failures", LoginDelay.counted(failures, lastAt, now) + 1)
                    .setParameter("now", Timestamp.from(now))
                    .setParameter("subject", subject)
                    .executeUpdate();
        }
        return left;
    }

    private static byte[] subject(String kind, String value) {
        return MasterKey.sha256((kind + ":" + value).getBytes(StandardCharsets.UTF_8));
    }
}
