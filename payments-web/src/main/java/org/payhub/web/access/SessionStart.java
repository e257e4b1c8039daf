package org.payhub.web.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.payhub.access.LoginResult;
import org.payhub.web.shared.RequestInfo;

/** Begins a person's session, under a name that nobody can have known before. */
@ApplicationScoped
class SessionStart {

    @Inject SignedInUser signedIn;
    @Inject RequestInfo requests;

    void begin(HttpServletRequest request, HttpServletResponse response, LoginResult login) {
        if (request.getSession(false) == null) {
            request.getSession(true);
        } else {
            request.changeSessionId();
        }
        signedIn.begin(login, requests.clientAddress(request));
        keepFromOtherSites(response);
    }

    /**
     * The server takes SameSite from its own configuration alone, which differs from shape to
     * shape; here is the one place where the cookie is made. Lax, not Strict: who comes back from a
     * provider's page is still logged in.
     */
    private static void keepFromOtherSites(HttpServletResponse response) {
        List<String> cookies = List.copyOf(response.getHeaders("Set-Cookie"));
        boolean first = true;
        for (String cookie : cookies) {
            String kept = cookie.contains("SameSite") ? cookie : cookie + "; SameSite=Lax";
            if (first) {
                response.setHeader("Set-Cookie", kept);
                first = false;
            } else {
                response.addHeader("Set-Cookie", kept);
            }
        }
    }
}
