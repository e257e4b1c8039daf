package org.payhub.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.payhub.integration.IntegrationId;
import org.payhub.platform.MasterKey;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.VerifiedWebhook;
import org.payhub.tenancy.MerchantId;

class StoredWebhookTest {

    private static final Instant AT = Instant.parse("2026-03-01T10:00:00.123456Z");

    private final MerchantId merchant = MerchantId.next();
    private final DeliveryId id = DeliveryId.next();
    private final BodySeal seal = new BodySeal(merchant, MasterKey.random(32));

    private static VerifiedWebhook webhook(byte[] body, Optional<Boolean> livemode) {
        return new VerifiedWebhook(
                new RawWebhook(
                        "POST",
                        Optional.of("check"),
                        "type=check&x=Zoë",
                        Map.of(
                                "X-Many", List.of("1", "2"),
                                "Stripe-Signature", List.of("t=1,v1=aa"),
                                "X-Empty", List.of("")),
                        body,
                        AT),
                "evt_1",
                "charge.succeeded",
                Optional.of("ch_1"),
                "charge.succeeded|ch_1|100|eur",
                livemode);
    }

    private Delivery stored(VerifiedWebhook webhook) {
        return new Delivery(
                id,
                merchant,
                IntegrationId.next(),
                "stripe",
                false,
                webhook.eventKey(),
                webhook.eventType(),
                webhook.objectKey(),
                seal.seal(merchant, id, "headers", StoredWebhook.write(webhook)),
                seal.seal(merchant, id, "body", webhook.raw().body()),
                AT,
                DeliveryStatus.RECEIVED);
    }

    @Test
    void what_was_stored_comes_back_byte_for_byte() {
        for (Optional<Boolean> mode :
                List.of(Optional.of(true), Optional.of(false), Optional.<Boolean>empty())) {
            byte[] body = {(byte) 0xFF, 0, (byte) 0xC3, 0x28, '{', '}'};
            VerifiedWebhook webhook = webhook(body, mode);

            VerifiedWebhook back = seal.open(stored(webhook));

            assertThat(back.raw().body()).isEqualTo(body);
            assertThat(back.raw().headers()).isEqualTo(webhook.raw().headers());
            assertThat(back.raw().method()).isEqualTo("POST");
            assertThat(back.raw().kind()).contains("check");
            assertThat(back.raw().query()).isEqualTo("type=check&x=Zoë");
            assertThat(back.raw().receivedAt()).isEqualTo(AT);
            assertThat(back.livemode()).isEqualTo(mode);
            assertThat(back.fingerprint()).isEqualTo(webhook.fingerprint());
        }
    }

    @Test
    void an_empty_body_stays_empty() {
        assertThat(seal.open(stored(webhook(new byte[0], Optional.empty()))).raw().body())
                .isEmpty();
    }

    @Test
    void the_stored_bytes_show_nothing_of_the_body() {
        byte[] body = "{\"email\":\"zoe@example.com\"}".getBytes(StandardCharsets.UTF_8);

        Delivery stored = stored(webhook(body, Optional.of(false)));

        assertThat(new String(stored.sealedBody(), StandardCharsets.ISO_8859_1))
                .doesNotContain("zoe");
    }

    @Test
    void a_body_moved_to_another_delivery_or_part_does_not_open() {
        Delivery stored = stored(webhook(new byte[] {1}, Optional.of(false)));

        assertThatThrownBy(
                        () -> seal.open(merchant, DeliveryId.next(), "body", stored.sealedBody()))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> seal.open(merchant, id, "headers", stored.sealedBody()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_damaged_body_is_refused_at_every_byte() {
        byte[] sealed = stored(webhook(new byte[] {1, 2, 3}, Optional.of(false))).sealedBody();
        for (int i = 0; i < sealed.length; i++) {
            byte[] damaged = sealed.clone();
            damaged[i] ^= 1;

            assertThatThrownBy(() -> seal.open(merchant, id, "body", damaged))
                    .isInstanceOf(IllegalStateException.class);
        }
    }
}
