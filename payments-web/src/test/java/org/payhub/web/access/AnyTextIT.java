package org.payhub.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.it.Http;
import org.payhub.it.TestMerchant;
import org.payhub.it.Visitor;

/** What people type into filters and what stands in addresses: any text, no page breaks. */
@RunAsClient
@ExtendWith(ArquillianExtension.class)
class AnyTextIT {

    private static final Pattern PARAMETER = Pattern.compile("<f:viewParam name=\"([a-zA-Z]+)\"");

    private static final List<String> TEXTS =
            List.of("Лусия 😀 %_!'\"\\", "${1+1}#{1+1}\u0000", "-1");

    @Test
    void every_parameter_of_every_page_takes_any_text() throws IOException {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        merchant.prepare("40.00");
        Visitor owner = owner(merchant);
        List<String> wrong = new ArrayList<>();

        for (Map.Entry<String, List<String>> page : parameters().entrySet()) {
            for (String parameter : page.getValue()) {
                for (String text : TEXTS) {
                    String path =
                            "/admin/"
                                    + page.getKey()
                                    + "?"
                                    + parameter
                                    + "="
                                    + URLEncoder.encode(text, StandardCharsets.UTF_8);
                    int status = owner.get(path).status();
                    if (status >= 500) {
                        wrong.add(status + " " + path);
                    }
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void a_client_is_found_by_a_name_with_letters_beyond_ascii() {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        TestMerchant.Prepared prepared = merchant.prepare("40.00");
        Visitor owner = owner(merchant);
        String text = URLEncoder.encode("LUCÍA", StandardCharsets.UTF_8);

        Http.Answer found = owner.get("/admin/find?q=" + text);

        assertThat(found.status()).isEqualTo(200);
        assertThat(found.body()).contains("Lucía Pérez").contains(prepared.visit());
    }

    private static Visitor owner(TestMerchant merchant) {
        return Visitor.owner(merchant.setupUrl(), "Ana Ruiz", "correct horse battery staple");
    }

    private static Map<String, List<String>> parameters() throws IOException {
        Path admin = Path.of("src", "main", "webapp", "admin");
        Map<String, List<String>> parameters = new TreeMap<>();
        try (Stream<Path> files = Files.list(admin)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".xhtml")).toList()) {
                String name = file.getFileName().toString();
                List<String> found = new ArrayList<>();
                Matcher parameter = PARAMETER.matcher(Files.readString(file));
                while (parameter.find()) {
                    found.add(parameter.group(1));
                }
                parameters.put(name.substring(0, name.length() - 6), found);
            }
        }
        assertThat(parameters.values().stream().mapToInt(List::size).sum()).isGreaterThan(30);
        return parameters;
    }
}
