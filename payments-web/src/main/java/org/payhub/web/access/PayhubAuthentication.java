package org.payhub.web.access;

import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.security.enterprise.AuthenticationException;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.CallerPrincipal;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.payhub.platform.HubConfig;
import org.payhub.web.shared.RequestInfo;
import org.payhub.web.shared.SecurityHeaders;

/**
 * Who may come in, by path: {@code /admin} is for the session's person, before any filter or page
 * runs and for both forms of a page's address. Programs show their key to {@code /api} itself
 * ({@code web.api.BearerFilter}), since the answer to a wrong one belongs to that interface.
 * Everything else is for nobody in particular. Only a log-in makes a session.
 */
@ApplicationScoped
public class PayhubAuthentication implements HttpAuthenticationMechanism {

    private static final System.Logger LOG = System.getLogger(PayhubAuthentication.class.getName());

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    @Inject SignedInUser signedIn;
    @Inject RequestInfo requests;
    @Inject HubConfig config;

    @Override
    public AuthenticationStatus validateRequest(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws AuthenticationException {
        String path = RequestInfo.path(request);
        try {
            return isUnder(path, "/admin")
                    ? person(request, response, context)
                    : context.doNothing();
        } catch (EJBException | PersistenceException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "database away request="
                            + RequestInfo.requestId(request)
                            + ": "
                            + e.getMessage());
            return away(request, response);
        } catch (IOException e) {
            throw new AuthenticationException("The answer cannot be written", e);
        }
    }

    private static boolean isUnder(String path, String folder) {
        return path.equals(folder) || path.startsWith(folder + "/");
    }

    private AuthenticationStatus person(
            HttpServletRequest request, HttpServletResponse response, HttpMessageContext context)
            throws IOException {
        // Without a session the session's person is not asked for: asking would make one.
        HttpSession session = request.getSession(false);
        boolean reading = READING.contains(request.getMethod());
        if (session == null || !signedIn.isKnown()) {
            return toLogin(request, response, request.getRequestedSessionId() != null);
        }
        if (!signedIn.stands(requests.clientAddress(request), !reading)) {
            session.invalidate();
            return toLogin(request, response, true);
        }
        return context.notifyContainerAboutLogin(
                new CallerPrincipal(signedIn.user().toString()), Set.of());
    }

    private AuthenticationStatus toLogin(
            HttpServletRequest request, HttpServletResponse response, boolean wasAway)
            throws IOException {
        SecurityHeaders.set(request, response, config.baseUrlIsSecure());
        String query = request.getQueryString();
        String asked = request.getRequestURI().substring(request.getContextPath().length());
        if (READING.contains(request.getMethod()) && query != null) {
            asked = asked + "?" + query;
        }
        String url =
                request.getContextPath()
                        + "/login?next="
                        + URLEncoder.encode(SafeNext.of(asked), StandardCharsets.UTF_8)
                        + (wasAway ? "&away=true" : "");
        if ("partial/ajax".equals(request.getHeader("Faces-Request"))) {
            response.setContentType("text/xml;charset=UTF-8");
            response.getWriter()
                    .write(
                            "<?xml version='1.0' encoding='UTF-8'?><partial-response"
                                    + " id=\"j_id1\"><redirect url=\""
                                    + url.replace("&", "&amp;")
                                    + "\"></redirect></partial-response>");
            return AuthenticationStatus.SEND_FAILURE;
        }
        response.setStatus(HttpServletResponse.SC_SEE_OTHER);
        response.setHeader("Location", url);
        return AuthenticationStatus.SEND_CONTINUE;
    }

    private AuthenticationStatus away(HttpServletRequest request, HttpServletResponse response)
            throws AuthenticationException {
        SecurityHeaders.set(request, response, config.baseUrlIsSecure());
        response.setHeader("Retry-After", "5");
        try {
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return AuthenticationStatus.SEND_FAILURE;
        } catch (IOException e) {
            throw new AuthenticationException("The answer cannot be written", e);
        }
    }
}
