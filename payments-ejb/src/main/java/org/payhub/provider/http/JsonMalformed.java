package org.payhub.provider.http;

/** The text is no JSON object that the hub takes. The message says why and quotes nothing. */
public class JsonMalformed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JsonMalformed(String message) {
        super(message);
    }

    JsonMalformed(String message, Throwable cause) {
        super(message, cause);
    }
}
