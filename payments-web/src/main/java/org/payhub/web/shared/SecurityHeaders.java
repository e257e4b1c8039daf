package org.payhub.web.shared;

import jakarta.inject.Inject;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.payhub.platform.Correlation;
import org.payhub.platform.HubConfig;

/**
 * What every answer tells the browser to refuse, and the name of the request for everything that is
 * written down during it.
 *
 * <p>The policy of Faces pages is sent by PrimeFaces, which adds a nonce for the page's own scripts
 * ({@code Look}); two policies would both count. All other answers are no pages and get one that
 * allows nothing.
 */
@WebFilter(
        filterName = "securityHeaders",
        urlPatterns = "/*",
        asyncSupported = true,
        dispatcherTypes = DispatcherType.REQUEST)
public class SecurityHeaders implements Filter {

    private static final String NOTHING =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** Paths whose answers are for programs. */
    private static final List<String> NO_PAGES =
            List.of("/api", "/payments", "/internal", "/jakarta.faces.resource", "/openapi");

    /** Where no browser ever comes; answered as fast as can be. */
    private static final String PROVIDERS = "/payments/prepaid/";

    /** Paths that anybody's browser may keep. */
    private static final String RESOURCES = "/jakarta.faces.resource/";

    @Inject HubConfig config;

    @Override
    public void doFilter(ServletRequest asked, ServletResponse answer, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest request = (HttpServletRequest) asked;
        set(request, (HttpServletResponse) answer, config.baseUrlIsSecure());
        Correlation.begin(RequestInfo.requestId(request));
        try {
            chain.doFilter(asked, answer);
        } finally {
            Correlation.end();
        }
    }

    /** Also for answers that are given before any filter runs. */
    public static void set(
            HttpServletRequest request, HttpServletResponse response, boolean secure) {
        String path = RequestInfo.path(request);
        response.setHeader("X-Request-Id", RequestInfo.requestId(request));
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (secure) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000");
        }
        if (path.startsWith(PROVIDERS)) {
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("Content-Security-Policy", NOTHING);
            return;
        }
        response.setHeader("X-Frame-Options", "DENY");
        // A form's Origin would be "null" under no-referrer; foreign places learn nothing here too.
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (!path.startsWith(RESOURCES)) {
            response.setHeader("Cache-Control", "no-store");
        }
        if (NO_PAGES.stream().anyMatch(p -> path.equals(p) || path.startsWith(p + "/"))) {
            response.setHeader("Content-Security-Policy", NOTHING);
        }
    }
}
