package org.payhub.web.api;

import jakarta.inject.Inject;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import org.payhub.audit.StrayRequests;
import org.payhub.platform.HubException;
import org.payhub.web.shared.Frame;

/** What a caller can understand and act on. */
@Provider
public class HubProblems implements ExceptionMapper<HubException> {

    @Inject ApiCaller caller;
    @Inject StrayRequests strays;

    @Context UriInfo address;

    /** For the container. */
    public HubProblems() {}

    @Override
    public Response toResponse(HubException e) {
        caller.find()
                .ifPresent(
                        scope ->
                                strays.note(
                                        scope, e, Frame.idIn(address.getRequestUri().toString())));
        return ProblemJson.of(e);
    }
}
