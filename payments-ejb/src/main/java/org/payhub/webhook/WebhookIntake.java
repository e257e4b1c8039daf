package org.payhub.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.payhub.integration.IntegrationDirectory;
import org.payhub.integration.IntegrationHealth;
import org.payhub.integration.WebhookTarget;
import org.payhub.payment.PrecheckReader;
import org.payhub.platform.HubException;
import org.payhub.platform.MasterKey;
import org.payhub.platform.Problem;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.PrecheckAnswering;
import org.payhub.provider.spi.PrecheckAnswering.Precheck;
import org.payhub.provider.spi.PrecheckAnswering.Verdict;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookReply;
import org.payhub.webhook.WebhookResolver.Genuine;
import org.payhub.webhook.WebhookResolver.Nobody;

/**
 * Takes webhooks in: whose is it, is it genuine, store it once, then answer. What is not genuine
 * leaves nothing but a count.
 *
 * <p>Off container transactions and off the entity manager: they cost more than half of what can be
 * taken in.
 *
 * <p><b>Guarantee</b>: a success is answered only after the commit; one event of an integration is
 * stored once ({@code uq_webhook_delivery_event}), however often and at whatever moments it comes.
 */
@ApplicationScoped
public class WebhookIntake {

    private static final System.Logger LOG = System.getLogger(WebhookIntake.class.getName());

    private static final int LONGEST_TYPE = 120;
    private static final int LONGEST_KEY = 255;

    @Inject Providers providers;
    @Inject IntegrationDirectory directory;
    @Inject IntegrationHealth health;
    @Inject WebhookResolver resolver;
    @Inject BodySeal seal;
    @Inject DeliveryLog log;
    @Inject DeliveryQueue work;
    @Inject PrecheckReader prechecks;
    @Inject DeliveryRows rows;

    /** For the container. */
    public WebhookIntake() {}

    /**
     * Takes one webhook in.
     *
     * @param webhookKey the key in the address; empty on the address for all merchants
     * @param sender the sender's network address, for limits alone
     * @return the answer to give, once what has to be stored is stored: what the provider demands,
     *     404 for nobody's address, 429, or 503 when it could not be stored; never a failure
     */
    public CompletionStage<WebhookReply> receive(
            String provider, Optional<String> webhookKey, RawWebhook raw, String sender) {
        Optional<ProviderConnector> connector = providers.find(provider);
        if (connector.isEmpty()) {
            return done(WebhookReply.empty(404));
        }
        try {
            return receive(provider, connector.get(), webhookKey, raw, sender);
        } catch (Nobody e) {
            return done(refused(connector.get(), e, raw));
        } catch (HubException e) {
            return done(failed(e));
        } catch (RuntimeException e) {
            // Ours to mend, not the sender's: the provider repeats it, so nothing is lost.
            LOG.log(System.Logger.Level.ERROR, "webhook not taken in provider=" + provider, e);
            return done(WebhookReply.empty(503));
        }
    }

    private CompletionStage<WebhookReply> receive(
            String provider,
            ProviderConnector connector,
            Optional<String> webhookKey,
            RawWebhook raw,
            String sender) {
        if (webhookKey.filter(connector.kindsInAddress()::contains).isPresent()) {
            // No key but a kind: the address for all merchants, with an ending.
            return receive(provider, connector, Optional.empty(), raw.at(webhookKey.get()), sender);
        }
        List<Genuine> genuine;
        if (webhookKey.isPresent()) {
            Optional<WebhookTarget> target = directory.byWebhookKey(provider, webhookKey.get());
            if (target.isEmpty()) {
                return done(WebhookReply.empty(404));
            }
            genuine = List.of(resolver.at(target.get(), connector, raw));
        } else {
            genuine = resolver.anywhere(connector, raw, sender);
        }
        genuine = genuine.stream().map(g -> resolver.ofItsMode(g, connector)).toList();
        WebhookReply reply = reply(connector, genuine);
        List<Genuine> all = genuine;
        List<CompletableFuture<Boolean>> stored = new ArrayList<>();
        for (Genuine one : all) {
            stored.add(store(one));
        }
        return CompletableFuture.allOf(stored.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> reply)
                .exceptionally(thrown -> notStored(connector, all.get(0), thrown));
    }

    /**
     * What the provider demands; a question before a charge is answered from the payment as it
     * stands now. Of two merchants with one account the one who knows the payment answers.
     */
    private WebhookReply reply(ProviderConnector connector, List<Genuine> genuine) {
        VerifiedWebhook webhook = genuine.get(0).webhook();
        Optional<Precheck> asked =
                connector instanceof PrecheckAnswering asking
                        ? asking.precheck(webhook)
                        : Optional.empty();
        if (asked.isEmpty()) {
            return connector.acknowledge(webhook);
        }
        Verdict verdict = Verdict.UNKNOWN_PAYMENT;
        for (Genuine one : genuine) {
            if (verdict == Verdict.UNKNOWN_PAYMENT) {
                verdict = prechecks.read(one.target(), asked.get());
            }
        }
        LOG.log(
                System.Logger.Level.INFO,
                "webhook asked integration="
                        + genuine.get(0).target().id()
                        + " verdict="
                        + verdict);
        return ((PrecheckAnswering) connector).answer(webhook, verdict);
    }

    private CompletableFuture<Boolean> store(Genuine genuine) {
        NewDelivery row = row(genuine);
        if (!ofOtherMode(genuine) && !genuine.stray()) {
            health.noteEvent(genuine.target(), row.receivedAt());
        }
        return log.append(row)
                .thenApply(
                        fresh -> {
                            if (!fresh) {
                                repeated(row);
                            }
                            return fresh;
                        });
    }

    /**
     * A repeat says nothing new, except where the provider had to be read: what was read before may
     * have contradicted it, because it came early or because what came first was edited.
     */
    private void repeated(NewDelivery row) {
        boolean reads =
                DeliveryProcessor.reads(
                                providers.get(row.target().provider()).translate(row.webhook()))
                        .stream()
                        .anyMatch(ProviderEvent.ReadFirst::required);
        if (reads) {
            work.ask(
                    () ->
                            rows.runAgain(
                                    row.target().id(),
                                    row.webhook().eventKey(),
                                    row.fingerprint()));
        }
    }

    private NewDelivery row(Genuine genuine) {
        VerifiedWebhook webhook = fitting(genuine.webhook());
        WebhookTarget target = genuine.target();
        DeliveryId id = DeliveryId.next();
        boolean otherMode = ofOtherMode(genuine);
        return new NewDelivery(
                id,
                target,
                webhook,
                MasterKey.sha256(webhook.fingerprint().getBytes(StandardCharsets.UTF_8)),
                MasterKey.sha256(webhook.raw().body()),
                seal.seal(target.merchant(), id, "headers", StoredWebhook.write(webhook)),
                seal.seal(target.merchant(), id, "body", webhook.raw().body()),
                otherMode ? DeliveryStatus.IGNORED : DeliveryStatus.RECEIVED,
                otherMode
                        ? Optional.of(
                                target.livemode()
                                        ? "A test event at a live integration changes nothing."
                                        : "A live event at a test integration changes nothing.")
                        : Optional.empty(),
                otherMode ? Optional.empty() : work.claimAtBirth(id, webhook.raw().receivedAt()));
    }

    private static VerifiedWebhook fitting(VerifiedWebhook webhook) {
        String type = webhook.eventType();
        return new VerifiedWebhook(
                webhook.raw(),
                webhook.eventKey(),
                type.length() <= LONGEST_TYPE ? type : type.substring(0, LONGEST_TYPE),
                webhook.objectKey().filter(key -> !key.isEmpty() && key.length() <= LONGEST_KEY),
                webhook.fingerprint(),
                webhook.livemode());
    }

    private static boolean ofOtherMode(Genuine genuine) {
        return genuine.webhook()
                .livemode()
                .filter(live -> live != genuine.target().livemode())
                .isPresent();
    }

    private WebhookReply refused(ProviderConnector connector, Nobody nobody, RawWebhook raw) {
        String provider = connector.profile().code();
        health.noteRefusal(provider, nobody.tried(), nobody.rejected().reason(), raw.receivedAt());
        LOG.log(
                System.Logger.Level.INFO,
                "webhook refused provider="
                        + provider
                        + nobody.tried().map(id -> " integration=" + id).orElse("")
                        + " cause="
                        + nobody.rejected().reason()
                        + " bytes="
                        + raw.body().length);
        return connector.refuse(nobody.rejected());
    }

    private WebhookReply notStored(ProviderConnector connector, Genuine genuine, Throwable thrown) {
        Throwable cause =
                thrown instanceof CompletionException wrapped && wrapped.getCause() != null
                        ? wrapped.getCause()
                        : thrown;
        if (cause instanceof HubException known
                && known.code().equals("webhook.cannot_be_stored")) {
            // It would not fit the next time either: a refusal instead of days of repeats.
            WebhookRejected rejected = new WebhookRejected(WebhookRejected.Cause.BODY_MALFORMED);
            return refused(
                    connector,
                    new Nobody(rejected, Optional.of(genuine.target().id())),
                    genuine.webhook().raw());
        }
        return WebhookReply.empty(503);
    }

    private static WebhookReply failed(HubException e) {
        if (e.problem() == Problem.TOO_MANY) {
            return WebhookReply.empty(429);
        }
        LOG.log(System.Logger.Level.WARNING, "webhook not taken in: " + e.code());
        return WebhookReply.empty(503);
    }

    private static CompletionStage<WebhookReply> done(WebhookReply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    /** An event's key is somebody else's text; in a log line it must stay one word. */
    static String plain(String key) {
        StringBuilder text = new StringBuilder(Math.min(key.length(), 80));
        key.codePoints().limit(80).forEach(c -> text.appendCodePoint(c > ' ' && c < 127 ? c : '?'));
        return text.toString();
    }
}
