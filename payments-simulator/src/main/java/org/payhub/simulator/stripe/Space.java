package org.payhub.simulator.stripe;

/** One mode of one account: objects of different spaces never see each other. */
record Space(String account, boolean live) {

    String mode() {
        return live ? "live" : "test";
    }
}
