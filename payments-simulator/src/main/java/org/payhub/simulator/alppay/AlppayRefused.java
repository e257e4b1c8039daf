package org.payhub.simulator.alppay;

import com.google.gson.JsonObject;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Refused;

/** An answer of the interface that is no success. */
final class AlppayRefused extends Refused {

    private static final long serialVersionUID = 1L;

    AlppayRefused(int status, String message) {
        super(status, message);
    }

    JsonObject json() {
        return Json.of("message", getMessage());
    }
}
