package org.payhub.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.payhub.webhook.SignedPost.event;
import static org.payhub.webhook.SignedPost.freshId;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.it.TestWorld;

/** Bodies that are larger than any provider's, sent by plain sockets. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class LargeBodyIT {

    private static final int LARGEST = 256 * 1024;

    @Test
    void a_body_of_exactly_the_largest_size_is_taken() {
        SignedPost sender = SignedPost.connect();
        String id = freshId();
        String start = event(id, "thing.happened", ",\"filler\":\"#\"");
        String body = start.replace("#", "x".repeat(LARGEST - start.length() + 1));

        assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSize(LARGEST);
        assertThat(sender.send(body).status()).isEqualTo(200);
        assertThat(sender.stored(id)).hasSize(1);
    }

    @Test
    void one_byte_more_is_refused() {
        SignedPost sender = SignedPost.connect();

        assertThat(sender.send("x".repeat(LARGEST + 1)).status()).isEqualTo(413);
        assertThat(sender.storedInAll()).isZero();
    }

    @Test
    void an_announced_flood_is_refused_before_it_is_read() throws IOException {
        SignedPost sender = SignedPost.connect();

        String status = talk(sender.keyedPath(), "Content-Length: 10485760\r\n", false);

        assertThat(status).contains(" 413 ");
    }

    @Test
    void a_flood_without_a_length_is_cut_off_while_it_is_read() throws IOException {
        SignedPost sender = SignedPost.connect();

        String status = talk(sender.keyedPath(), "Transfer-Encoding: chunked\r\n", true);

        assertThat(status).contains(" 413 ");
        assertThat(sender.storedInAll()).isZero();
    }

    /** Sends up to ten megabytes and answers the status line, whenever it comes. */
    private static String talk(String path, String header, boolean chunked) throws IOException {
        int port = TestWorld.baseUri().getPort();
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(15_000);
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST "
                                    + path
                                    + " HTTP/1.1\r\nHost: localhost:"
                                    + port
                                    + "\r\n"
                                    + header
                                    + "\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            byte[] block = new byte[16_384];
            java.util.Arrays.fill(block, (byte) 'x');
            try {
                for (int sent = 0; sent < 10_485_760; sent += block.length) {
                    if (chunked) {
                        out.write("4000\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                    out.write(block);
                    if (chunked) {
                        out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    }
                    if (socket.getInputStream().available() > 0) {
                        break;
                    }
                }
            } catch (SocketException e) {
                // The server closed while we were still sending: what it said is still there.
                assertThat(e).isNotNull();
            }
            return new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
