package org.payhub.simulator.bench.floor;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;

/** F7: what F1 does, as a plain servlet in the server that Payhub runs in. */
@WebServlet("/floor")
public final class FloorServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final int LARGEST = 1 << 20;

    private final transient NaiveInbox inbox = new NaiveInbox();

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Optional<FloorEvent> event =
                FloorEvent.verified(
                        request.getHeader("Stripe-Signature"),
                        request.getInputStream().readNBytes(LARGEST));
        try {
            response.setStatus(event.isPresent() && inbox.store(event.get()) ? 200 : 400);
        } catch (SQLException e) {
            response.setStatus(503);
        }
    }
}
