package org.payhub.web.operator;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.payhub.audit.LedgerDigest;
import org.payhub.audit.LedgerFinding;
import org.payhub.platform.DatabaseSelfCheck;
import org.payhub.platform.HubDataSource;
import org.payhub.platform.SchemaMigration;

/** What health knows in detail; too much for everybody's eyes. */
@Path("/health")
@Produces(OperatorResource.JSON)
public class HealthResource {

    private static final int PATIENCE_SECONDS = 2;

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    @Inject SchemaMigration migration;
    @Inject DatabaseSelfCheck selfCheck;
    @Inject LedgerDigest ledger;
    @Inject Clock clock;

    /** For the container. */
    public HealthResource() {}

    /** Everything that weakens a promise, with what to do about it. */
    @GET
    public String detail() {
        JsonArrayBuilder warnings = Json.createArrayBuilder();
        for (DatabaseSelfCheck.Finding finding : selfCheck.findings()) {
            warnings.add(warning(finding.code(), finding.sentence()));
        }
        for (LedgerFinding finding : ledger.findings()) {
            warnings.add(warning(finding.code(), finding.sentence()));
        }
        long start = System.nanoTime();
        boolean answers = databaseAnswers();
        long millis = (System.nanoTime() - start) / 1_000_000;
        return Json.createObjectBuilder()
                .add("at", clock.instant().toString())
                .add("schemaMigrated", migration.isMigrated())
                .add("databaseAnswers", answers)
                .add("databaseMillis", millis)
                .add("warnings", warnings)
                .build()
                .toString();
    }

    /** Writes the ledger digests that are due and checks all of them, without waiting for night. */
    @POST
    @Path("ledger")
    public String checkLedger() {
        ledger.writeDue();
        JsonArrayBuilder warnings = Json.createArrayBuilder();
        for (LedgerFinding finding : ledger.checkAll()) {
            warnings.add(warning(finding.code(), finding.sentence()));
        }
        return Json.createObjectBuilder().add("warnings", warnings).build().toString();
    }

    private static JsonObject warning(String code, String sentence) {
        return Json.createObjectBuilder().add("code", code).add("detail", sentence).build();
    }

    private boolean databaseAnswers() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
