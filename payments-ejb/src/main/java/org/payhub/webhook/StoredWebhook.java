package org.payhub.webhook;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.payhub.provider.spi.RawWebhook;
import org.payhub.provider.spi.VerifiedWebhook;

/**
 * Writes what a webhook came with besides its body (method, query, headers, and what verifying it
 * read) into bytes and reads it back, so that a delivery can be translated again years later,
 * whatever became of its secret.
 */
final class StoredWebhook {

    private static final int VERSION = 1;

    private StoredWebhook() {}

    static byte[] write(VerifiedWebhook webhook) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            text(out, webhook.raw().method());
            text(out, webhook.raw().kind().orElse(""));
            text(out, webhook.raw().query());
            text(out, webhook.fingerprint());
            out.writeByte(webhook.livemode().map(live -> live ? 1 : 0).orElse(2));
            out.writeInt(webhook.raw().headers().size());
            for (Map.Entry<String, List<String>> header : webhook.raw().headers().entrySet()) {
                text(out, header.getKey());
                out.writeInt(header.getValue().size());
                for (String value : header.getValue()) {
                    text(out, value);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    static VerifiedWebhook read(byte[] stored, byte[] body, Delivery delivery) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(stored))) {
            int version = in.readUnsignedByte();
            if (version != VERSION) {
                throw new IllegalStateException("Unknown layout of a webhook: " + version);
            }
            String method = text(in);
            String kind = text(in);
            String query = text(in);
            String fingerprint = text(in);
            int livemode = in.readUnsignedByte();
            Map<String, List<String>> headers = new LinkedHashMap<>();
            int names = in.readInt();
            for (int i = 0; i < names; i++) {
                String name = text(in);
                int count = in.readInt();
                List<String> values = new ArrayList<>();
                for (int j = 0; j < count; j++) {
                    values.add(text(in));
                }
                headers.put(name, values);
            }
            RawWebhook raw =
                    new RawWebhook(
                            method,
                            Optional.of(kind).filter(k -> !k.isEmpty()),
                            query,
                            headers,
                            body,
                            delivery.receivedAt());
            return new VerifiedWebhook(
                    raw,
                    delivery.eventKey(),
                    delivery.eventType(),
                    delivery.objectKey(),
                    fingerprint,
                    livemode == 2 ? Optional.empty() : Optional.of(livemode == 1));
        } catch (IOException e) {
            throw new UncheckedIOException("A stored webhook ends too early", e);
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
