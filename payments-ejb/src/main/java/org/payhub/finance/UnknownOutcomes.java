package org.payhub.finance;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.payhub.integration.Integrations;
import org.payhub.payment.AskRecords;
import org.payhub.payment.NotedCalls;
import org.payhub.payment.OpenCheckout;
import org.payhub.payment.PaymentId;
import org.payhub.payment.PaymentView;
import org.payhub.payment.Payments;
import org.payhub.platform.HubConfig;
import org.payhub.platform.HubException;
import org.payhub.platform.Leases;
import org.payhub.platform.UnitOfWork;
import org.payhub.provider.Providers;
import org.payhub.provider.spi.StateReading;
import org.payhub.provider.spi.StateReading.Reading;
import org.payhub.refund.RefundRecords;
import org.payhub.refund.Refunds;
import org.payhub.tenancy.Actor;
import org.payhub.withdrawal.SendWithdrawal;

/**
 * The janitor: asks providers what became of orders that were never answered, and of payments whose
 * webhook never came. It applies what they say on the same path as webhooks, guesses nothing, and
 * leaves to a person what stays unclear.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class UnknownOutcomes {

    private static final System.Logger LOG = System.getLogger(UnknownOutcomes.class.getName());
    private static final String JOB = "unknown_outcomes";

    /**
     * Outlives one question, which takes 25 seconds at most, and is taken anew before each. Whoever
     * dies while asking keeps the others from asking no longer than this.
     */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final int AT_ONCE = 10;

    private final AtomicLong next = new AtomicLong(System.nanoTime());
    private Duration every;

    @Inject HubConfig config;
    @Inject Clock clock;
    @Inject Leases leases;
    @Inject Payments payments;
    @Inject Refunds refunds;
    @Inject AskRecords records;
    @Inject RefundRecords refundRecords;
    @Inject FinanceRecorder recorder;
    @Inject Integrations integrations;
    @Inject Providers providers;
    @Inject NotedCalls calls;
    @Inject SendWithdrawal withdrawals;
    @Inject OpenCheckout checkouts;

    /** For the container. */
    public UnknownOutcomes() {}

    @PostConstruct
    void readSettings() {
        every = config.askEvery();
    }

    /** Comes by often; asks only about what is due. */
    @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
    public void comeBy() {
        long now = System.nanoTime();
        long due = next.get();
        if (now - due < 0 || !next.compareAndSet(due, now + every.toNanos())) {
            return;
        }
        if (!leases.take(JOB, LEASE)) {
            return;
        }
        try {
            askDue();
        } finally {
            leases.release(JOB);
        }
    }

    private void askDue() {
        for (Refunds.DueRefund due : refunds.dueForAsking(clock.instant(), AT_ONCE)) {
            guarded(() -> askRefund(due), "refund=" + due.id());
        }
        for (PaymentId due : payments.dueForAsking(clock.instant(), AT_ONCE)) {
            guarded(() -> askPayment(due), "payment=" + due);
        }
    }

    /** One that cannot be asked about keeps no other from being asked about. */
    private void guarded(Runnable question, String about) {
        try {
            if (leases.take(JOB, LEASE)) {
                question.run();
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "not asked " + about + ": " + e.getMessage());
        }
    }

    private void askPayment(PaymentId id) {
        PaymentView payment = UnitOfWork.run(() -> records.begin(id));
        Optional<Reading> reading = read(payment, Optional.empty());
        if (reading.isEmpty()) {
            UnitOfWork.run(() -> records.failed(id));
            return;
        }
        record(payment, reading.get());
        UnitOfWork.run(
                () -> records.asked(id, reading.get().found(), reading.get().openCheckout()));
        LOG.log(
                System.Logger.Level.INFO,
                "asked payment=" + id + " found=" + reading.get().found());
        checkouts.closeUnwanted(id);
    }

    private void askRefund(Refunds.DueRefund due) {
        PaymentView payment = UnitOfWork.run(() -> refundRecords.begin(due.id()));
        Optional<Reading> reading = read(payment, Optional.of(due.id().value()));
        reading.ifPresent(said -> record(payment, said));
        boolean unheardOf = reading.isPresent() && !reading.get().found();
        UnitOfWork.run(() -> refundRecords.asked(due.id(), unheardOf));
        LOG.log(
                System.Logger.Level.INFO,
                "asked refund=" + due.id() + " answered=" + reading.isPresent());
    }

    private Optional<Reading> read(PaymentView payment, Optional<UUID> refund) {
        if (!(providers.find(payment.provider()).orElse(null) instanceof StateReading state)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    calls.make(
                            payment.integration(),
                            () ->
                                    state.find(
                                            integrations.credentials(payment.integration()),
                                            payment.uuid(),
                                            refund,
                                            payment.references())));
        } catch (HubException e) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "cannot be asked payment=" + payment.id() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private void record(PaymentView payment, Reading reading) {
        if (reading.events().isEmpty() || reading.isOfOtherMode(payment.livemode())) {
            return;
        }
        RecordingContext context =
                new RecordingContext(
                        payment.integration(),
                        payment.merchant(),
                        payment.livemode(),
                        Optional.empty(),
                        true,
                        Actor.system("asking"));
        RecordingResult result = UnitOfWork.run(() -> recorder.record(context, reading.events()));
        if (!result.changes().isEmpty()) {
            integrations.noteHeardByAsking(payment.integration());
        }
    }
}
