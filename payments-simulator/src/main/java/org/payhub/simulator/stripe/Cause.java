package org.payhub.simulator.stripe;

/**
 * Who made a change happen.
 *
 * @param request id of the API request, null when Stripe or a bank caused it
 * @param history name of the scripted history, null for everything else; a history's events are
 *     handed out by hand and never sent
 */
record Cause(String request, String idempotencyKey, String history) {

    static final Cause BANK = new Cause(null, null, null);

    boolean scripted() {
        return history != null;
    }
}
