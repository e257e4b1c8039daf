package org.payhub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The command at the top of the repository, as far as it goes without building anything. */
class PayhubCommandTest {

    private static final Path COMMAND = Path.of("..", "payhub").toAbsolutePath().normalize();

    @TempDir Path elsewhere;

    private record Said(int status, String out, String err) {}

    private Said payhub(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(COMMAND.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(elsewhere, "out", "");
        Path err = Files.createTempFile(elsewhere, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command).directory(elsewhere.toFile());
        builder.environment().putAll(environment);
        builder.redirectOutput(out.toFile()).redirectError(err.toFile());
        int status = builder.start().waitFor();
        return new Said(
                status,
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "run", "merchant", "verify-audit", "test", "bench", "certify"})
    void every_command_has_help(String command) throws Exception {
        Said said = payhub(Map.of(), command, "--help");

        assertThat(said.status()).isZero();
        assertThat(said.out()).startsWith("Usage: ./payhub " + command);
        assertThat(said.err()).isEmpty();
        assertThat(payhub(Map.of(), "--help").out()).contains("\n  " + command);
    }

    @ParameterizedTest(name = "payhub {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    frobnicate              | There is no command "frobnicate"
                    merchant                | Usage: ./payhub merchant add
                    merchant delete         | Usage: ./payhub merchant add
                    verify-audit            | Usage: ./payhub verify-audit FILE
                    verify-audit none.jsonl | There is no readable file none.jsonl
                    test --fast             | "--fast" is not an option
                    certify                 | Usage: ./payhub certify PROVIDER
                    """)
    void what_cannot_be_done_is_one_line_and_status_two(String arguments, String line)
            throws Exception {
        Said said = payhub(Map.of(), arguments.split(" "));

        assertThat(said.status()).isEqualTo(2);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains(line);
        assertThat(said.err().lines()).hasSize(1);
    }

    @Test
    void an_old_java_is_named_with_how_to_get_another() throws Exception {
        Path java = Files.createDirectories(elsewhere.resolve("old jdk/bin")).resolve("java");
        Files.writeString(
                java,
                """
                #!/bin/sh
                echo '    java.specification.version = 11' >&2
                echo '    java.home = /old' >&2
                """);
        DataDirectory.ownersOnly(java, "rwx------");

        Said said = payhub(Map.of("JAVA_HOME", elsewhere.resolve("old jdk").toString()), "run");

        assertThat(said.status()).isEqualTo(1);
        assertThat(said.err())
                .contains("JDK 17 or 21")
                .contains("is version 11")
                .contains("Install");
        assertThat(said.err().lines()).hasSize(1);
    }
}
