package org.payhub.ear;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;

class EarContentIT {

    private static final String EAR = "target/payments.ear";

    @Test
    void the_business_stands_in_the_ear_once() throws IOException {
        Set<String> outer = entries();
        Set<String> inner = entriesOfWar();

        assertThat(outer).anyMatch(e -> e.matches("[^/]*payments-ejb[^/]*\\.jar"));
        assertThat(inner).noneMatch(e -> e.contains("payments-ejb"));
        assertThat(outer).noneMatch(e -> e.startsWith("lib/") && e.contains("payments-ejb"));
    }

    @Test
    void what_the_business_needs_is_shared_and_not_in_the_war() throws IOException {
        Set<String> outer = entries();
        Set<String> inner = entriesOfWar();

        for (String library :
                Set.of("hibernate-core", "mysql-connector-j", "flyway-core", "stripe-java")) {
            assertThat(outer).anyMatch(e -> e.startsWith("lib/") && e.contains(library));
            assertThat(inner).noneMatch(e -> e.contains(library));
        }
    }

    @Test
    void what_the_server_brings_is_not_brought_again() throws IOException {
        Set<String> all = entries();
        all.addAll(entriesOfWar());

        assertThat(all)
                .noneMatch(
                        e ->
                                e.matches(
                                        ".*/(jakarta\\.[^/]*|jboss-logging[^/]*|classmate[^/]*"
                                                + "|jaxb-[^/]*|hibernate-validator[^/]*)\\.jar"));
    }

    @Test
    void tests_launcher_and_simulator_are_not_shipped() throws IOException {
        Set<String> all = entries();
        all.addAll(entriesOfWar());

        assertThat(all)
                .noneMatch(
                        e ->
                                e.contains("simulator")
                                        || e.contains("launcher")
                                        || e.contains("junit")
                                        || e.contains("playwright"));
    }

    @Test
    void the_application_answers_at_the_root_and_its_schema_is_inside() throws IOException {
        String application = text("META-INF/application.xml");

        assertThat(application).contains("<context-root>/</context-root>");
        try (ZipFile ear = new ZipFile(EAR)) {
            String jar =
                    entries().stream()
                            .filter(e -> e.matches("[^/]*payments-ejb[^/]*\\.jar"))
                            .findFirst()
                            .orElseThrow();
            assertThat(names(ear.getInputStream(ear.getEntry(jar))))
                    .contains("db/migration/V001__merchants_and_people.sql");
        }
    }

    private static Set<String> entries() throws IOException {
        try (ZipFile ear = new ZipFile(EAR)) {
            Set<String> names = new TreeSet<>();
            ear.stream().forEach(e -> names.add(e.getName()));
            return names;
        }
    }

    private static Set<String> entriesOfWar() throws IOException {
        try (ZipFile ear = new ZipFile(EAR)) {
            ZipEntry war =
                    ear.stream()
                            .filter(e -> e.getName().endsWith(".war"))
                            .findFirst()
                            .map(ZipEntry.class::cast)
                            .orElseThrow();
            return names(ear.getInputStream(war));
        }
    }

    private static Set<String> names(InputStream archive) throws IOException {
        Set<String> names = new TreeSet<>();
        try (ZipInputStream zip = new ZipInputStream(archive)) {
            for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
                names.add(e.getName());
            }
        }
        return names;
    }

    private static String text(String entry) throws IOException {
        try (ZipFile ear = new ZipFile(EAR)) {
            return new String(
                    ear.getInputStream(ear.getEntry(entry)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
