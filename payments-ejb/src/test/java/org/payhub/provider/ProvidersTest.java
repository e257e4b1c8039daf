package org.payhub.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.payhub.platform.HubException;
import org.payhub.provider.spi.ConnectionFacts;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderProfile;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Refunding;
import org.payhub.provider.spi.StateReading;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.provider.spi.WebhookRejected;
import org.payhub.provider.spi.WebhookReply;

class ProvidersTest {

    /** Has a code and can do one thing. */
    private record Sample(String code) implements ProviderConnector, Refunding {

        @Override
        public ProviderProfile profile() {
            return new ProviderProfile(
                    code, code, "", List.of(), Set.of(), List.of(), List.of(), List.of(), 1);
        }

        @Override
        public ConnectionFacts check(Credentials credentials) {
            throw new UnsupportedOperationException();
        }

        @Override
        public VerifiedWebhook verify(Credentials credentials, RawWebhook raw) {
            throw new WebhookRejected(WebhookRejected.Cause.KIND_UNKNOWN);
        }

        @Override
        public List<ProviderEvent> translate(VerifiedWebhook webhook) {
            return List.of();
        }

        @Override
        public WebhookReply acknowledge(VerifiedWebhook webhook) {
            return WebhookReply.empty(200);
        }

        @Override
        public ProviderEvent.RefundReported refund(Credentials credentials, RefundOrder order) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void a_connector_is_found_by_its_code_and_by_what_it_can_do() {
        Sample acme = new Sample("acme");
        Providers providers = new Providers(List.<ProviderConnector>of(acme, new Sample("zeta")));

        assertThat(providers.get("acme")).isSameAs(acme);
        assertThat(providers.find("nobody")).isEmpty();
        assertThat(providers.find(null)).isEmpty();
        assertThat(providers.all())
                .extracting(c -> c.profile().code())
                .containsExactly("acme", "zeta");
        assertThat(providers.ability("acme", Refunding.class)).containsSame(acme);
        assertThat(providers.ability("acme", StateReading.class)).isEmpty();
    }

    @Test
    void an_unknown_code_is_refused_by_name() {
        Providers providers = new Providers(List.<ProviderConnector>of(new Sample("acme")));

        assertThatThrownBy(() -> providers.get("nobody"))
                .isInstanceOfSatisfying(
                        HubException.class,
                        e -> assertThat(e.code()).isEqualTo("provider.unknown"));
    }

    @Test
    void two_connectors_with_one_code_or_a_code_that_is_none_stop_the_start() {
        assertThatThrownBy(
                        () ->
                                new Providers(
                                        List.<ProviderConnector>of(
                                                new Sample("acme"), new Sample("acme"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("acme");
        assertThatThrownBy(() -> new Providers(List.<ProviderConnector>of(new Sample("Acme"))))
                .isInstanceOf(IllegalStateException.class);
    }
}
