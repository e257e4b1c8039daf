package org.payhub.web.access;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.payhub.access.LoginResult;
import org.payhub.access.Users;
import org.payhub.platform.HubException;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.RequestInfo;
import org.payhub.web.shared.Texts;

/**
 * The log-in. A plain form that posts to its own address: the page keeps no state, so that however
 * often it is fetched no session is made.
 */
@Named("loginPage")
@RequestScoped
public class LoginPage {

    @Inject Users users;
    @Inject SessionStart start;
    @Inject RequestInfo requests;
    @Inject HttpServletRequest request;
    @Inject FacesErrors errors;
    @Inject Texts texts;

    private String problem;

    /** Runs whenever the page is asked for; with a filled form it lets the person in. */
    public void arrive() throws IOException {
        if (!request.getMethod().equals("POST")) {
            return;
        }
        FacesContext faces = FacesContext.getCurrentInstance();
        if (!RequestInfo.isFromOurPages(request)) {
            problem = texts.of("login.foreign");
            faces.getExternalContext().setResponseStatus(403);
            return;
        }
        try {
            LoginResult login =
                    users.logIn(
                            request.getParameter("email"),
                            request.getParameter("password"),
                            requests.clientAddress(request));
            start.begin(
                    request,
                    (HttpServletResponse)
                            FacesContext.getCurrentInstance().getExternalContext().getResponse(),
                    login);
            faces.getExternalContext().redirect(request.getContextPath() + SafeNext.of(getNext()));
        } catch (HubException refusal) {
            problem = sentence(refusal);
            faces.getExternalContext().setResponseStatus(refusal.problem().status());
        }
    }

    private String sentence(HubException refusal) {
        if (refusal.code().equals("access.slow_down")) {
            String seconds = refusal.getMessage().replaceAll("[^0-9]", "");
            return texts.count("login.slow", Long.parseLong(seconds));
        }
        return errors.sentence(refusal);
    }

    public String getProblem() {
        return problem;
    }

    public boolean isRefused() {
        return problem != null;
    }

    /** What was typed is still there; the password never is. */
    public String getEmail() {
        String typed = request.getParameter("email");
        return typed == null ? "" : typed.strip().toLowerCase(Locale.ROOT);
    }

    public String getNext() {
        String next = request.getParameter("next");
        return next == null ? "" : next;
    }

    public boolean isAway() {
        return request.getParameter("away") != null && problem == null;
    }

    public boolean isOut() {
        return request.getParameter("out") != null && problem == null;
    }
}
