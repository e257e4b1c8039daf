package org.payhub.web.health;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.payhub.platform.DatabaseSelfCheck;
import org.payhub.platform.HubDataSource;
import org.payhub.platform.SchemaMigration;

/**
 * Ready once the schema is in place and for as long as the database answers within two seconds.
 * What the self-check found is counted here and told in detail to the operator; it warns and stops
 * nothing.
 */
@Readiness
@ApplicationScoped
class DatabaseAnswers implements HealthCheck {

    private static final int PATIENCE_SECONDS = 2;

    @Resource(lookup = HubDataSource.JNDI)
    DataSource dataSource;

    @Inject SchemaMigration migration;
    @Inject DatabaseSelfCheck selfCheck;

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("database")
                .withData("warnings", selfCheck.findings().size())
                .status(migration.isMigrated() && answers())
                .build();
    }

    private boolean answers() {
        try (Connection connection = dataSource.getConnection()) {
            return connection.isValid(PATIENCE_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }
}
