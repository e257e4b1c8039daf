package org.payhub.launcher;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands in for the application in the launcher's tests: the operator's doors with their tokens, a
 * page that says what the environment says, an answer that takes long, and one that ends the
 * process. Deployed from this class alone.
 */
@WebServlet({"/internal/*", "/environment", "/long", "/body", "/die"})
public class TinyApplication extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String path = request.getRequestURI();
        response.setContentType("application/json;charset=UTF-8");
        if (path.startsWith("/internal/") && !authorised(request)) {
            response.sendError(401);
            return;
        }
        switch (path) {
            case "/internal/setup" ->
                    response.getWriter().print("{\"setupUrl\":\"http://hub/setup/first\"}");
            case "/internal/demo-seed" -> seed(request, response);
            case "/internal/merchants" -> {
                String body = new String(request.getInputStream().readAllBytes(), "UTF-8");
                response.setStatus(body.contains("\"Taken\"") ? 409 : 201);
                response.getWriter()
                        .print(
                                body.contains("\"Taken\"")
                                        ? "{\"title\":\"Conflict\",\"detail\":\"That name is"
                                                + " taken.\"}"
                                        : "{\"merchantId\":\"mer_2\",\"setupUrl\":"
                                                + "\"http://hub/setup/second\"}");
            }
            case "/environment" -> {
                request.getSession(true);
                String name = request.getParameter("name");
                response.getWriter().print(String.valueOf(System.getenv(name)));
            }
            case "/long" -> stream(response);
            case "/body" ->
                    response.getWriter().print(request.getInputStream().readAllBytes().length);
            default -> Runtime.getRuntime().halt(3);
        }
    }

    private static boolean authorised(HttpServletRequest request) {
        return ("Bearer " + System.getenv("PAYHUB_OPERATOR_TOKEN"))
                .equals(request.getHeader("Authorization"));
    }

    private static void seed(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Path marker = Path.of(System.getenv("PAYHUB_DATA_DIR"), "seeded");
        if (Files.exists(marker)) {
            response.setStatus(409);
            return;
        }
        Files.createFile(marker);
        String body = new String(request.getInputStream().readAllBytes(), "UTF-8");
        String key = body.replaceAll("(?s).*\"apiKey\"\\s*:\\s*\"([^\"]*)\".*", "$1");
        response.getWriter()
                .print(
                        "{\"merchants\":[{\"id\":\"mer_1\",\"name\":\"Salón Sol\",\"currency\":"
                                + "\"EUR\",\"timeZone\":\"Europe/Madrid\"}],\"users\":[{\"role\":"
                                + "\"owner\",\"email\":\"owner@sol.example\",\"password\":"
                                + "\"once-7\",\"merchantId\":\"mer_1\"}],\"apiKey\":\""
                                + key
                                + "\"}");
    }

    private static void stream(HttpServletResponse response) throws IOException {
        for (int second = 0; second < 14; second++) {
            response.getWriter().println(second);
            response.flushBuffer();
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            if (Thread.interrupted()) {
                response.getWriter().println("interrupted");
                return;
            }
        }
        response.getWriter().println("end");
    }
}
