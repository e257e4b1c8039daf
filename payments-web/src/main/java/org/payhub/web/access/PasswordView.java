package org.payhub.web.access;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import org.payhub.access.Users;
import org.payhub.web.shared.FacesErrors;
import org.payhub.web.shared.RequestInfo;
import org.payhub.web.shared.Texts;

/** One's own password. The session that changes it goes on under a new name; all others end. */
@Named("passwordView")
@RequestScoped
public class PasswordView {

    @Inject Users users;
    @Inject SignedInUser signedIn;
    @Inject RequestInfo requests;
    @Inject HttpServletRequest request;
    @Inject FacesErrors errors;
    @Inject Texts texts;

    private String currentPassword;
    private String password;

    public void change() {
        errors.tried(
                () -> {
                    signedIn.continueAs(
                            users.changePassword(
                                    signedIn.user(),
                                    currentPassword,
                                    password,
                                    requests.clientAddress(request)));
                    request.changeSessionId();
                    errors.done(texts.of("password.done"), "");
                });
    }

    public String getCurrentPassword() {
        return currentPassword;
    }

    public void setCurrentPassword(String currentPassword) {
        this.currentPassword = currentPassword;
    }

    public String getPassword() {
        return password;
    }

    public void setPassword(String password) {
        this.password = password;
    }
}
