package org.payhub.web.shared;

import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.payhub.platform.HubConfig;
import org.payhub.platform.HubException;

/**
 * Where the container sends whatever went wrong: people get a page, programs get problem details.
 * Both have the reference under which the log has the cause once; neither has the cause itself.
 */
@WebServlet("/stop")
public class StopServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Where a refusal that ended the request is kept for the page. */
    static final String REFUSAL = "payhub.refusal";

    private static final System.Logger LOG = System.getLogger(StopServlet.class.getName());

    private static final List<String> PROGRAMS = List.of("/api/", "/payments/", "/internal/");

    @Inject HubConfig config;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Object told = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        // Scripts of the admin come here by themselves when a call in the background broke.
        int status = told instanceof Integer code ? code : 500;
        if (told == null) {
            RequestInfo.isAbout(request, request.getParameter("incident"));
        }
        Object thrown = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        if (thrown instanceof Throwable cause) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "defect incident=" + RequestInfo.requestId(request) + " path=" + where(request),
                    cause);
        }
        // What was set before is gone with the answer that broke.
        SecurityHeaders.set(request, response, config.baseUrlIsSecure());
        response.setStatus(status);
        if (PROGRAMS.stream().anyMatch(where(request)::startsWith)) {
            problem(request, response, status);
        } else {
            request.getRequestDispatcher("/stop/" + page(status) + ".xhtml")
                    .forward(request, response);
        }
    }

    private static String where(HttpServletRequest request) {
        Object uri = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        String path = uri == null ? request.getRequestURI() : uri.toString();
        return path.substring(Math.min(path.length(), request.getContextPath().length()));
    }

    private static String page(int status) {
        return switch (status) {
            case 403 -> "403";
            case 404, 405 -> "404";
            default -> status < 500 ? "400" : "500";
        };
    }

    private static void problem(
            HttpServletRequest request, HttpServletResponse response, int status)
            throws IOException {
        Object refusal = request.getAttribute(REFUSAL);
        String code = refusal instanceof HubException hub ? hub.code() : "http." + status;
        response.setContentType("application/problem+json;charset=UTF-8");
        response.getWriter()
                .write(
                        "{\"type\":\"about:blank\",\"status\":"
                                + status
                                + ",\"code\":\""
                                + code
                                + "\",\"title\":\""
                                + (status < 500 ? "This call cannot be answered." : "A defect.")
                                + "\",\"reference\":\""
                                + RequestInfo.requestId(request)
                                + "\"}");
    }
}
