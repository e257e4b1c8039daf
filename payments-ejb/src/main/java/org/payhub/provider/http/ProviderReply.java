package org.payhub.provider.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a provider answered, whatever its status: the connector judges it. */
public record ProviderReply(int status, HttpHeaders headers, byte[] body) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The body as UTF-8; broken characters become replacement marks. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    @Override
    public String toString() {
        return "ProviderReply[" + status + ", " + body.length + " bytes]";
    }
}
