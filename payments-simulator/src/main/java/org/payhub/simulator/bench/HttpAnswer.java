package org.payhub.simulator.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** As much of HTTP/1.1 as it takes to know that an answer came whole, and what it said. */
final class HttpAnswer {

    private HttpAnswer() {}

    /** Whether head and body are there to their ends. */
    static boolean isComplete(ByteBuffer answer) {
        int length = answer.position();
        byte[] bytes = answer.array();
        int body = bodyAt(bytes, length);
        if (body < 0) {
            return false;
        }
        int status = status(answer);
        if (status == 204 || status == 304) {
            return true;
        }
        String head = head(bytes, body);
        int at = head.indexOf("\r\ncontent-length:");
        if (at >= 0) {
            int end = head.indexOf('\r', at + 2);
            int said = Integer.parseInt(head.substring(at + 17, end).strip());
            return length >= body + said;
        }
        if (head.contains("\r\ntransfer-encoding: chunked")) {
            return length >= body + 5
                    && new String(bytes, length - 5, 5, StandardCharsets.ISO_8859_1)
                            .equals("0\r\n\r\n");
        }
        return false;
    }

    static int status(ByteBuffer answer) {
        byte[] bytes = answer.array();
        return (bytes[9] - '0') * 100 + (bytes[10] - '0') * 10 + bytes[11] - '0';
    }

    /** Whether the head has that, in lower case. */
    static boolean has(ByteBuffer answer, String text) {
        int body = bodyAt(answer.array(), answer.position());
        return body >= 0 && head(answer.array(), body).contains("\r\n" + text);
    }

    private static String head(byte[] bytes, int end) {
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
    }

    private static int bodyAt(byte[] bytes, int length) {
        for (int i = 3; i < length; i++) {
            if (bytes[i] == '\n'
                    && bytes[i - 1] == '\r'
                    && bytes[i - 2] == '\n'
                    && bytes[i - 3] == '\r') {
                return i + 1;
            }
        }
        return -1;
    }
}
