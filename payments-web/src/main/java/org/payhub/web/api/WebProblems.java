package org.payhub.web.api;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/** What the container itself refuses: no such address, wrong method, wrong media type. */
@Provider
public class WebProblems implements ExceptionMapper<WebApplicationException> {

    /** For the container. */
    public WebProblems() {}

    @Override
    public Response toResponse(WebApplicationException e) {
        Response given = e.getResponse();
        int status = given.getStatus();
        if (status < 400) {
            return given;
        }
        Response.ResponseBuilder response =
                ProblemJson.of(
                        status, code(status), sentence(status), Optional.empty(), Optional.empty());
        given.getAllowedMethods().forEach(m -> response.header("Allow", m));
        return response.build();
    }

    private static String code(int status) {
        return switch (status) {
            case 404 -> "request.no_such_address";
            case 405 -> "request.method_not_allowed";
            case 406 -> "request.not_acceptable";
            case 415 -> "request.media_type_unsupported";
            default -> "request.refused";
        };
    }

    private static String sentence(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address; /openapi lists what there is.";
            case 405 -> "This address does not take this method; the Allow header says which.";
            case 406 -> "This address answers in another media type than the Accept header asks.";
            case 415 -> "Send the body as application/json.";
            default -> "The request was refused.";
        };
    }
}
