package org.payhub.payment;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.payhub.audit.AuditFilter;
import org.payhub.audit.AuditLog;
import org.payhub.audit.AuditRow;
import org.payhub.integration.Integrations;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.Role;

/** Going on without the proof of an integration. */
class SkippedProofInContainerIT extends BooksInContainer {

    @Inject Integrations integrations;
    @Inject AuditLog audit;

    private List<AuditRow> noted() {
        AuditFilter skipped =
                new AuditFilter(
                        Optional.of("integration.proof_skipped"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return audit.page(prepared.scope(), skipped, PageRequest.first(10)).items();
    }

    @Test
    void only_an_owner_goes_on_without_the_proof_and_the_audit_says_so() {
        for (Role role : List.of(Role.MANAGER, Role.INTEGRATOR)) {
            refusedFor(
                    "access.right_missing",
                    () ->
                            integrations.skipProof(
                                    prepared.colleague("Max", role), prepared.integration()));
        }
        assertThat(noted()).isEmpty();

        integrations.skipProof(prepared.scope(), prepared.integration());

        assertThat(noted())
                .singleElement()
                .satisfies(
                        entry -> {
                            assertThat(entry.actorName()).isEqualTo("Olga Owner");
                            assertThat(entry.objectId())
                                    .isEqualTo(prepared.integration().toString());
                        });
        assertThat(integrations.get(prepared.scope(), prepared.integration()).row().proofPassed())
                .isFalse();
    }

    @Test
    void a_proof_that_was_passed_cannot_be_skipped() {
        integrations.noteProofPassed(prepared.integration());

        integrations.skipProof(prepared.scope(), prepared.integration());

        assertThat(noted()).isEmpty();
    }
}
