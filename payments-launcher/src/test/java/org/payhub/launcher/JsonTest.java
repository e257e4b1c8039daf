package org.payhub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void what_is_written_reads_back_the_same() {
        String text =
                """
                {"a":"q\\"b\\\\ñ\\u0001\\n","list":[1.50,true,null,{}],"empty":[],"deep":{"k":"v"}}""";

        Map<String, Object> first = Json.object(text).orElseThrow();
        Map<String, Object> second = Json.object(Json.write(first)).orElseThrow();

        assertThat(second).isEqualTo(first);
        assertThat(Json.string(first, "a")).isEqualTo("q\"b\\ñ\u0001\n");
        assertThat(Json.list(first, "list").get(0)).isEqualTo(new Json.Literal("1.50"));
        assertThat(Json.string(first, "nothing")).isEmpty();
    }

    @Test
    void only_true_is_true() {
        Map<String, Object> object =
                Json.object("{\"yes\":true,\"no\":false,\"text\":\"true\",\"one\":1}")
                        .orElseThrow();

        assertThat(Json.isTrue(object, "yes")).isTrue();
        assertThat(Json.isTrue(object, "no")).isFalse();
        assertThat(Json.isTrue(object, "text")).isFalse();
        assertThat(Json.isTrue(object, "one")).isFalse();
        assertThat(Json.isTrue(object, "nothing")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"a\"",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{} x",
                "{a:1}"
            })
    void what_is_no_object_is_refused(String text) {
        assertThat(Json.object(text)).isEmpty();
    }
}
