package org.payhub.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    @Test
    void every_call_is_described_and_nothing_else_is() throws IOException {
        assertThat(described()).isEqualTo(offered());
    }

    private static Set<String> offered() {
        Set<String> calls = new TreeSet<>();
        for (Class<?> type : new ApiApplication().getClasses()) {
            Path root = type.getAnnotation(Path.class);
            if (root == null) {
                continue;
            }
            for (Method method : type.getMethods()) {
                for (Annotation annotation : method.getAnnotations()) {
                    HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                    if (http != null) {
                        Path path = method.getAnnotation(Path.class);
                        calls.add(
                                http.value().toLowerCase(Locale.ROOT)
                                        + " /api/v1/"
                                        + root.value()
                                        + (path == null ? "" : "/" + path.value()));
                    }
                }
            }
        }
        return calls;
    }

    private static Set<String> described() throws IOException {
        Set<String> calls = new TreeSet<>();
        try (BufferedReader yaml =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        OpenApiTest.class.getResourceAsStream(
                                                "/META-INF/openapi.yaml")),
                                StandardCharsets.UTF_8))) {
            String path = "";
            for (String line = yaml.readLine(); line != null; line = yaml.readLine()) {
                if (line.matches("  /api/v1/.*:")) {
                    path = line.strip().substring(0, line.strip().length() - 1);
                } else if (line.matches("    (get|post):")) {
                    calls.add(line.strip().replace(":", "") + " " + path);
                }
            }
        }
        return calls;
    }
}
