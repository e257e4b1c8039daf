package org.payhub.web.link;

import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import org.payhub.payment.CheckoutChoice;
import org.payhub.payment.OpenCheckout;
import org.payhub.payment.OpenCheckoutCommand;
import org.payhub.platform.HubConfig;
import org.payhub.platform.HubException;
import org.payhub.platform.Problem;
import org.payhub.tenancy.Actor;
import org.payhub.web.shared.Look;
import org.payhub.web.shared.RequestInfo;

/**
 * {@code /pay/{token}}: GET shows the page (preview robots do that, so it changes nothing), POST
 * goes on to the provider. {@code /pay/{token}?returned=1} is where the provider sends the client
 * back, {@code /pay/{token}/state} is the state as one word, for the page's script.
 *
 * <p>The token is the permission and cannot be guessed, so no other site can aim a form at it; a
 * POST that says it comes from elsewhere is refused all the same.
 */
@WebServlet("/pay/*")
public class PayServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String PAGE = "/pay.xhtml";

    @Inject transient PayView view;
    @Inject transient OpenCheckout openCheckout;
    @Inject transient RequestInfo requests;
    @Inject transient HubConfig config;
    @Inject transient Look look;

    /** The parts of the path after {@code /pay}. */
    private record Target(String token, String action) {

        static Target of(HttpServletRequest request) {
            String path = request.getPathInfo() == null ? "/" : request.getPathInfo();
            int slash = path.indexOf('/', 1);
            return slash < 0
                    ? new Target(path.substring(1), "")
                    : new Target(path.substring(1, slash), path.substring(slash + 1));
        }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Target target = Target.of(request);
        response.setHeader("Cache-Control", "no-store");
        view.open(target.token(), "1".equals(request.getParameter("returned")));
        switch (target.action()) {
            case "" -> show(request, response);
            case "state" -> {
                view.cameBack();
                response.setContentType("text/plain;charset=UTF-8");
                response.getWriter().print(view.getState());
            }
            default -> {
                view.open("", false);
                show(request, response);
            }
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Target target = Target.of(request);
        response.setHeader("Cache-Control", "no-store");
        view.open(target.token(), false);
        if (!view.getState().equals("choose")) {
            show(request, response);
            return;
        }
        String provider = request.getParameter("provider");
        Optional<CheckoutChoice> choice = view.find(provider);
        if (isForeign(request)) {
            view.say("foreign", provider);
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        } else if (choice.isEmpty()) {
            view.say("choose", "");
            response.setStatus(422);
        } else if (goOn(target.token(), choice.get(), request, response)) {
            return;
        }
        show(request, response);
    }

    private boolean goOn(
            String token,
            CheckoutChoice choice,
            HttpServletRequest request,
            HttpServletResponse response) {
        try {
            Locale locale = look.getLocale();
            Actor client = Actor.client(requests.clientAddress(request));
            String address =
                    openCheckout
                            .open(
                                    OpenCheckoutCommand.byToken(
                                                    token, choice.provider(), locale, client)
                                            .at(choice.at().id())
                                            .charging(choice.charged().asset()))
                            .redirectUrl();
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", address);
            return true;
        } catch (HubException refusal) {
            // Another thing may have become of the link meanwhile: read it anew.
            view.open(token, false);
            view.say(
                    refusal.problem() == Problem.UNAVAILABLE ? "away" : "refused",
                    choice.provider());
            view.setReason(refusal);
            response.setStatus(refusal.problem().status());
            return false;
        }
    }

    /** Whether the browser says that the form stood on a page of somebody else. */
    private boolean isForeign(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeader("Origin");
        return origin != null && !origin.equals("null") && !isOurs(origin, request);
    }

    private boolean isOurs(String origin, HttpServletRequest request) {
        try {
            String host = new URI(origin).getAuthority();
            return host != null
                    && (host.equals(request.getHeader("Host"))
                            || host.equals(URI.create(config.baseUrl()).getAuthority()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private void show(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        if (view.getState().equals("unknown") && response.getStatus() == 200) {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
        request.getRequestDispatcher(PAGE).forward(request, response);
    }
}
