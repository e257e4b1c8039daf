package org.payhub.simulator.stripe;

import java.util.List;

/** What a restricted key may be allowed, in Stripe's own words for it. */
final class Rights {

    static final List<String> ALL =
            List.of(
                    "rak_accounts_kyc_id_numbers_read",
                    "rak_balance_read",
                    "rak_balance_transaction_source_read",
                    "rak_charge_read",
                    "rak_charge_write",
                    "rak_checkout_session_read",
                    "rak_checkout_session_write",
                    "rak_dispute_read",
                    "rak_dispute_write",
                    "rak_event_read",
                    "rak_payment_intent_read",
                    "rak_payment_intent_write",
                    "rak_payout_read",
                    "rak_webhook_read",
                    "rak_webhook_write");

    private Rights() {}

    /** Everything but the account itself, which Stripe refuses to restricted keys. */
    static List<String> usual() {
        return ALL.stream().filter(r -> !r.startsWith("rak_accounts")).toList();
    }

    /** A right to write includes the right to read the same. */
    static boolean allows(List<String> held, String needed) {
        return held.contains(needed)
                || needed.endsWith("_read") && held.contains(needed.replace("_read", "_write"));
    }
}
