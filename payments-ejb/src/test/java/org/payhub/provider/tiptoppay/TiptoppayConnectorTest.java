package org.payhub.provider.tiptoppay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.payhub.money.Money;
import org.payhub.provider.ProviderConnectorContract;
import org.payhub.provider.http.TestWire;
import org.payhub.provider.spi.Credentials;
import org.payhub.provider.spi.ProviderConnector;
import org.payhub.provider.spi.ProviderEvent;
import org.payhub.provider.spi.ProviderEvent.Ignored;
import org.payhub.provider.spi.ProviderEvent.ReadFirst;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.Reference;
import org.payhub.provider.spi.Secret;
import org.payhub.provider.spi.StateReading;
import org.payhub.provider.spi.VerifiedWebhook;

/** TipTop Pay sits the exam. */
class TiptoppayConnectorTest extends ProviderConnectorContract {

    @Override
    protected ProviderConnector connector(String apiBase) {
        return TiptoppaySamples.connector(apiBase);
    }

    @Override
    protected Credentials credentials() {
        return TiptoppaySamples.credentials("a_newer_secret", TiptoppaySamples.SECRET);
    }

    @Override
    protected Credentials otherCredentials() {
        return TiptoppaySamples.credentials("secret_of_someone_else");
    }

    @Override
    protected RawWebhook signed(
            Credentials signer, byte[] body, Instant signedAt, Instant receivedAt) {
        List<Secret> secrets = signer.all(TiptoppayKeys.API_SECRET);
        return TiptoppaySamples.raw(
                body,
                TiptoppaySamples.FORM,
                TiptoppaySamples.proof(secrets.get(secrets.size() - 1).reveal(), body));
    }

    @Override
    protected RawWebhook unsigned(byte[] body, Instant receivedAt) {
        return TiptoppaySamples.raw(body, TiptoppaySamples.FORM, Map.of());
    }

    @Override
    protected List<RawWebhook> malformed(byte[] body, Instant receivedAt) {
        List<RawWebhook> all = new ArrayList<>();
        for (String header : List.of("", "=", "x".repeat(44), "0".repeat(64))) {
            for (String name : List.of(TiptoppaySignature.RAW, TiptoppaySignature.DECODED)) {
                all.add(
                        TiptoppaySamples.raw(
                                body, TiptoppaySamples.FORM, Map.of(name, List.of(header))));
            }
        }
        return all;
    }

    @Override
    protected boolean signsTime() {
        return false;
    }

    @Override
    protected byte[] paid(Money amount) {
        return pay(amount.toDecimal(), amount.asset().code());
    }

    private static byte[] pay(String amount, String currency) {
        return TiptoppaySamples.bytes(
                "TransactionId=3355303842&Amount="
                        + amount
                        + "&Currency="
                        + currency
                        + "&OperationType=Payment&Status=Completed&GatewayName=Test&TestMode=1");
    }

    @Override
    protected Optional<byte[]> paidWithTooManyDigits() {
        return Optional.of(pay("25.001", "KZT"));
    }

    /** What the provider says when it is read repeats what the body said. */
    @Override
    protected List<ProviderEvent> toldBy(byte[] body) {
        TiptoppayNotification told =
                TiptoppayNotification.of(
                        TiptoppaySamples.raw(body, TiptoppaySamples.FORM, Map.of()));
        String transaction =
                "{\"Success\":true,\"Model\":{\"TransactionId\":3355303842,\"Status\":"
                        + "\"Completed\",\"TestMode\":true,\"Amount\":"
                        + told.filled("Amount").orElseThrow()
                        + ",\"Currency\":\""
                        + told.filled("Currency").orElseThrow()
                        + "\"}}";
        try (TestWire wire = new TestWire(TestWire.says(200, transaction))) {
            List<ProviderEvent> said = connector(wire.base()).translate(verified(body));
            assertThat(said).isNotEmpty().allMatch(ReadFirst.class::isInstance);
            ReadFirst first = (ReadFirst) said.get(0);
            assertThat(first.required()).isTrue();
            return ((StateReading) connector(wire.base()))
                    .read(credentials(), new Reference(first.kind(), first.key()))
                    .events();
        }
    }

    @Override
    protected byte[] unknown() {
        return "Id=of-something&Novelty=1".getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected void call(ProviderConnector connector, Credentials credentials) {
        ((StateReading) connector).read(credentials, TiptoppayTransaction.reference("3355303842"));
    }

    @Override
    protected TestWire.Answer refusal() {
        return TestWire.says(401, "");
    }

    // --- what is TipTop Pay's own ---

    @Test
    void a_sample_verifies_and_changes_nothing() {
        TiptoppayConnector connector = TiptoppaySamples.connector();
        Credentials credentials = TiptoppaySamples.credentials(TiptoppaySamples.SECRET);

        VerifiedWebhook sample = connector.verify(credentials, connector.sample(credentials, NOW));

        assertThat(connector.translate(sample)).allMatch(Ignored.class::isInstance);
        assertThat(sample.livemode()).isEmpty();
    }
}
