package org.payhub.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.payhub.simulator.exam.Certification;
import org.payhub.simulator.kit.Provider;

/** What {@code ./payhub certify} does, for every provider that the simulator can examine. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
class CertifyIT {

    static Stream<String> providers() {
        return TestWorld.simulator().providers().stream()
                .filter(provider -> provider.exam().isPresent())
                .map(Provider::code);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void every_provider_passes_the_exam(String code) {
        Provider provider = TestWorld.simulator().provider(code).orElseThrow();

        Certification.Report report =
                Certification.of(provider, TestWorld.baseUri(), TestWorld.operatorToken()).hold();

        assertThat(report.passed()).as(report.text()).isTrue();
        assertThat(report.text()).contains("has passed");
        Invariants.hold();
    }
}
