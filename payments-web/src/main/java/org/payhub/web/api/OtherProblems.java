package org.payhub.web.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.payhub.platform.HubException;
import org.payhub.platform.MasterKey;

/** Our own defects: the caller gets a reference, the log gets the trace, once. */
@Provider
public class OtherProblems implements ExceptionMapper<RuntimeException> {

    private static final System.Logger LOG = System.getLogger(OtherProblems.class.getName());

    /** For the container. */
    public OtherProblems() {}

    @Override
    public Response toResponse(RuntimeException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HubException hub) {
                return ProblemJson.of(hub);
            }
            if (cause instanceof SQLTransientConnectionException) {
                return ProblemJson.of(
                                503,
                                "database.unavailable",
                                "The database does not answer. Try again in a moment.",
                                Optional.empty(),
                                Optional.empty())
                        .header("Retry-After", "2")
                        .build();
            }
            if (cause.getCause() == cause) {
                break;
            }
        }
        String incident = MasterKey.token().substring(0, 12);
        LOG.log(System.Logger.Level.ERROR, "incident=" + incident, e);
        return ProblemJson.of(
                        500,
                        "internal",
                        "Something went wrong on our side; nothing is known to be lost. Give the"
                                + " reference "
                                + incident
                                + " to support.",
                        Optional.empty(),
                        Optional.of(incident))
                .build();
    }
}
