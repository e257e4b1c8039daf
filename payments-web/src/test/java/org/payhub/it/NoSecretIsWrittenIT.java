package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.simulator.stripe.StripeAccount;

/** Secrets go through the hub in many ways; none of them may stay in what anybody can read. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class NoSecretIsWrittenIT {

    @Test
    void no_log_report_or_answer_holds_a_secret() throws IOException {
        TestMerchant merchant = TestMerchant.make().connectStripe();
        TestMerchant.Prepared prepared = merchant.paid("31.00");
        StripeAccount other = TestWorld.simulator().stripe().addAccount("Other", "ES", "eur");
        TestWorld.simulator().stripe().rollKey(other.id(), false, "secret");
        Http.Answer refused =
                merchant.post(
                        "/integrations",
                        "{\"provider\":\"stripe\",\"credentials\":{\"publishable_key\":\""
                                + other.keys(false).publishable()
                                + "\",\"secret_key\":\""
                                + other.keys(false).secret()
                                + "\"}}");
        Http.Answer integration = merchant.get("/integrations/" + merchant.integration());
        Http.Answer deliveries = merchant.get("/webhook-deliveries");

        List<String> secrets = secrets(merchant, other);
        List<String> found = new ArrayList<>();
        for (Http.Answer answer : List.of(refused, integration, deliveries)) {
            secrets.stream().filter(answer.body()::contains).forEach(s -> found.add("an answer"));
        }
        for (Path file : written()) {
            String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            for (String secret : secrets) {
                if (text.contains(secret)) {
                    found.add(file + " holds " + secret.substring(0, 8) + "…");
                }
            }
        }

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.text("code")).isEqualTo("integration.credentials_refused");
        assertThat(found).isEmpty();
    }

    private static List<String> secrets(TestMerchant merchant, StripeAccount other) {
        List<String> secrets = new ArrayList<>();
        secrets.add(TestWorld.masterKey());
        secrets.add(TestWorld.operatorToken());
        secrets.addAll(TestWorld.databasePasswords());
        secrets.add(merchant.key());
        for (StripeAccount account : List.of(merchant.account(), other)) {
            secrets.add(account.keys(false).secret());
            secrets.add(account.keys(false).restricted());
        }
        return secrets;
    }

    /** Everything that the suite wrote, but for the database's own files and its password files. */
    private static List<Path> written() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String folder : List.of("it-data", "failsafe-reports", "surefire-reports")) {
            Path root = Path.of("target", folder);
            if (!Files.isDirectory(root)) {
                continue;
            }
            try (Stream<Path> walk = Files.walk(root)) {
                walk.filter(Files::isRegularFile)
                        .filter(f -> !f.toString().contains("it-data/mariadb"))
                        .filter(f -> !f.toString().contains("it-data/mysql"))
                        .filter(f -> !f.toString().contains("/secrets/"))
                        // The report of a test names the properties its own JVM was started with.
                        .filter(f -> !f.getFileName().toString().startsWith("TEST-"))
                        .forEach(files::add);
            }
        }
        return files;
    }

    @Test
    void a_secret_in_a_header_or_body_does_not_reach_the_log() throws IOException {
        String canary = "whsec_canary" + System.nanoTime();
        TestMerchant merchant = TestMerchant.make().connectStripe();

        Http.post(
                "/payments/prepaid/stripe",
                "{\"id\":\"evt_1\",\"type\":\"x\",\"note\":\"" + canary + "\"}",
                Map.of("Stripe-Signature", "t=1,v1=" + canary));
        merchant.post("/visits", "{\"client\":{\"name\":\"" + canary + "\"}}");

        for (Path file : written()) {
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .as(file.toString())
                    .doesNotContain(canary);
        }
    }
}
