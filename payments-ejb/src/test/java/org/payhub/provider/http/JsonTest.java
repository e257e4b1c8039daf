package org.payhub.provider.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void what_is_there_is_read_and_what_is_missing_or_of_another_type_is_absent() {
        Json json =
                Json.parse(
                        utf8(
                                "{\"t\":\"Zoë 💇\",\"n\":25,\"yes\":true,\"no\":null,"
                                        + "\"o\":{\"id\":\"x\"},\"l\":[{\"id\":\"a\"},1,\"b\"]}"));

        assertThat(json.text("t")).contains("Zoë 💇");
        assertThat(json.integer("n").orElseThrow()).isEqualTo(25);
        assertThat(json.isTrue("yes")).isTrue();
        assertThat(json.has("no")).isFalse();
        assertThat(json.names("no")).isTrue();
        assertThat(json.get("o").text("id")).contains("x");
        assertThat(json.list("l")).hasSize(1);
        assertThat(json.texts("l")).isEqualTo(List.of("b"));
        assertThat(json.text("n")).isEmpty();
        assertThat(json.integer("t")).isEmpty();
        assertThat(json.get("absent").get("deeper").text("id")).isEmpty();
        assertThat(json.list("o")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"x\"",
                "12",
                "true",
                "plain text",
                "{",
                "{}}",
                "{} {}",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{'a':1}",
                "{a:1}",
                "{\"a\":NaN}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":1,\"a\":2}",
                "{\"o\":{\"a\":1,\"b\":2,\"a\":3}}",
                "{\"a\":1,\"\\u0061\":2}",
                "\uFEFF{}"
            })
    void what_is_no_single_object_with_each_name_once_is_refused(String text) {
        assertThatThrownBy(() -> Json.parse(utf8(text))).isInstanceOf(JsonMalformed.class);
    }

    @Test
    void broken_utf8_is_refused_not_repaired() {
        byte[] broken = {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};
        byte[] overlong = {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0xAF, '"', '}'};

        assertThatThrownBy(() -> Json.parse(broken)).isInstanceOf(JsonMalformed.class);
        assertThatThrownBy(() -> Json.parse(overlong)).isInstanceOf(JsonMalformed.class);
    }

    @Test
    void depth_is_bounded() {
        String deepest = "{\"a\":".repeat(63) + "{}" + "}".repeat(63);
        String deeper = "{\"a\":".repeat(64) + "{}" + "}".repeat(64);

        assertThat(Json.parse(deepest).has("a")).isTrue();
        assertThatThrownBy(() -> Json.parse(deeper)).isInstanceOf(JsonMalformed.class);
    }

    @Test
    void hostile_shapes_cost_little() {
        StringBuilder names = new StringBuilder("{\"a\":0");
        for (int i = 0; i < 20_000; i++) {
            // AaAa and BBBB have one hash code: each of these names collides with the others.
            names.append(",\"")
                    .append(Integer.toBinaryString(i).replace("0", "AaAa").replace("1", "BBBB"))
                    .append("\":0");
        }
        List<String> hostile =
                List.of(
                        "[".repeat(200_000),
                        "{\"a\":" + "[".repeat(200_000),
                        "{\"a\":" + "9".repeat(200_000) + "}",
                        "{\"a\":\"" + "\\u0041".repeat(40_000),
                        names + "}");
        for (String text : hostile) {
            long began = System.nanoTime();
            try {
                Json.parse(text);
            } catch (JsonMalformed expected) {
                assertThat(expected.getMessage()).hasSizeLessThan(100);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .as(text.substring(0, 10))
                    .isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void numbers_are_bounded_before_anyone_reckons_with_them() {
        Json json =
                Json.parse(
                        "{\"huge\":1e1000000000,\"tiny\":1e-1000000000,\"whole\":25.0,"
                                + "\"part\":25.5,\"long\":9223372036854775808,"
                                + "\"most\":99999999999999999999999999999999999999,"
                                + "\"more\":100000000000000000000000000000000000000}");

        assertThat(json.integer("huge")).isEmpty();
        assertThat(json.decimal("tiny")).isEmpty();
        assertThat(json.integer("whole").orElseThrow()).isEqualTo(25);
        assertThat(json.integer("part")).isEmpty();
        assertThat(json.integer("long").orElseThrow()).isEqualTo("9223372036854775808");
        assertThat(json.integer("most")).isPresent();
        assertThat(json.integer("more")).isEmpty();
        assertThat(json.seconds("most")).isEmpty();
        assertThat(json.seconds("long")).isEmpty();
    }

    @Test
    void a_number_of_64_characters_is_taken_and_one_of_65_is_not() {
        assertThat(Json.parse("{\"a\":" + "1".repeat(64) + "}").has("a")).isTrue();
        assertThatThrownBy(() -> Json.parse("{\"a\":" + "1".repeat(65) + "}"))
                .isInstanceOf(JsonMalformed.class);
    }

    @Test
    void contents_do_not_slip_into_a_log() {
        assertThat(Json.parse("{\"email\":\"zoe@example.org\"}").toString())
                .doesNotContain("zoe@example.org");
    }
}
