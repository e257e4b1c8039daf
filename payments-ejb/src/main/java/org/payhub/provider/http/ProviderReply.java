package org.payhub.provider.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What a provider answered, whatever its status: the connector judges it. */
public final class ProviderReply {

    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;

    ProviderReply(int status, HttpHeaders headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    public int status() {
        return status;
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The body's bytes. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8; broken characters become replacement marks. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The first value of that header. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** Hands over every header with its values. */
    public void eachHeader(BiConsumer<String, List<String>> taker) {
        headers.map().forEach(taker);
    }

    @Override
    public String toString() {
        return "ProviderReply[" + status + ", " + body.length + " bytes]";
    }
}
