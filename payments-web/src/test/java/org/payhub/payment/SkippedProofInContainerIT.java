package org.payhub.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.payhub.audit.AuditFilter;
import org.payhub.audit.AuditLog;
import org.payhub.audit.AuditRow;
import org.payhub.integration.Integrations;
import org.payhub.link.PaymentLinks;
import org.payhub.merchant.Merchants;
import org.payhub.platform.HubDataSource;
import org.payhub.platform.HubException;
import org.payhub.platform.PageRequest;
import org.payhub.tenancy.Role;
import org.payhub.visit.Visits;

/** Going on without the proof of an integration. */
@Tag("database")
@ExtendWith(ArquillianExtension.class)
class SkippedProofInContainerIT {

    @Inject Merchants merchants;
    @Inject Visits visits;
    @Inject PaymentLinks links;
    @Inject CheckoutRecords records;
    @Inject Integrations integrations;
    @Inject AuditLog audit;

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    private PreparedInContainer prepared;

    @BeforeEach
    void prepare() throws SQLException {
        prepared = new PreparedInContainer(merchants, visits, links, records, dataSource);
    }

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
            assertThatThrownBy(
                            () ->
                                    integrations.skipProof(
                                            prepared.colleague("Max", role),
                                            prepared.integration()))
                    .isInstanceOfSatisfying(
                            HubException.class,
                            e -> assertThat(e.code()).isEqualTo("access.right_missing"));
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
