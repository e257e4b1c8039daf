package org.payhub.simulator.stripe;

import com.google.gson.JsonObject;
import java.time.Duration;
import org.payhub.simulator.kit.Json;

/** How long things take by themselves, and in which of the known ways Stripe behaves. */
final class Timing {

    /** Off: a charge has its balance transaction at once, as before April 2024. */
    boolean asyncCapture = true;

    /** On: the dispute's fee comes back with the money when a dispute is won. */
    boolean disputeFeeReturned;

    /** On: a charge's refunded total stays as it was when one of its refunds fails. */
    boolean refundedTotalStays;

    Duration settle = Duration.ofMillis(300);
    Duration refundReference = Duration.ofSeconds(2);
    Duration refundFails = Duration.ofSeconds(3);
    Duration clientDisputes = Duration.ofSeconds(2);
    Duration debit = Duration.ofSeconds(3);
    Duration payout = Duration.ofSeconds(1);

    void reset() {
        restore(new Timing().save());
    }

    JsonObject save() {
        return Json.of(
                "asyncCapture", asyncCapture,
                "disputeFeeReturned", disputeFeeReturned,
                "refundedTotalStays", refundedTotalStays,
                "settleMillis", settle.toMillis(),
                "refundReferenceMillis", refundReference.toMillis(),
                "refundFailsMillis", refundFails.toMillis(),
                "clientDisputesMillis", clientDisputes.toMillis(),
                "debitMillis", debit.toMillis(),
                "payoutMillis", payout.toMillis());
    }

    /** Takes the fields that are there and leaves the others. */
    void restore(JsonObject saved) {
        asyncCapture = flag(saved, "asyncCapture", asyncCapture);
        disputeFeeReturned = flag(saved, "disputeFeeReturned", disputeFeeReturned);
        refundedTotalStays = flag(saved, "refundedTotalStays", refundedTotalStays);
        settle = millis(saved, "settleMillis", settle);
        refundReference = millis(saved, "refundReferenceMillis", refundReference);
        refundFails = millis(saved, "refundFailsMillis", refundFails);
        clientDisputes = millis(saved, "clientDisputesMillis", clientDisputes);
        debit = millis(saved, "debitMillis", debit);
        payout = millis(saved, "payoutMillis", payout);
    }

    private static boolean flag(JsonObject saved, String name, boolean otherwise) {
        return saved.has(name) ? Json.flag(saved, name) : otherwise;
    }

    private static Duration millis(JsonObject saved, String name, Duration otherwise) {
        return saved.has(name) ? Duration.ofMillis(Json.number(saved, name)) : otherwise;
    }
}
