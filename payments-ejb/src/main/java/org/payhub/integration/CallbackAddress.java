package org.payhub.integration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.payhub.platform.HubConfig;
import org.payhub.platform.MasterKey;
import org.payhub.provider.Providers;
import org.payhub.provider.http.ProviderCall;
import org.payhub.provider.http.ProviderHttp;
import org.payhub.provider.http.ProviderReply;
import org.payhub.provider.spi.CallOwner;
import org.payhub.provider.spi.ProviderUnavailable;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.WebhookRegistering;

/**
 * Whether our address for webhooks is reached from outside. Where a provider's webhook settings
 * cannot be read, we call the address ourselves, by its public name and the way that the provider
 * goes: a POST that carries a question in a header. The address answers with a print that only this
 * installation can make; it stores and counts nothing.
 */
@ApplicationScoped
public class CallbackAddress {

    /** The header that makes a request a question: 1 to 64 hexadecimal digits, any. */
    public static final String QUESTION = "Payhub-Question";

    /** The header of the answer. */
    public static final String ANSWER = "Payhub-Answer";

    private static final String PURPOSE = "webhook_address";
    private static final Pattern ASKED = Pattern.compile("[0-9a-f]{1,64}");
    private static final Duration LONGEST = Duration.ofSeconds(10);

    @Inject Providers providers;
    @Inject HubConfig config;
    @Inject ProviderHttp http;
    @Inject MasterKey masterKey;
    @Inject IntegrationReading reading;
    @Inject IntegrationRecords records;
    @Inject IntegrationDirectory directory;

    /** For the container. */
    public CallbackAddress() {}

    /** The answer to a question at that address; empty where the address is nobody's. */
    public Optional<String> answer(String provider, String webhookKey, String question) {
        return ASKED.matcher(question).matches()
                        && directory.byWebhookKey(provider, webhookKey).isPresent()
                ? Optional.of(prints(provider, webhookKey, question).get(0))
                : Optional.empty();
    }

    /** Of each master key that is valid now: while they rotate, another node may use the other. */
    private List<String> prints(String provider, String webhookKey, String question) {
        return masterKey
                .prints(
                        (provider + "/" + webhookKey + "/" + question)
                                .getBytes(StandardCharsets.UTF_8),
                        PURPOSE)
                .stream()
                .map(HexFormat.of()::formatHex)
                .toList();
    }

    /** Calls our address, where nothing else tells whether it is right, and notes what is wrong. */
    void call(IntegrationId id) {
        IntegrationReading.Seen seen = reading.seen(id);
        ActiveIntegration at = seen.integration();
        if (providers.get(at.provider()) instanceof WebhookRegistering
                || !WebhookSetup.reachable(config, at.provider())) {
            return;
        }
        Optional<String> problem = ask(seen).map(why -> problem(seen.urls().bare(), why));
        records.see(id, i -> i.addressCalled(problem));
        directory.forget(id);
    }

    /** Why our own answer did not come; empty where it came. */
    private Optional<String> ask(IntegrationReading.Seen seen) {
        ActiveIntegration at = seen.integration();
        String keyed = seen.urls().keyed();
        String key = keyed.substring(keyed.lastIndexOf('/') + 1);
        String address = seen.urls().byKind().values().stream().findFirst().orElse(keyed);
        String question = HexFormat.of().formatHex(MasterKey.random(16));
        try {
            ProviderCall call =
                    ProviderCall.to(
                                    CallOwner.of(at.merchant().value(), at.id().value()),
                                    at.provider(),
                                    "webhook.address",
                                    "POST",
                                    URI.create(address))
                            .header(QUESTION, question)
                            .hiding(Secret.of(key))
                            .within(LONGEST)
                            .apart();
            ProviderReply reply = http.send(call);
            boolean ours =
                    reply.header(ANSWER)
                            .filter(prints(at.provider(), key, question)::contains)
                            .isPresent();
            return ours ? Optional.empty() : Optional.of(other(reply.status()));
        } catch (ProviderUnavailable e) {
            return Optional.of(none(e));
        } catch (IllegalArgumentException e) {
            return Optional.of("it is none that can be called.");
        }
    }

    static String problem(String bare, String why) {
        return "Our address "
                + bare
                + "/…"
                + Integration.NOT_REACHED
                + why
                + " Webhooks are lost until that is mended: look at PAYHUB_BASE_URL and at what"
                + " stands in front of this server, then press Verify.";
    }

    /** What an answer says that is not ours. */
    static String other(int status) {
        if (status >= 300 && status < 400) {
            return "it leads on to another address (status " + status + ").";
        }
        return status >= 500
                ? "what stands in front of this server answers with status " + status + "."
                : "something else answers there (status " + status + ").";
    }

    /** What it says that there was no answer. */
    static String none(ProviderUnavailable thrown) {
        for (Throwable c = thrown.getCause(); c != null; c = c.getCause()) {
            if (c instanceof SSLException) {
                return "its certificate is not accepted.";
            }
        }
        return thrown.mayHaveReachedProvider() ? "no answer came." : "no connection could be made.";
    }
}
