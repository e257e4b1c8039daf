package org.payhub.launcher;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;

/** An application that refuses to start, as ours does when the database is not fit for it. */
@Singleton
@Startup
public class FailingApplication {

    /** For the container. */
    public FailingApplication() {}

    @PostConstruct
    void start() {
        throw new IllegalStateException(
                "The database does not flush at commit.", new IllegalArgumentException("detail"));
    }
}
