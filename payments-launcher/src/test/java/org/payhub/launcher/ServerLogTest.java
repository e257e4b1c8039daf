package org.payhub.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ServerLogTest {

    private static ServerLog read(String text) {
        ServerLog log = new ServerLog();
        text.lines().forEach(log::line);
        return log;
    }

    @Test
    void a_deployed_application_is_no_failure() {
        ServerLog log =
                read(
                        """
                        [2026-01-01T00:00:00.000+0000] [] [INFO] [] [PayaraMicro] [[
                          {
                            "Instance Configuration": {
                                "Deployed": [
                                    {
                                        "Name": "payments-web",
                        [2026-01-01T00:00:00.000+0000] [] [INFO] [] [PayaraMicro] Payara Micro 6.2025.10 (build 42) ready in 4,290 (ms)
                        """);

        assertThat(log.isReady()).isTrue();
        assertThat(log.hasFailed()).isFalse();
    }

    @Test
    void our_own_sentence_is_the_reason_of_a_failed_deployment() {
        ServerLog log =
                read(
                        """
                        [2026-01-01T00:00:00.000+0000] [] [SEVERE] [] [somewhere] Something else.
                        [2026-01-01T00:00:00.000+0000] [] [SEVERE] [] [deployment.common] [[
                          Exception while invoking class EjbApplication start method
                        jakarta.ejb.EJBException: jakarta.ejb.CreateException: Initialization failed
                        	at org.example.A.b(A.java:1)
                        Caused by: jakarta.ejb.CreateException: Initialization failed
                        Caused by: java.lang.IllegalStateException: The database has flush=2.
                        Caused by: java.sql.SQLException: detail
                        ]]
                        [2026-01-01T00:00:00.000+0000] [] [SEVERE] [] [core] [[
                          Exception during lifecycle processing
                        java.lang.IllegalStateException: told again
                                "Deployed": [
                                ]
                        Payara Micro 6.2025.10 (build 42) ready in 4,290 (ms)
                        """);

        assertThat(log.hasFailed()).isTrue();
        assertThat(log.reason()).contains("The database has flush=2.");
    }

    @Test
    void without_a_sentence_of_ours_the_deepest_cause_is_the_reason() {
        ServerLog log =
                read(
                        """
                        [2026-01-01T00:00:00.000+0000] [] [SEVERE] [] [core] [[
                          Exception while loading the app : CDI deployment failure
                        org.example.DeploymentException: outer
                        Caused by: org.example.DefinitionException: WELD-001408: Unsatisfied
                        """);

        assertThat(log.reason()).contains("WELD-001408: Unsatisfied");
    }

    @Test
    void a_bare_line_about_the_failure_gives_way_to_the_exception_after_it() {
        ServerLog log =
                read(
                        """
                        [2026-01-01T00:00:00.000+0000] [] [SEVERE] [] [core] Exception while deploying the app [payments-web]

                        [2026-01-01T00:00:00.000+0000] [] [SEVERE] [] [core] [[
                          Exception during lifecycle processing
                        java.lang.IllegalStateException: A bean is wrong
                        """);

        assertThat(log.reason()).contains("A bean is wrong");
    }

    @Test
    void a_log_that_says_nothing_gives_no_reason() {
        ServerLog log =
                read("Payara Micro Runtime directory is located at /somewhere\n[INFO] all well");

        assertThat(log.isReady()).isFalse();
        assertThat(log.reason()).isEmpty();
    }
}
