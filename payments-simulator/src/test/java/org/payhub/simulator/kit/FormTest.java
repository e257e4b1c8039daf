package org.payhub.simulator.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import org.junit.jupiter.api.Test;

class FormTest {

    @Test
    void nested_keys_become_a_tree_and_numbered_ones_a_list() {
        JsonObject tree =
                Form.parse(
                        "line_items[1][price_data][unit_amount]=2500"
                                + "&line_items[0][price_data][currency]=eur"
                                + "&payment_intent_data[metadata][visit_id]=42&mode=payment");

        assertThat(tree)
                .isEqualTo(
                        Json.parse(
                                """
                                {"line_items":[{"price_data":{"currency":"eur"}},
                                               {"price_data":{"unit_amount":"2500"}}],
                                 "payment_intent_data":{"metadata":{"visit_id":"42"}},
                                 "mode":"payment"}"""));
    }

    @Test
    void empty_brackets_append() {
        assertThat(Form.parse("expand[]=a&expand[]=b.c"))
                .isEqualTo(Json.parse("{\"expand\":[\"a\",\"b.c\"]}"));
    }

    @Test
    void escapes_plus_signs_and_missing_values_are_understood() {
        JsonObject tree = Form.parse("a%5Bb%5D=%D0%96%D1%83%D0%BA+1&empty=&alone&&x=1%3D2");

        assertThat(tree)
                .isEqualTo(
                        Json.parse(
                                "{\"a\":{\"b\":\"Жук 1\"},\"empty\":\"\",\"alone\":\"\","
                                        + "\"x\":\"1=2\"}"));
    }

    @Test
    void a_later_value_wins_and_odd_brackets_stay_plain_text() {
        assertThat(Form.parse("a=1&a=2&[x]=3&b[=4"))
                .isEqualTo(Json.parse("{\"a\":\"2\",\"[x]\":\"3\",\"b[\":\"4\"}"));
    }

    @Test
    void broken_escapes_and_towers_of_brackets_are_refused() {
        assertThatThrownBy(() -> Form.parse("a=%zz")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Form.parse("a" + "[b]".repeat(40) + "=1"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
