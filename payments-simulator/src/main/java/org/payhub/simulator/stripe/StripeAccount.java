package org.payhub.simulator.stripe;

/** A merchant's account at the imitated Stripe, with the keys that work now. */
public record StripeAccount(
        String id, String name, String country, String currency, Keys test, Keys live) {

    /** The three keys of one mode. */
    public record Keys(String publishable, String secret, String restricted) {}

    public Keys keys(boolean livemode) {
        return livemode ? live : test;
    }
}
