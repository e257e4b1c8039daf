package org.payhub.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.it.Http;
import org.payhub.it.Strays;
import org.payhub.it.TestMerchant;
import org.payhub.platform.Ids;

/** Every call that takes an id, with the id of another business: it is not there. */
@RunAsClient
@ExtendWith(ArquillianExtension.class)
class ForeignIdsIT {

    /** Calls whose path parameter is no id of anybody's. */
    private static final List<String> NO_IDS = List.of("GET reports/{kind}");

    private record Call(String method, String path) {
        String name() {
            return method + " " + path;
        }
    }

    @Test
    void
            every_call_with_an_id_of_another_business_answers_404_changes_nothing_and_leaves_a_trace() {
        TestMerchant other = TestMerchant.make().connectStripe();
        TestMerchant.Prepared prepared = other.paid("40.00");
        Map<String, String> ids = ids(other, prepared);
        TestMerchant caller = TestMerchant.make();
        List<String> wrong = new ArrayList<>();
        List<String> asked = new ArrayList<>();

        for (Call call : calls()) {
            String first = call.path().substring(0, call.path().indexOf('/'));
            String id = ids.get(first);
            assertThat(id).as("an id for " + call.name()).isNotNull();
            asked.add(id);
            String path = "/" + call.path().replace("{id}", id);
            Http.Answer answer =
                    call.method().equals("GET")
                            ? caller.get(path)
                            : caller.post(path, body(call, ids));
            if (answer.status() != 404) {
                wrong.add(call.name() + " " + answer.status() + " " + answer.body());
            }
        }

        assertThat(wrong).isEmpty();
        assertThat(Http.text(other.payment(prepared.payment()), "status")).isEqualTo("paid");
        assertThat(Http.text(other.visitOf(prepared.visit()), "status")).isEqualTo("booked");
        // Who tries many leaves a trace, not a flood: the first and the tenth of so many.
        assertThat(asked.size()).isBetween(10, 99);
        assertThat(Strays.of(caller.id()))
                .extracting(Strays.Entry::objectId)
                .containsExactly(asked.get(0), asked.get(9));
        assertThat(Strays.of(caller.id()))
                .extracting(Strays.Entry::details)
                .allSatisfy(details -> assertThat(details).contains("attemptsWithinTheHour"));
        assertThat(Strays.of(other.id())).isEmpty();
    }

    private static String body(Call call, Map<String, String> ids) {
        return switch (call.name()) {
            case "POST payment-links/{id}/checkout" -> "{\"provider\":\"stripe\"}";
            case "POST payments/{id}/refunds" ->
                    "{\"amount\":{\"amount\":\"1.00\",\"currency\":\"EUR\"},\"reason\":\"x\"}";
            case "POST unmatched/{id}/attach" -> "{\"visit\":\"" + ids.get("visits") + "\"}";
            case "POST unmatched/{id}/ignore" -> "{\"note\":\"x\"}";
            case "POST integrations/{id}/rotate" ->
                    "{\"credentials\":{\"secret_key\":\"sk_test_" + "x".repeat(24) + "\"}}";
            default -> "{}";
        };
    }

    private static Map<String, String> ids(TestMerchant other, TestMerchant.Prepared prepared) {
        Map<String, String> ids = new TreeMap<>();
        ids.put("visits", prepared.visit());
        ids.put("payment-links", prepared.link());
        ids.put("payments", prepared.payment());
        ids.put("integrations", other.integration());
        ids.put("webhook-deliveries", Http.text(other.first("/webhook-deliveries"), "id"));
        ids.put("refunds", other.refund(prepared.payment(), "1.00").text("id"));
        // Nothing of these was made; an id that nobody has must look the same.
        ids.put("disputes", Ids.text("dsp", UUID.randomUUID()));
        ids.put("reconciliations", Ids.text("day", UUID.randomUUID()));
        ids.put("withdrawals", Ids.text("wdr", UUID.randomUUID()));
        ids.put("rates", Ids.text("rat", UUID.randomUUID()));
        ids.put("unmatched", Ids.text("unm", UUID.randomUUID()));
        return ids;
    }

    private static List<Call> calls() {
        List<Call> calls = new ArrayList<>();
        for (Class<?> resource : new ApiApplication().getClasses()) {
            Path root = resource.getAnnotation(Path.class);
            if (root == null) {
                continue;
            }
            for (Method method : resource.getMethods()) {
                boolean takesId =
                        Arrays.stream(method.getParameters()).anyMatch(ForeignIdsIT::isPathParam);
                boolean get = method.isAnnotationPresent(GET.class);
                if (takesId && (get || method.isAnnotationPresent(POST.class))) {
                    String path = root.value() + "/" + method.getAnnotation(Path.class).value();
                    Call call = new Call(get ? "GET" : "POST", path);
                    if (!NO_IDS.contains(call.name())) {
                        calls.add(call);
                    }
                }
            }
        }
        assertThat(calls).hasSizeGreaterThan(15);
        return calls;
    }

    private static boolean isPathParam(Parameter parameter) {
        return parameter.isAnnotationPresent(PathParam.class);
    }
}
