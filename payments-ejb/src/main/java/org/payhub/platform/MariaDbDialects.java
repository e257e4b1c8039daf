package org.payhub.platform;

import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.MariaDBDialect;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolutionInfo;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolver;

/**
 * Connector/J calls every server MySQL; MariaDB tells itself apart in its version text, and speaks
 * another dialect (no {@code FOR UPDATE OF}, no {@code CAST AS JSON}).
 */
public class MariaDbDialects implements DialectResolver {

    private static final long serialVersionUID = 1L;

    /** For Hibernate. */
    public MariaDbDialects() {}

    @Override
    public Dialect resolveDialect(DialectResolutionInfo info) {
        String version = info.getDatabaseVersion();
        return version != null && version.contains("MariaDB") ? new MariaDBDialect(info) : null;
    }
}
