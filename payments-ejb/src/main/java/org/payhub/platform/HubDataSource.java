package org.payhub.platform;

import jakarta.annotation.sql.DataSourceDefinition;
import jakarta.ejb.Singleton;

/**
 * Defines the pool that everything uses, for both shapes of the application: from the WAR on Payara
 * Micro and from the EAR on a full server.
 *
 * <p>Settings are read as MicroProfile Config reads them: from a system property of that name, else
 * from the environment.
 *
 * <p>{@code useInformationSchema=false}: without it Connector/J asks MariaDB for a column that it
 * lacks and Hibernate fails with "Unable to determine Dialect". Validation is off by default in the
 * server; with it the pool survives a database that went away and came back.
 */
@DataSourceDefinition(
        name = HubDataSource.JNDI,
        className = "com.mysql.cj.jdbc.MysqlDataSource",
        url = "${MPCONFIG=PAYHUB_DB_URL}",
        user = "${MPCONFIG=PAYHUB_DB_USER}",
        password = "${MPCONFIG=PAYHUB_DB_PASSWORD}",
        minPoolSize = 4,
        maxPoolSize = 48,
        properties = {
            "useInformationSchema=false",
            "fish.payara.is-connection-validation-required=true",
            "fish.payara.connection-validation-method=custom-validation",
            "fish.payara.validation-classname="
                    + "org.glassfish.api.jdbc.validation.MySQLConnectionValidation",
            "fish.payara.max-wait-time-in-millis=2000",
            "fish.payara.connection-leak-timeout-in-seconds=0"
        })
@Singleton
public class HubDataSource {

    /** Where the pool is found. */
    public static final String JNDI = "java:app/jdbc/payhub";

    /** For the container. */
    public HubDataSource() {}
}
