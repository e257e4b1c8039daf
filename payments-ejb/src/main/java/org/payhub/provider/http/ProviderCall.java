package org.payhub.provider.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.payhub.provider.spi.CallOwner;
import org.payhub.provider.spi.Secret;

/**
 * One call that is to be made: whose, to which provider, for what, where to. Built step by step:
 * {@code ProviderCall.to(owner, "acme", "refund", "POST", address).header(…).body(…)}.
 */
public final class ProviderCall {

    /** The longest that one call may take in all. */
    public static final Duration LONGEST = Duration.ofSeconds(25);

    /** A header of the request. */
    record Header(String name, String value) {}

    private final CallOwner owner;
    private final String provider;
    private final String operation;
    private final String method;
    private final URI address;
    private final List<Header> headers = new ArrayList<>();
    private final List<Secret> hidden = new ArrayList<>();
    private byte[] body = new byte[0];
    private Duration within = LONGEST;
    private String requestIdHeader = "Request-Id";
    private boolean apart;

    private ProviderCall(
            CallOwner owner, String provider, String operation, String method, URI address) {
        this.owner = Objects.requireNonNull(owner, "owner");
        this.provider = Objects.requireNonNull(provider, "provider");
        this.operation = Objects.requireNonNull(operation, "operation");
        this.method = Objects.requireNonNull(method, "method");
        this.address = Objects.requireNonNull(address, "address");
    }

    /**
     * A call.
     *
     * @param operation what it is for, in our words ({@code checkout.open}), for the record of
     *     calls
     */
    public static ProviderCall to(
            CallOwner owner, String provider, String operation, String method, URI address) {
        return new ProviderCall(owner, provider, operation, method, address);
    }

    public ProviderCall header(String name, String value) {
        headers.add(new Header(name, value));
        return this;
    }

    public ProviderCall body(byte[] bytes) {
        body = bytes.clone();
        return this;
    }

    /** How long it may take in all; never more than {@link #LONGEST}. */
    public ProviderCall within(Duration time) {
        within = time.compareTo(LONGEST) < 0 ? time : LONGEST;
        return this;
    }

    /** A secret that must not stand in the record of calls, wherever it turns up. */
    public ProviderCall hiding(Secret secret) {
        hidden.add(secret);
        return this;
    }

    /** The header in which this provider tells its own id of the call. */
    public ProviderCall requestIdIn(String header) {
        requestIdHeader = header;
        return this;
    }

    /** It says nothing of whether the provider answers: it goes to an address of our own. */
    public ProviderCall apart() {
        apart = true;
        return this;
    }

    boolean isApart() {
        return apart;
    }

    CallOwner owner() {
        return owner;
    }

    String provider() {
        return provider;
    }

    String operation() {
        return operation;
    }

    String method() {
        return method;
    }

    URI address() {
        return address;
    }

    List<Header> headers() {
        return headers;
    }

    List<Secret> hidden() {
        return hidden;
    }

    byte[] body() {
        return body;
    }

    Duration within() {
        return within;
    }

    String requestIdHeader() {
        return requestIdHeader;
    }

    @Override
    public String toString() {
        return "ProviderCall[" + provider + " " + operation + "]";
    }
}
