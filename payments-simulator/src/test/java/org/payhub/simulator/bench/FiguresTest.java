package org.payhub.simulator.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

    @Test
    void a_weaker_durability_is_said() {
        assertThat(new Durability("11.4.5-MariaDB", "1", false, "0").weaker()).isEmpty();
        assertThat(new Durability("11.4.5-MariaDB", "2", false, "0").weaker())
                .singleElement()
                .asString()
                .contains("innodb_flush_log_at_trx_commit is 2");
        assertThat(new Durability("8.0.15", "1", true, "0").weaker())
                .singleElement()
                .asString()
                .contains("sync_binlog is 0");
    }

    @Test
    void percentiles_are_of_what_was_measured() {
        Latencies latencies = new Latencies();

        for (int i = 1_000; i >= 1; i--) {
            latencies.add(i * 1_000L);
        }

        assertThat(latencies.p50()).isEqualTo(500);
        assertThat(latencies.p99()).isEqualTo(990);
        assertThat(latencies.p999()).isEqualTo(999);
        assertThat(new Latencies().p99()).isZero();
    }

    @Test
    void the_median_and_the_words_for_it() {
        assertThat(Figures.median(List.of(3L, 1L, 2L))).isEqualTo(2);
        assertThat(Figures.median(List.of(4L, 1L, 2L, 3L))).isEqualTo(2);
        assertThat(Figures.median(List.of())).isZero();
        assertThat(Figures.times(1_309)).isEqualTo("1.30×");
        assertThat(Figures.millis(12_345)).isEqualTo("12.3 ms");
    }

    @Test
    void an_answer_is_complete_with_its_last_byte() {
        String plain = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        String chunked =
                "HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
        String none = "HTTP/1.1 204 No Content\r\nRetry-After: 5\r\n\r\n";

        for (String text : List.of(plain, chunked, none)) {
            for (int length = 0; length < text.length(); length++) {
                assertThat(HttpAnswer.isComplete(buffer(text.substring(0, length)))).isFalse();
            }
            assertThat(HttpAnswer.isComplete(buffer(text))).isTrue();
        }
        assertThat(HttpAnswer.status(buffer(chunked))).isEqualTo(503);
        assertThat(HttpAnswer.has(buffer(none), "retry-after:")).isTrue();
        assertThat(HttpAnswer.has(buffer(plain), "retry-after:")).isFalse();
    }

    private static ByteBuffer buffer(String text) {
        ByteBuffer buffer = ByteBuffer.allocate(1_000);
        buffer.put(text.getBytes(StandardCharsets.US_ASCII));
        return buffer;
    }
}
