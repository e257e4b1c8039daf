package org.payhub.simulator.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signed events for one round: every one with ids of its own, all signed before the round begins,
 * so that the client costs little while it measures. One body serves all; a request differs from
 * the next in its number and its signature alone.
 */
final class Round {

    /** A card payment that bears a reference of ours which no payment has: money to look at. */
    private static final String TEMPLATE = "charge.json";

    private static final String NUMBER = "############";
    private static final String SECONDS = "$$$$$$$$$$";
    private static final int MAC = 32;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final long first;
    private final int count;
    private final byte[] request;
    private final int[] numberAt;
    private final int signatureAt;
    private final byte[] macs;

    private Round(
            long first, int count, byte[] request, int[] numberAt, int signatureAt, byte[] macs) {
        this.first = first;
        this.count = count;
        this.request = request;
        this.numberAt = numberAt;
        this.signatureAt = signatureAt;
        this.macs = macs;
    }

    /**
     * Signs so many events.
     *
     * @param first the number of the first one; numbers never come twice in a database
     */
    static Round sign(LoadClient.Target target, String secret, Instant now, long first, int count)
            throws IOException {
        String body = template().replace(SECONDS, Long.toString(now.getEpochSecond()));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head =
                "POST "
                        + target.path()
                        + " HTTP/1.1\r\nHost: localhost:"
                        + target.port()
                        + "\r\nUser-Agent: Stripe/1.0 (+https://stripe.com/docs/webhooks)"
                        + "\r\nAccept: */*; q=0.5, application/xml\r\nCache-Control: no-cache"
                        + "\r\nContent-Type: application/json; charset=utf-8"
                        + "\r\nStripe-Signature: t="
                        + now.getEpochSecond()
                        + ",v1=";
        String rest = "\r\nContent-Length: " + bytes.length + "\r\n\r\n";
        byte[] request =
                (head + "0".repeat(2 * MAC) + rest + body).getBytes(StandardCharsets.UTF_8);
        int bodyAt = request.length - bytes.length;
        int[] inBody = occurrences(body);
        byte[] macs = macs(bytes, inBody, secret, now, first, count);
        int[] numberAt = inBody.clone();
        for (int i = 0; i < numberAt.length; i++) {
            numberAt[i] += bodyAt;
        }
        return new Round(first, count, request, numberAt, head.length(), macs);
    }

    private static byte[] macs(
            byte[] body, int[] numberAt, String secret, Instant now, long first, int count) {
        byte[] macs = new byte[count * MAC];
        byte[] number = new byte[NUMBER.length()];
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] time = (now.getEpochSecond() + ".").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < count; i++) {
                digits(first + i, number);
                for (int at : numberAt) {
                    System.arraycopy(number, 0, body, at, number.length);
                }
                mac.update(time);
                mac.update(body);
                mac.doFinal(macs, i * MAC);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JVM has no HMAC-SHA256", e);
        }
        return macs;
    }

    private static int[] occurrences(String body) {
        List<Integer> found = new ArrayList<>();
        for (int at = body.indexOf(NUMBER); at >= 0; at = body.indexOf(NUMBER, at + 1)) {
            found.add(at);
        }
        return found.stream().mapToInt(Integer::intValue).toArray();
    }

    private static String template() throws IOException {
        try (InputStream in = Round.class.getResourceAsStream(TEMPLATE)) {
            if (in == null) {
                throw new IllegalStateException(TEMPLATE + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    int count() {
        return count;
    }

    long first() {
        return first;
    }

    int requestLength() {
        return request.length;
    }

    /** The request of no event yet; to be completed by {@link #complete}. */
    byte[] request() {
        return request.clone();
    }

    /** Makes the request that of the event with this index, counted from 0. */
    void complete(ByteBuffer buffer, int index) {
        byte[] number = new byte[NUMBER.length()];
        digits(first + index, number);
        for (int at : numberAt) {
            buffer.put(at, number);
        }
        for (int i = 0; i < MAC; i++) {
            int octet = macs[index * MAC + i] & 255;
            buffer.put(signatureAt + 2 * i, HEX[octet >> 4]);
            buffer.put(signatureAt + 2 * i + 1, HEX[octet & 15]);
        }
    }

    /** The event's id as the provider would give it and as the inbox keeps it. */
    static String eventId(long number) {
        return "evt_bench" + String.format(Locale.ROOT, "%012d", number);
    }

    private static void digits(long number, byte[] into) {
        long rest = number;
        for (int i = into.length - 1; i >= 0; i--) {
            into[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }
}
