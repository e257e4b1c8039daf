package org.payhub.simulator.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds the handler of a request by method and path pattern, first match wins. A pattern's {@code
 * {name}} matches one segment, a last {@code {name...}} the whole rest.
 */
public final class Router {

    private record Route(String method, String[] pattern, Handler handler) {}

    private final List<Route> routes = new ArrayList<>();

    public Router get(String pattern, Handler handler) {
        return add("GET", pattern, handler);
    }

    public Router post(String pattern, Handler handler) {
        return add("POST", pattern, handler);
    }

    public Router delete(String pattern, Handler handler) {
        return add("DELETE", pattern, handler);
    }

    /** A method of {@code *} takes every method. */
    public Router add(String method, String pattern, Handler handler) {
        routes.add(new Route(method.toUpperCase(Locale.ROOT), split(pattern), handler));
        return this;
    }

    /** Empty when no route fits. */
    public Optional<Answer> route(Call call) {
        String[] path = split(call.path());
        for (Route route : routes) {
            if (route.method.equals("*") || route.method.equals(call.method())) {
                Optional<Map<String, String>> vars = match(route.pattern, path);
                if (vars.isPresent()) {
                    return Optional.of(route.handler.handle(call.with(vars.get())));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Map<String, String>> match(String[] pattern, String[] path) {
        Map<String, String> vars = new TreeMap<>();
        for (int i = 0; i < pattern.length; i++) {
            String part = pattern[i];
            if (part.endsWith("...}")) {
                List<String> rest = List.of(path).subList(Math.min(i, path.length), path.length);
                vars.put(part.substring(1, part.length() - 4), String.join("/", rest));
                return Optional.of(vars);
            }
            if (i >= path.length) {
                return Optional.empty();
            }
            if (part.startsWith("{")) {
                vars.put(part.substring(1, part.length() - 1), path[i]);
            } else if (!part.equals(path[i])) {
                return Optional.empty();
            }
        }
        return pattern.length == path.length ? Optional.of(vars) : Optional.empty();
    }

    private static String[] split(String path) {
        String trimmed = path.startsWith("/") ? path.substring(1) : path;
        return trimmed.split("/", -1);
    }
}
