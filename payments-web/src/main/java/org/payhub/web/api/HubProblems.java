package org.payhub.web.api;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.payhub.platform.HubException;

/** What a caller can understand and act on. */
@Provider
public class HubProblems implements ExceptionMapper<HubException> {

    /** For the container. */
    public HubProblems() {}

    @Override
    public Response toResponse(HubException e) {
        return ProblemJson.of(e);
    }
}
