package org.payhub.audit;

import jakarta.annotation.Resource;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.payhub.platform.Correlation;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.platform.MasterKey;
import org.payhub.platform.Page;
import org.payhub.platform.PageRequest;
import org.payhub.platform.TypedText;
import org.payhub.tenancy.Actor;
import org.payhub.tenancy.MerchantId;
import org.payhub.tenancy.Right;
import org.payhub.tenancy.Scope;

/**
 * The audit: who did what, for whom, from where. An entry joins the caller's transaction, so that
 * an act and its entry stand or fall together; each entry hashes the one before it in its chain.
 *
 * <p><b>Guarantee</b>: {@code unique(chain, seq)}; the application's database user may neither
 * change nor remove an entry. An exported file is checked by {@link AuditVerifier} without server
 * or database.
 */
@Stateless
public class AuditLog {

    /** The chain of what is done to the installation rather than for a merchant. */
    static final UUID INSTALLATION = new UUID(0, 0);

    private static final int BATCH = 500;

    @PersistenceContext(unitName = "payhub")
    EntityManager em;

    @Resource SessionContext context;
    @Inject Clock clock;

    /** For the container. */
    public AuditLog() {}

    /**
     * Notes what the caller does for their merchant. Call it last in a transaction: the end of the
     * merchant's chain stays locked until the commit.
     *
     * @param action stable, lower case and dotted: {@code refund.issue}
     * @param detailsJson what {@link AuditDetails} makes; never a secret
     */
    public void record(
            Scope scope, String action, String objectType, String objectId, String detailsJson) {
        recordFor(scope.merchant(), scope.actor(), action, objectType, objectId, detailsJson);
    }

    /** As {@link #record}, where no scope is at hand: a client, a webhook, the operator. */
    public void recordFor(
            MerchantId merchant,
            Actor actor,
            String action,
            String objectType,
            String objectId,
            String detailsJson) {
        add(merchant.value(), actor, action, objectType, objectId, detailsJson);
    }

    /** Notes what is done to the installation. */
    public void recordInstallation(
            Actor actor, String action, String objectType, String objectId, String detailsJson) {
        add(INSTALLATION, actor, action, objectType, objectId, detailsJson);
    }

    private void add(
            UUID chain,
            Actor actor,
            String action,
            String objectType,
            String objectId,
            String detailsJson) {
        AuditChain end = lockedEnd(chain);
        String details = detailsJson == null ? AuditDetails.NONE : detailsJson;
        byte[] salt = MasterKey.random(AuditLine.SALT_BYTES);
        AuditLine unsigned =
                new AuditLine(
                        chain,
                        end.seq() + 1,
                        clock.instant().truncatedTo(ChronoUnit.MICROS),
                        actor.kind().name(),
                        actor.id(),
                        AuditText.clean(actor.name(), 200),
                        AuditText.cleanAscii(actor.address(), 64),
                        AuditText.cleanAscii(Correlation.current(), 64),
                        AuditText.cleanAscii(action, 64),
                        AuditText.cleanAscii(objectType, 32),
                        AuditText.clean(objectId, 255),
                        end.hash(),
                        AuditLine.digestOf(salt, details),
                        new byte[0],
                        salt,
                        details);
        byte[] hash = unsigned.rightHash();
        UUID id = Ids.next();
        em.persist(new AuditEntry(id, actor.kind(), unsigned.withHash(hash)));
        em.persist(new AuditDetail(id, salt, details));
        end.grow(unsigned.seq(), hash);
        em.flush();
    }

    private AuditChain lockedEnd(UUID chain) {
        AuditChain end = em.find(AuditChain.class, chain, LockModeType.PESSIMISTIC_WRITE);
        if (end == null) {
            em.createNativeQuery(
                            "INSERT INTO audit_chain (chain, seq, hash) VALUES (:chain, 0, :hash)"
                                    + " ON DUPLICATE KEY UPDATE seq = seq")
                    .setParameter("chain", chain)
                    .setParameter("hash", new byte[AuditLine.HASH_BYTES])
                    .executeUpdate();
            end = em.find(AuditChain.class, chain, LockModeType.PESSIMISTIC_WRITE);
        }
        return end;
    }

    /** Entries of the caller's merchant, newest first. Needs {@link Right#SEE_AUDIT}. */
    public Page<AuditRow> page(Scope scope, AuditFilter filter, PageRequest request) {
        scope.require(Right.SEE_AUDIT);
        Map<String, Object> values = new LinkedHashMap<>();
        StringBuilder where = new StringBuilder("e.chain = :chain");
        values.put("chain", scope.merchant().value());
        filter.action()
                .ifPresent(v -> like(where, values, "e.action", "action", TypedText.inAscii(v)));
        filter.objectType()
                .ifPresent(v -> same(where, values, "e.objectType", "type", TypedText.inAscii(v)));
        filter.objectId().ifPresent(v -> same(where, values, "e.objectId", "object", v));
        filter.actorName().ifPresent(v -> like(where, values, "e.actorName", "actor", v));
        filter.from().ifPresent(v -> and(where, values, "e.at >= :from", "from", v));
        filter.to().ifPresent(v -> and(where, values, "e.at < :to", "to", v));
        // Within a chain the order is seq, which alone is exact; the cursor carries it as an
        // instant of so many microseconds.
        request.after()
                .ifPresent(
                        place ->
                                and(
                                        where,
                                        values,
                                        "e.seq < :seq",
                                        "seq",
                                        ChronoUnit.MICROS.between(Instant.EPOCH, place.at())));
        TypedQuery<Object[]> query =
                em.createQuery(
                        "select e, d from AuditEntry e left join AuditDetail d on d.entry = e.id"
                                + " where "
                                + where
                                + " order by e.seq desc",
                        Object[].class);
        values.forEach(query::setParameter);
        List<AuditRow> rows = new ArrayList<>();
        for (Object[] pair : query.setMaxResults(request.limit() + 1).getResultList()) {
            rows.add(((AuditEntry) pair[0]).row((AuditDetail) pair[1]));
        }
        return request.page(
                rows, r -> Instant.EPOCH.plus(r.seq(), ChronoUnit.MICROS), AuditRow::id);
    }

    private static void and(
            StringBuilder where,
            Map<String, Object> values,
            String condition,
            String name,
            Object value) {
        where.append(" and ").append(condition);
        values.put(name, value);
    }

    private static void same(
            StringBuilder where,
            Map<String, Object> values,
            String column,
            String name,
            String value) {
        and(where, values, column + " = :" + name, name, value);
    }

    private static void like(
            StringBuilder where,
            Map<String, Object> values,
            String column,
            String name,
            String value) {
        String begin = value.replace("!", "!!").replace("%", "!%").replace("_", "!_");
        and(where, values, column + " like :" + name + " escape '!'", name, begin + "%");
    }

    /**
     * Writes the whole chain of the caller's merchant as text that {@link AuditVerifier} reads, one
     * JSON object per line: first what the file is, then every entry, oldest first. Taking it is
     * itself an entry, the last of the file. Needs {@link Right#SEE_AUDIT}.
     *
     * <p>Runs outside a transaction: a long download holds no lock. The stream is not closed.
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void export(Scope scope, OutputStream out) {
        scope.require(Right.SEE_AUDIT);
        UUID chain = scope.merchant().value();
        context.getBusinessObject(AuditLog.class)
                .record(
                        scope,
                        "audit.export",
                        "merchant",
                        scope.merchant().toString(),
                        AuditDetails.NONE);
        AuditChain end =
                Optional.ofNullable(em.find(AuditChain.class, chain))
                        .orElseThrow(() -> HubException.notFound("audit"));
        try {
            BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
            line(buffered, header(scope.merchant(), end));
            for (long seq = 0; seq < end.seq(); ) {
                List<AuditLine> lines = after(chain, seq, end.seq());
                for (AuditLine entry : lines) {
                    line(buffered, entry.toJson());
                    seq = entry.seq();
                }
                if (lines.isEmpty()) {
                    // Entries are missing at the end: the verifier says so from the header.
                    break;
                }
            }
            buffered.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String header(MerchantId merchant, AuditChain end) {
        StringBuilder json = new StringBuilder("{\"entries\":").append(end.seq());
        String[] fields = {
            "format", AuditLine.FORMAT,
            "merchant", merchant.toString(),
            "chain", merchant.value().toString(),
            "head", HexFormat.of().formatHex(end.hash()),
            "exportedAt", clock.instant().toString()
        };
        for (int i = 0; i < fields.length; i += 2) {
            json.append(',');
            AuditText.quote(json, fields[i]);
            json.append(':');
            AuditText.quote(json, fields[i + 1]);
        }
        return json.append('}').toString();
    }

    private List<AuditLine> after(UUID chain, long seq, long last) {
        List<AuditLine> lines = new ArrayList<>();
        for (Object[] pair :
                em.createQuery(
                                "select e, d from AuditEntry e left join AuditDetail d on d.entry ="
                                        + " e.id where e.chain = :chain and e.seq > :seq and e.seq"
                                        + " <= :last order by e.seq",
                                Object[].class)
                        .setParameter("chain", chain)
                        .setParameter("seq", seq)
                        .setParameter("last", last)
                        .setMaxResults(BATCH)
                        .getResultList()) {
            lines.add(((AuditEntry) pair[0]).line((AuditDetail) pair[1]));
        }
        return lines;
    }

    private static void line(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.write('\n');
    }
}
