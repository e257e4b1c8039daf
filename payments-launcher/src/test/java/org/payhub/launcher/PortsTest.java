package org.payhub.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortsTest {

    @ParameterizedTest(name = "taken on {0}, wanted on {1}")
    @CsvSource({"127.0.0.1, 127.0.0.1", "0.0.0.0, 127.0.0.1", "127.0.0.1, 0.0.0.0"})
    void a_taken_port_is_named_with_its_variable(String taken, String wanted) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName(taken))) {
            int port = other.getLocalPort();

            StartFailure failure =
                    catchThrowableOfType(
                            StartFailure.class,
                            () ->
                                    Ports.requireFree(
                                            wanted, port, "PAYHUB_HTTP_PORT", "the application"));

            assertThat(failure.getMessage())
                    .contains("Port " + port + " for the application is in use")
                    .contains("PAYHUB_HTTP_PORT");
            assertThat(failure.exitStatus()).isNotZero();
        }
    }

    @Test
    void a_free_port_is_taken() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertThatCode(() -> Ports.requireFree("0.0.0.0", port, "PAYHUB_HTTP_PORT", "x"))
                .doesNotThrowAnyException();
    }

    @Test
    void an_address_of_another_machine_is_a_wrong_setting() {
        StartFailure failure =
                catchThrowableOfType(
                        StartFailure.class,
                        () -> Ports.requireFree("192.0.2.1", 8080, "PAYHUB_HTTP_PORT", "x"));

        assertThat(failure.getMessage()).startsWith("PAYHUB_HTTP_ADDRESS is 192.0.2.1");
        assertThat(failure.exitStatus()).isEqualTo(2);
    }
}
