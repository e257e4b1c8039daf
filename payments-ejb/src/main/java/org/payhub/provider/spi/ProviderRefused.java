package org.payhub.provider.spi;

import java.util.Optional;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;

/**
 * The provider answered and said no: nothing was done. {@code providerCode} and {@code requestId}
 * are the provider's own.
 */
public class ProviderRefused extends HubException {

    private static final long serialVersionUID = 1L;

    private final String providerCode;
    private final String requestId;

    public ProviderRefused(String code, String message, String providerCode, String requestId) {
        this(code, message, null, providerCode, requestId);
    }

    private ProviderRefused(
            String code, String message, String field, String providerCode, String requestId) {
        super(Problem.REFUSED, code, message, field, null);
        this.providerCode = providerCode;
        this.requestId = requestId;
    }

    /** A refusal that one typed field is to blame for. */
    public static ProviderRefused of(
            String field, String code, String message, String providerCode, String requestId) {
        return new ProviderRefused(code, message, field, providerCode, requestId);
    }

    /** A refusal of our own before any call, on one field. */
    public static ProviderRefused ofField(String field, String code, String message) {
        return new ProviderRefused(code, message, field, null, null);
    }

    public Optional<String> providerCode() {
        return Optional.ofNullable(providerCode);
    }

    public Optional<String> requestId() {
        return Optional.ofNullable(requestId);
    }
}
