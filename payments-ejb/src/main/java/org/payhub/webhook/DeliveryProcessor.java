package org.payhub.webhook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.payhub.finance.DeliveryClaim;
import org.payhub.finance.DeliveryOutcome;
import org.payhub.finance.FinanceRecorder;
import org.payhub.finance.RecordingContext;
import org.payhub.finance.RecordingResult;
import org.payhub.integration.Integrations;
import org.payhub.payment.PaymentId;
import org.payhub.platform.Correlation;
import org.payhub.platform.HubException;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.ReadFirst;
import org.payhub.provider.spi.ProviderRefused;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.StateReading;
import org.payhub.provider.spi.StateReading.Reading;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.tenancy.Actor;
import org.payhub.webhook.DeliveryRows.Loaded;
import org.payhub.webhook.DeliveryRows.Rival;

/**
 * Works one claimed delivery off: opens it, says it in our words, asks the provider where that is
 * needed, and has it recorded. No transaction is open here; what is recorded is one transaction of
 * the recorder's, which also marks the delivery.
 *
 * <p>What fails is tried again after a pause and is a person's after twelve tries; nothing is
 * dropped, and no delivery waits for another.
 */
@ApplicationScoped
class DeliveryProcessor {

    private static final System.Logger LOG = System.getLogger(DeliveryProcessor.class.getName());

    /** What a claim must still have left when work begins. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    /** Asking a provider has a deadline of 25 seconds for each call. */
    private static final Duration LEASE_FOR_ASKING = Duration.ofSeconds(90);

    private static final Duration SOON = Duration.ofSeconds(1);

    @Inject DeliveryRows rows;
    @Inject DeliveryQueue queue;
    @Inject BodySeal seal;
    @Inject Providers providers;
    @Inject Integrations integrations;
    @Inject FinanceRecorder recorder;
    @Inject Clock clock;

    /** For the container. */
    DeliveryProcessor() {}

    /** One piece of work with a claim; the delivery's status decides what a failure means. */
    private interface Step {
        void run(Claim claim, Delivery delivery);
    }

    void process(Claim claim) {
        Instant now = clock.instant();
        if (!now.isBefore(claim.until().minus(MARGIN))) {
            // It waited here too long; the sweep takes it again when the lease is over.
            return;
        }
        Correlation.begin(claim.delivery().toString());
        try {
            Optional<Loaded> loaded = rows.load(claim);
            if (loaded.isPresent()) {
                Delivery delivery = loaded.get().delivery();
                boolean rival = loaded.get().hasRival();
                guarded(claim, delivery, (c, d) -> begin(c, d, rival));
            }
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "webhook not worked off delivery=" + claim.delivery() + ": " + e.getMessage());
        } finally {
            Correlation.end();
        }
    }

    private void guarded(Claim claim, Delivery delivery, Step step) {
        try {
            step.run(claim, delivery);
        } catch (ProviderUnavailable | ProviderRefused e) {
            failed(claim, delivery, "The provider could not be asked: " + e.getMessage());
        } catch (HubException e) {
            if (e.code().equals("webhook.claim_lost")) {
                LOG.log(System.Logger.Level.INFO, "webhook claim lost delivery=" + delivery.id());
            } else {
                failed(claim, delivery, e.getMessage());
            }
        } catch (RuntimeException | StackOverflowError e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "webhook cannot be worked off delivery=" + delivery.id(),
                    e);
            failed(claim, delivery, "An error of ours; its log line names this delivery.");
        }
    }

    private void begin(Claim claim, Delivery delivery, boolean hasRival) {
        boolean unfinished =
                delivery.status() == DeliveryStatus.RECEIVED
                        || delivery.status() == DeliveryStatus.PARKED;
        if (claim.attempts() > Backoff.TRIES && delivery.status() != DeliveryStatus.PARKED) {
            // Whatever ended its workers before they could say so must not go on for ever.
            failed(claim, delivery, "It was begun too often and never ended.");
            return;
        }
        if (delivery.erased()) {
            rows.finish(claim, delivery.status(), "Its body was erased.");
            return;
        }
        if (hasRival && unfinished && !first(claim, delivery, rows.rivals(delivery))) {
            return;
        }
        VerifiedWebhook webhook = seal.open(delivery);
        if (webhook.livemode().filter(live -> live != delivery.livemode()).isPresent()) {
            rows.finish(claim, DeliveryStatus.IGNORED, "It is of the other mode.");
            return;
        }
        List<ProviderEvent> events = providers.get(delivery.provider()).translate(webhook);
        List<ReadFirst> reads = reads(events);
        List<ProviderEvent> told = told(events);
        boolean required = reads.stream().anyMatch(ReadFirst::required);
        if (reads.isEmpty()) {
            recordAsTold(claim, delivery, told, Optional.empty());
        } else if (!required && !told.isEmpty() && delivery.status() != DeliveryStatus.APPLIED) {
            // The fact first; what asking adds (a fee) follows at once, and may come later.
            if (recordAsTold(claim, delivery, told, Optional.of(clock.instant()))) {
                rows.claim(List.of(delivery.id()), clock.instant()).forEach(queue::work);
            }
        } else {
            ask(claim, delivery, (c, d) -> readThenRecord(c, d, reads, told));
        }
    }

    /** Whether this delivery is the one of its event that counts; the other one is a conflict. */
    private boolean first(Claim claim, Delivery delivery, List<Rival> rivals) {
        for (Rival rival : rivals) {
            if (rival.status() == DeliveryStatus.CONFLICT) {
                continue;
            }
            boolean earlier = rival.id().value().compareTo(delivery.id().value()) < 0;
            if (rival.status() != DeliveryStatus.RECEIVED || earlier) {
                rows.finish(
                        claim,
                        DeliveryStatus.CONFLICT,
                        "The same event came before with another type, object, amount or currency"
                                + " ("
                                + rival.id()
                                + "). It changed nothing; ask the provider which one is true.");
                LOG.log(
                        System.Logger.Level.WARNING,
                        "webhook conflict delivery="
                                + delivery.id()
                                + " first="
                                + rival.id()
                                + " integration="
                                + delivery.integration());
                return false;
            }
            if (rival.claimed()) {
                // It may have begun before this one was there: wait until it says what it is.
                rows.postpone(claim, SOON);
                return false;
            }
        }
        return true;
    }

    /** Whether the delivery is to run again for what it still lacks. */
    private boolean recordAsTold(
            Claim claim, Delivery delivery, List<ProviderEvent> told, Optional<Instant> againAt) {
        RecordingResult result = record(claim, delivery, told, false, againAt);
        if (result.outcome() == DeliveryOutcome.WAITING) {
            if (providers.get(delivery.provider()) instanceof StateReading) {
                ask(claim, delivery, (c, d) -> askWhose(c, d, told, result.waitsFor()));
            } else {
                rows.waitFor(claim, delivery, result.waitsFor(), waitingReason(result));
            }
            return false;
        }
        done(claim, delivery, result);
        return againAt.isPresent() && result.outcome() == DeliveryOutcome.APPLIED;
    }

    /** On the threads that may wait for providers; without room there, a little later. */
    private void ask(Claim claim, Delivery delivery, Step step) {
        Optional<Claim> longer = rows.extend(claim, LEASE_FOR_ASKING);
        if (longer.isEmpty()) {
            return;
        }
        boolean room =
                queue.ask(
                        () -> {
                            Correlation.begin(delivery.id().toString());
                            try {
                                guarded(longer.get(), delivery, step);
                            } finally {
                                Correlation.end();
                            }
                        });
        if (!room) {
            rows.postpone(longer.get(), SOON);
        }
    }

    private void readThenRecord(
            Claim claim, Delivery delivery, List<ReadFirst> reads, List<ProviderEvent> told) {
        List<ProviderEvent> events = new ArrayList<>(told);
        for (ReadFirst read : reads) {
            Reading reading = read(delivery, new Reference(read.kind(), read.key()));
            events.addAll(
                    reading.isOfOtherMode(delivery.livemode())
                            ? List.of(new ProviderEvent.Ignored("It is of the other mode."))
                            : told(reading.events()));
        }
        if (events.isEmpty()) {
            events.add(new ProviderEvent.Ignored("The provider knows no such thing."));
        }
        RecordingResult result = record(claim, delivery, events, true, Optional.empty());
        if (result.outcome() == DeliveryOutcome.WAITING) {
            rows.waitFor(claim, delivery, result.waitsFor(), waitingReason(result));
        } else {
            done(claim, delivery, result);
        }
    }

    /** It bears no trace of whose it is: the provider is asked about what it belongs to. */
    private void askWhose(
            Claim claim, Delivery delivery, List<ProviderEvent> told, List<Reference> keys) {
        List<ProviderEvent> events = new ArrayList<>();
        try {
            for (Reference key : keys) {
                Reading reading = read(delivery, key);
                if (!reading.isOfOtherMode(delivery.livemode())) {
                    events.addAll(told(reading.events()));
                }
                if (reading.found()) {
                    break;
                }
            }
        } catch (ProviderUnavailable | ProviderRefused e) {
            rows.waitFor(
                    claim, delivery, keys, "The provider could not be asked: " + e.getMessage());
            return;
        }
        events.addAll(told);
        RecordingResult result = record(claim, delivery, events, true, Optional.empty());
        if (result.outcome() == DeliveryOutcome.WAITING) {
            rows.waitFor(claim, delivery, result.waitsFor(), waitingReason(result));
        } else {
            done(claim, delivery, result);
        }
    }

    private Reading read(Delivery delivery, Reference thing) {
        if (!(providers.get(delivery.provider()) instanceof StateReading reading)) {
            throw new IllegalStateException(
                    "The connector " + delivery.provider() + " wants to be read and cannot be");
        }
        try {
            Reading answer = reading.read(integrations.credentials(delivery.integration()), thing);
            integrations.noteCallSucceeded(delivery.integration());
            return answer;
        } catch (ProviderUnavailable e) {
            integrations.noteCallFailed(delivery.integration(), e.getMessage());
            throw e;
        }
    }

    private RecordingResult record(
            Claim claim,
            Delivery delivery,
            List<ProviderEvent> events,
            boolean providerWasRead,
            Optional<Instant> againAt) {
        RecordingContext context =
                new RecordingContext(
                        delivery.integration(),
                        delivery.merchant(),
                        delivery.livemode(),
                        Optional.of(
                                new DeliveryClaim(
                                        delivery.id().value(),
                                        claim.owner(),
                                        claim.attempts(),
                                        againAt)),
                        providerWasRead,
                        Actor.system("webhook"));
        return UnitOfWork.run(() -> recorder.record(context, events));
    }

    private void done(Claim claim, Delivery delivery, RecordingResult result) {
        if (claim.attempts() > 1) {
            rows.stopWaiting(delivery.id());
        }
        if (result.outcome() == DeliveryOutcome.UNMATCHED
                && delivery.livemode()
                && !integrations.active(delivery.integration()).livemode()) {
            integrations.noteRealMoney(delivery.integration());
        }
        LOG.log(
                System.Logger.Level.INFO,
                "webhook done delivery="
                        + delivery.id()
                        + " integration="
                        + delivery.integration()
                        + " event="
                        + WebhookIntake.plain(delivery.eventKey())
                        + " outcome="
                        + result.outcome()
                        + result.payment()
                                .map(PaymentId::toString)
                                .map(p -> " payment=" + p)
                                .orElse("")
                        + " changes="
                        + result.changes().size());
    }

    private void failed(Claim claim, Delivery delivery, String reason) {
        boolean parked = rows.failed(claim, delivery.status(), reason);
        LOG.log(
                System.Logger.Level.WARNING,
                (parked ? "webhook parked delivery=" : "webhook failed delivery=")
                        + delivery.id()
                        + " attempt="
                        + claim.attempts()
                        + ": "
                        + reason);
    }

    private static String waitingReason(RecordingResult result) {
        return result.reason()
                .orElse("It is not known yet whether this belongs to a payment of ours.");
    }

    static List<ReadFirst> reads(List<ProviderEvent> events) {
        return events.stream()
                .filter(ReadFirst.class::isInstance)
                .map(ReadFirst.class::cast)
                .toList();
    }

    private static List<ProviderEvent> told(List<ProviderEvent> events) {
        return events.stream().filter(event -> !(event instanceof ReadFirst)).toList();
    }
}
