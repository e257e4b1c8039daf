package org.payhub.it;

import java.net.URI;

/** A hub to talk to: where it is, what opens the operator's doors, and the database behind it. */
public record Hub(URI base, String operatorToken, Rows.Source owner) {

    /** The one that the whole suite shares. */
    public static Hub ofWorld() {
        return new Hub(TestWorld.baseUri(), TestWorld.operatorToken(), TestWorld::owner);
    }
}
