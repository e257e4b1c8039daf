package org.payhub.web.access;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import org.payhub.access.LoginResult;
import org.payhub.web.shared.RequestInfo;

/** Begins a person's session, under a name that nobody can have known before. */
@ApplicationScoped
class SessionStart {

    @Inject SignedInUser signedIn;
    @Inject RequestInfo requests;

    void begin(HttpServletRequest request, LoginResult login) {
        if (request.getSession(false) == null) {
            request.getSession(true);
        } else {
            request.changeSessionId();
        }
        signedIn.begin(login, requests.clientAddress(request));
    }
}
