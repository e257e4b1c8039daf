package org.payhub.web.shared;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import org.payhub.access.People;
import org.payhub.platform.HubException;
import org.payhub.tenancy.Right;
import org.payhub.web.access.PageGuard;
import org.payhub.web.access.SignedInUser;

/** What the pages say that tell of something that went wrong. */
@Named("stopPage")
@RequestScoped
public class StopPage {

    @Inject HttpServletRequest request;
    @Inject SignedInUser signedIn;
    @Inject FacesErrors errors;
    @Inject People people;

    /** The name of the request in the log. */
    public String getReference() {
        return RequestInfo.requestId(request);
    }

    /** The refusal in words, where one ended the request. */
    public String getSentence() {
        return request.getAttribute(StopServlet.REFUSAL) instanceof HubException refusal
                ? errors.sentence(refusal)
                : "";
    }

    /** The right that was missing, or an empty text. */
    public String getMissingRight() {
        return request.getAttribute(PageGuard.MISSING_RIGHT) instanceof Right right
                ? right.name()
                : "";
    }

    public boolean isSignedIn() {
        HttpSession session = request.getSession(false);
        return session != null && signedIn.isKnown();
    }

    public String getRole() {
        return isSignedIn() ? signedIn.getRole().name() : "";
    }

    /** Names of those who can grant it. */
    public List<String> getGranters() {
        return isSignedIn() ? people.owners(signedIn.scope()) : List.of();
    }
}
