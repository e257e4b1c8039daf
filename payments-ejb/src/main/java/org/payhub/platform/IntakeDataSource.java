package org.payhub.platform;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;
import java.sql.Connection;

/**
 * A small pool of its own for taking webhooks in, so that pages, workers and exports can use up
 * theirs and webhooks are still stored. Its time-outs are short: a provider repeats what it was not
 * answered in time.
 */
@DataSourceDefinition(
        name = IntakeDataSource.JNDI,
        className = "com.mysql.cj.jdbc.MysqlDataSource",
        url = "${MPCONFIG=PAYHUB_DB_URL}",
        user = "${MPCONFIG=PAYHUB_DB_USER}",
        password = "${MPCONFIG=PAYHUB_DB_PASSWORD}",
        minPoolSize = 2,
        maxPoolSize = 12,
        isolationLevel = Connection.TRANSACTION_READ_COMMITTED,
        properties = {
            "useInformationSchema=false",
            // A row that was there already counts as none, so that a batch without repeats is known
            // by its count alone.
            "useAffectedRows=true",
            // Prepared at the server, sealed bytes go over as they are; written into the text of a
            // statement they took a quarter of the time of taking a webhook in. A statement for so
            // many rows is prepared once for each number of rows and connection.
            "useServerPrepStmts=true",
            "cachePrepStmts=true",
            "prepStmtCacheSize=96",
            "prepStmtCacheSqlLimit=8192",
            // Nobody changes its isolation or autocommit behind the driver's back: no question for
            // each use.
            "useLocalSessionState=true",
            "socketTimeout=10000",
            "connectTimeout=2000",
            "fish.payara.is-connection-validation-required=true",
            "fish.payara.connection-validation-method=custom-validation",
            "fish.payara.validation-classname="
                    + "org.glassfish.api.jdbc.validation.MySQLConnectionValidation",
            "fish.payara.validate-atmost-once-period-in-seconds=1",
            "fish.payara.max-wait-time-in-millis=2000",
            "fish.payara.connection-leak-timeout-in-seconds=0"
        })
@Singleton
public class IntakeDataSource {

    /** Where the pool is found. */
    public static final String JNDI = "java:app/jdbc/payhub-intake";

    /** For the container. */
    public IntakeDataSource() {}
}
