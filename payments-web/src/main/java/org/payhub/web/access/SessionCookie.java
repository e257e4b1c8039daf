package org.payhub.web.access;

import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.annotation.WebListener;
import org.payhub.platform.HubConfig;

/** The session's cookie travels over TLS only, where people reach us over TLS. */
@WebListener
public class SessionCookie implements ServletContextListener {

    @Inject HubConfig config;

    @Override
    public void contextInitialized(ServletContextEvent start) {
        SessionCookieConfig cookie = start.getServletContext().getSessionCookieConfig();
        cookie.setHttpOnly(true);
        cookie.setSecure(config.baseUrlIsSecure());
    }
}
