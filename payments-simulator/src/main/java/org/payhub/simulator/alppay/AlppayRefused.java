package org.payhub.simulator.alppay;

import com.google.gson.JsonObject;
import org.payhub.simulator.kit.Json;

/** An answer of the interface that is no success. */
final class AlppayRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    AlppayRefused(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    int status() {
        return status;
    }

    JsonObject json() {
        return Json.of("message", getMessage());
    }
}
