package org.payhub.webhook;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.payhub.integration.IntegrationDirectory;
import org.payhub.integration.IntegrationId;
import org.payhub.integration.WebhookTarget;
import org.payhub.platform.HubException;
import org.payhub.platform.Ids;
import org.payhub.platform.IntakeDataSource;
import org.payhub.platform.MasterKey;
import org.payhub.platform.Problem;
import org.payhub.provider.spi.CallOwner;
import org.payhub.provider.spi.CredentialField;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookHints;
import org.payhub.provider.spi.WebhookRejected;

/**
 * Finds out whose a webhook is. By the key in the address; on the address for all merchants by what
 * the unverified body points at, which only says whose secret to try first; and last by trying the
 * secrets of those who use that address. Nothing counts until a signature held.
 */
@ApplicationScoped
class WebhookResolver {

    private static final System.Logger LOG = System.getLogger(WebhookResolver.class.getName());

    static final int MOST_TRIED = 2_000;
    private static final int MOST_HINTS = 8;
    private static final int SCANS_AT_ONCE = 8;

    @Resource(lookup = IntakeDataSource.JNDI)
    DataSource dataSource;

    @Inject IntegrationDirectory directory;

    private final SenderLimit senders = new SenderLimit();
    private final Semaphore scans = new Semaphore(SCANS_AT_ONCE);

    /**
     * One integration at which the webhook proved genuine.
     *
     * @param stray whether it is real money's and the integration is for tests, there being no
     *     other; it is then recorded as what it is, and somebody has to act
     */
    record Genuine(WebhookTarget target, VerifiedWebhook webhook, boolean stray) {

        Genuine(WebhookTarget target, VerifiedWebhook webhook) {
            this(target, webhook, false);
        }
    }

    /** It was nobody's, or not genuine; {@code tried} where one integration was meant. */
    static final class Nobody extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient WebhookRejected rejected;
        private final transient Optional<IntegrationId> tried;

        Nobody(WebhookRejected rejected, Optional<IntegrationId> tried) {
            super(rejected.getMessage(), rejected, false, false);
            this.rejected = rejected;
            this.tried = tried;
        }

        WebhookRejected rejected() {
            return rejected;
        }

        Optional<IntegrationId> tried() {
            return tried;
        }
    }

    /** For the container. */
    WebhookResolver() {}

    /** At the integration that the address names. */
    Genuine at(WebhookTarget target, ProviderConnector connector, RawWebhook raw) {
        try {
            return new Genuine(target, verify(target, connector, raw));
        } catch (WebhookRejected e) {
            throw new Nobody(e, Optional.of(target.id()));
        }
    }

    /**
     * On the address for all merchants. One account at two merchants: the body's pointers decide,
     * without them each gets it.
     *
     * <p><b>Errors</b>: {@link Nobody}; {@code webhook.too_many_tries} for a sender who was refused
     * too often.
     */
    List<Genuine> anywhere(ProviderConnector connector, RawWebhook raw, String sender) {
        Rejections rejections = new Rejections();
        Set<IntegrationId> tried = new LinkedHashSet<>();
        for (WebhookTarget target : pointedAt(connector, raw)) {
            tried.add(target.id());
            Optional<Genuine> genuine = attempt(target, connector, raw, rejections);
            if (genuine.isPresent()) {
                return List.of(genuine.get());
            }
        }
        if (!rejections.anotherSecretMayFit()) {
            throw new Nobody(rejections.first(), Optional.empty());
        }
        if (!senders.allows(sender, raw.receivedAt())) {
            throw new HubException(
                    Problem.TOO_MANY, "webhook.too_many_tries", "Too many refused webhooks.");
        }
        List<Genuine> found = new ArrayList<>();
        for (WebhookTarget target : directory.onBareUrl(connector.profile().code(), MOST_TRIED)) {
            if (tried.contains(target.id())) {
                continue;
            }
            attempt(target, connector, raw, rejections).ifPresent(found::add);
            if (!rejections.anotherSecretMayFit()) {
                break;
            }
        }
        if (found.isEmpty()) {
            senders.failed(sender, raw.receivedAt());
            throw new Nobody(
                    rejections.isEmpty() ? withoutAnybody(connector, raw) : rejections.first(),
                    Optional.empty());
        }
        return found;
    }

    /**
     * The merchant's integration of the webhook's own mode, where test and live have the same keys
     * and so the same address. Where the webhook does not tell, the payment that it names decides.
     */
    Genuine ofItsMode(Genuine genuine, ProviderConnector connector) {
        if (!connector.sharesKeysBetweenModes()) {
            return genuine;
        }
        RawWebhook raw = genuine.webhook().raw();
        Optional<Boolean> live =
                genuine.webhook().livemode().or(() -> modeOfPayment(connector, raw));
        if (live.isEmpty() || live.get() == genuine.target().livemode()) {
            return genuine;
        }
        for (WebhookTarget sibling : directory.siblings(genuine.target())) {
            if (sibling.livemode() == live.get()) {
                Optional<Genuine> found = attempt(sibling, connector, raw, new Rejections());
                if (found.isPresent()) {
                    return found.get();
                }
            }
        }
        return live.get()
                ? new Genuine(genuine.target().of(true), genuine.webhook(), true)
                : genuine;
    }

    private Optional<Boolean> modeOfPayment(ProviderConnector connector, RawWebhook raw) {
        WebhookHints hints = connector.hints(raw);
        if (hints.ours().isEmpty() && hints.keys().isEmpty()) {
            return Optional.empty();
        }
        return modes(hints).stream().findFirst();
    }

    private List<Boolean> modes(WebhookHints hints) {
        List<Boolean> found = new ArrayList<>();
        try (Connection connection = dataSource.getConnection()) {
            try (PreparedStatement query =
                    connection.prepareStatement(
                            "SELECT p.livemode FROM payment_reference r JOIN payment p ON p.id ="
                                    + " r.payment_id WHERE r.reference_key = ? AND r.kind = ?"
                                    + " LIMIT 1")) {
                for (Reference key : hints.keys().stream().limit(MOST_HINTS).toList()) {
                    query.setString(1, key.key());
                    query.setString(2, key.kind());
                    addFlag(query, found);
                }
            }
            if (hints.ours().isPresent()) {
                try (PreparedStatement query =
                        connection.prepareStatement("SELECT livemode FROM payment WHERE id = ?")) {
                    query.setBytes(1, Ids.bytes(hints.ours().get()));
                    addFlag(query, found);
                }
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
        return found;
    }

    private static void addFlag(PreparedStatement query, List<Boolean> found) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(row.getBoolean(1));
            }
        }
    }

    private static HubException unavailable(SQLException cause) {
        return new HubException(
                Problem.UNAVAILABLE,
                "database.unavailable",
                "The database does not answer; try again in a moment.",
                cause);
    }

    /** Everybody's secrets in turn. Few at a time: what does not fit has to come again. */
    private List<Genuine> scan(
            ProviderConnector connector,
            RawWebhook raw,
            Set<IntegrationId> tried,
            Rejections rejections) {
        if (!scans.tryAcquire()) {
            throw new HubException(
                    Problem.UNAVAILABLE, "webhook.overloaded", "Too many webhooks at once.");
        }
        try {
            List<Genuine> found = new ArrayList<>();
            for (WebhookTarget target :
                    directory.onBareUrl(connector.profile().code(), MOST_TRIED)) {
                if (!tried.contains(target.id())) {
                    attempt(target, connector, raw, rejections).ifPresent(found::add);
                }
                if (!rejections.anotherSecretMayFit()) {
                    break;
                }
            }
            return found;
        } finally {
            scans.release();
        }
    }

    private Optional<Genuine> attempt(
            WebhookTarget target,
            ProviderConnector connector,
            RawWebhook raw,
            Rejections rejections) {
        try {
            return Optional.of(new Genuine(target, verify(target, connector, raw)));
        } catch (WebhookRejected e) {
            rejections.add(e);
            return Optional.empty();
        }
    }

    private VerifiedWebhook verify(
            WebhookTarget target, ProviderConnector connector, RawWebhook raw) {
        return verify(connector, directory.credentials(target.id()), raw);
    }

    /** A sender must not be able to cause anything but a refusal. */
    private static VerifiedWebhook verify(
            ProviderConnector connector, Credentials credentials, RawWebhook raw) {
        VerifiedWebhook webhook;
        try {
            webhook = connector.verify(credentials, raw);
        } catch (HubException e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "connector " + connector.profile().code() + " failed to verify a webhook",
                    e);
            throw new WebhookRejected(WebhookRejected.Cause.BODY_MALFORMED);
        }
        if (webhook.eventKey().isEmpty() || webhook.eventKey().length() > 255) {
            throw new WebhookRejected(WebhookRejected.Cause.BODY_MALFORMED);
        }
        return webhook;
    }

    /** Takes as long as with somebody's secret, so that the time does not tell whether one fits. */
    private static WebhookRejected withoutAnybody(ProviderConnector connector, RawWebhook raw) {
        Map<String, List<Secret>> none = new HashMap<>();
        for (CredentialField field : connector.profile().credentialFields()) {
            if (field.secret()) {
                none.put(field.key(), List.of(Secret.of(MasterKey.token())));
            }
        }
        try {
            verify(
                    connector,
                    new Credentials(new CallOwner(new UUID(0, 0), Optional.empty()), none),
                    raw);
        } catch (WebhookRejected e) {
            return e;
        }
        return new WebhookRejected(WebhookRejected.Cause.SECRET_MISSING);
    }

    private List<WebhookTarget> pointedAt(ProviderConnector connector, RawWebhook raw) {
        WebhookHints hints;
        try {
            hints = connector.hints(raw);
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(System.Logger.Level.DEBUG, "no hints in a webhook", e);
            return List.of();
        }
        if (hints.ours().isEmpty() && hints.keys().isEmpty()) {
            return List.of();
        }
        return integrations(hints).stream()
                .map(id -> directory.find(new IntegrationId(id)))
                .flatMap(Optional::stream)
                .filter(target -> target.provider().equals(connector.profile().code()))
                .toList();
    }

    private Set<UUID> integrations(WebhookHints hints) {
        Set<UUID> found = new LinkedHashSet<>();
        try (Connection connection = dataSource.getConnection()) {
            if (hints.ours().isPresent()) {
                try (PreparedStatement query =
                        connection.prepareStatement(
                                "SELECT integration_id FROM payment WHERE id = ?")) {
                    query.setBytes(1, Ids.bytes(hints.ours().get()));
                    add(query, found);
                }
            }
            try (PreparedStatement query =
                    connection.prepareStatement(
                            "SELECT DISTINCT integration_id FROM payment_reference"
                                    + " WHERE reference_key = ? AND kind = ? LIMIT 10")) {
                for (Reference key : hints.keys().stream().limit(MOST_HINTS).toList()) {
                    query.setString(1, key.key());
                    query.setString(2, key.kind());
                    add(query, found);
                }
            }
        } catch (SQLException e) {
            throw unavailable(e);
        }
        return found;
    }

    private static void add(PreparedStatement query, Set<UUID> found) throws SQLException {
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                found.add(Ids.of(row.getBytes(1)));
            }
        }
    }

    /** What was said by the integrations that were tried. */
    private static final class Rejections {

        private final List<WebhookRejected> all = new ArrayList<>();

        void add(WebhookRejected rejected) {
            all.add(rejected);
        }

        boolean isEmpty() {
            return all.isEmpty();
        }

        /** The one that says most: something else than a secret that did not fit. */
        WebhookRejected first() {
            return all.stream().filter(r -> !dependsOnSecret(r)).findFirst().orElse(all.get(0));
        }

        boolean anotherSecretMayFit() {
            return all.stream().allMatch(Rejections::dependsOnSecret);
        }

        private static boolean dependsOnSecret(WebhookRejected rejected) {
            return rejected.reason() == WebhookRejected.Cause.SIGNATURE_WRONG
                    || rejected.reason() == WebhookRejected.Cause.SIGNATURE_OUTDATED
                    || rejected.reason() == WebhookRejected.Cause.SECRET_MISSING;
        }
    }
}
