package org.payhub.web.shared;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.payhub.platform.HubConfig;
import org.payhub.platform.MasterKey;

/**
 * Where a request comes from. {@code X-Forwarded-For} is believed from the networks of {@code
 * PAYHUB_TRUSTED_PROXIES} only, from the right to the left: what an untrusted sender wrote further
 * left stays a claim.
 */
@ApplicationScoped
public class RequestInfo {

    private static final String REQUEST_ID = "payhub.request";

    private static final Pattern INCIDENT = Pattern.compile("req_[0-9a-z]{26}");

    /** Digits of version 4, or anything with a colon: a name such as fade.de is none. */
    private static final Pattern ADDRESS =
            Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}|(?=[^:]*:[^:]*:)[0-9A-Fa-f:.]{2,45}");

    private static final List<String> PROXY_HEADERS =
            List.of("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via");

    private List<Network> trusted = List.of();

    /** For the container. */
    public RequestInfo() {}

    @Inject
    RequestInfo(HubConfig config) {
        this(config.trustedProxies().orElse(""));
    }

    RequestInfo(String networks) {
        trusted =
                Arrays.stream(networks.split(","))
                        .map(String::strip)
                        .filter(n -> !n.isEmpty())
                        .map(Network::parse)
                        .toList();
    }

    /** Looks at the setting at start-up, so that a wrong network stops the start. */
    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        trusted.size();
    }

    /** The client's address, as far as it can be believed. */
    public String clientAddress(HttpServletRequest request) {
        List<String> forwarded =
                request.getHeaders("X-Forwarded-For") == null
                        ? List.of()
                        : Collections.list(request.getHeaders("X-Forwarded-For"));
        return clientAddress(request.getRemoteAddr(), forwarded);
    }

    String clientAddress(String peer, List<String> forwarded) {
        List<String> hops = new ArrayList<>();
        forwarded.forEach(
                line -> Arrays.stream(line.split(",")).map(String::strip).forEach(hops::add));
        String address = peer;
        for (int i = hops.size() - 1; i >= 0 && isTrusted(address); i--) {
            String hop = withoutPort(hops.get(i));
            if (bytes(hop).isEmpty()) {
                break;
            }
            address = hop;
        }
        return address;
    }

    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            return hop.substring(1, Math.max(1, hop.indexOf(']')));
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    /**
     * Whether the request comes from this machine itself and from nowhere beyond it: neither
     * through a proxy nor from a browser that was tricked by a foreign name.
     */
    public boolean isLoopback(HttpServletRequest request) {
        String host = request.getServerName();
        return PROXY_HEADERS.stream().noneMatch(header -> request.getHeader(header) != null)
                && (host.equals("localhost") || isLoopback(host.replaceAll("[\\[\\]]", "")))
                && isLoopback(request.getRemoteAddr());
    }

    private static boolean isLoopback(String address) {
        return bytes(address).map(InetAddress::isLoopbackAddress).orElse(false);
    }

    /**
     * Whether a browser sent this from one of our own pages. Browsers that say nothing of where a
     * request comes from are believed; the cookie's SameSite holds them.
     */
    public static boolean isFromOurPages(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return true;
        }
        String host = request.getHeader("Host");
        return origin.equalsIgnoreCase("http://" + host)
                || origin.equalsIgnoreCase("https://" + host);
    }

    /** The path inside the application as it was mapped: decoded, without path parameters. */
    public static String path(HttpServletRequest request) {
        String info = request.getPathInfo();
        return info == null ? request.getServletPath() : request.getServletPath() + info;
    }

    /** One id for everything that this request does; made on first use. */
    public static String requestId(HttpServletRequest request) {
        if (request.getAttribute(REQUEST_ID) instanceof String known) {
            return known;
        }
        String id = "req_" + MasterKey.token();
        request.setAttribute(REQUEST_ID, id);
        return id;
    }

    /** What this request tells of happened in that one, if it is an id of ours. */
    static void isAbout(HttpServletRequest request, String id) {
        if (id != null && INCIDENT.matcher(id).matches()) {
            request.setAttribute(REQUEST_ID, id);
        }
    }

    private boolean isTrusted(String address) {
        return bytes(address)
                .map(a -> trusted.stream().anyMatch(network -> network.holds(a)))
                .orElse(false);
    }

    /** Numbers only: a name is never looked up. */
    private static Optional<InetAddress> bytes(String address) {
        if (address == null || !ADDRESS.matcher(address).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(address));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private record Network(BigInteger start, int length, int bits) {

        static Network parse(String text) {
            int slash = text.indexOf('/');
            InetAddress address =
                    bytes(slash < 0 ? text : text.substring(0, slash))
                            .orElseThrow(() -> wrong(text));
            int length = address.getAddress().length * 8;
            int bits = length;
            if (slash >= 0) {
                try {
                    bits = Integer.parseInt(text.substring(slash + 1));
                } catch (NumberFormatException e) {
                    throw wrong(text);
                }
            }
            if (bits < 0 || bits > length) {
                throw wrong(text);
            }
            return new Network(prefix(address, length, bits), length, bits);
        }

        private static IllegalStateException wrong(String text) {
            return new IllegalStateException(
                    "PAYHUB_TRUSTED_PROXIES holds "
                            + text
                            + ", which is no network such as 10.0.0.0/8.");
        }

        private static BigInteger prefix(InetAddress address, int length, int bits) {
            return new BigInteger(1, address.getAddress()).shiftRight(length - bits);
        }

        boolean holds(InetAddress address) {
            return address.getAddress().length * 8 == length
                    && prefix(address, length, bits).equals(start);
        }
    }
}
