package org.payhub.simulator;

import com.google.gson.JsonObject;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.payhub.simulator.exam.Certification;
import org.payhub.simulator.kit.Answer;
import org.payhub.simulator.kit.Call;
import org.payhub.simulator.kit.Html;
import org.payhub.simulator.kit.InstalledProviders;
import org.payhub.simulator.kit.Json;
import org.payhub.simulator.kit.Provider;
import org.payhub.simulator.kit.Router;
import org.payhub.simulator.kit.StateFile;
import org.payhub.simulator.stripe.StripeSimulator;

/**
 * Imitated payment providers behind one HTTP server on 127.0.0.1, started as a program by {@link
 * #main} or inside a test by {@link #start(int)}.
 *
 * <p>Guarantee: with a data folder, what was answered is still there after a restart, save for the
 * last moment of a process that was killed.
 */
public final class Simulator implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Simulator.class.getName());
    private static final int LARGEST_BODY = 1 << 20;

    static {
        // Without it every small answer waits for the peer's delayed acknowledgement (40 ms).
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService workers;
    private final ScheduledExecutorService saver;
    private final Router router = new Router();
    private final List<Provider> providers;
    private final Optional<StateFile> file;
    private final String baseUrl;
    private long saved;
    private volatile long notBefore = Long.MIN_VALUE;

    private Simulator(HttpServer server, String baseUrl, Optional<StateFile> file) {
        this.server = server;
        this.baseUrl = baseUrl;
        this.file = file;
        this.providers = InstalledProviders.all(Clock.systemUTC());
        this.workers = Executors.newFixedThreadPool(128, Simulator::daemon);
        this.saver = Executors.newSingleThreadScheduledExecutor(Simulator::daemon);
    }

    /** Started by {@code ./payhub demo}; what it reads is said in {@link SimulatorProgram}. */
    public static void main(String[] args) throws InterruptedException {
        SimulatorProgram.run(args);
    }

    /** In memory, for tests; a port of 0 takes any free one. */
    public static Simulator start(int port) {
        return start(port, null, null);
    }

    /**
     * @param data folder of the state file; null keeps everything in memory
     * @param baseUrl the address that clients use; null means 127.0.0.1 and the bound port
     */
    public static Simulator start(int port, Path data, String baseUrl) {
        Optional<StateFile> file = Optional.ofNullable(data).map(StateFile::new);
        Optional<JsonObject> state = file.flatMap(StateFile::read);
        HttpServer server;
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(
                                    InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port),
                            512);
        } catch (IOException taken) {
            throw new PortTaken(port, taken);
        }
        String address =
                baseUrl == null ? "http://127.0.0.1:" + server.getAddress().getPort() : baseUrl;
        Simulator simulator = new Simulator(server, address, file);
        simulator.open(state);
        return simulator;
    }

    /** The port is in use by something else. */
    public static final class PortTaken extends IllegalStateException {
        private PortTaken(int port, Throwable cause) {
            super("Port " + port + " is in use", cause);
        }
    }

    private void open(Optional<JsonObject> state) {
        state.ifPresent(
                s -> {
                    for (Provider provider : providers) {
                        if (s.has(provider.code())) {
                            provider.restore(s.getAsJsonObject(provider.code()));
                        }
                    }
                });
        router.get("/health", call -> Answer.json(200, health()));
        router.get("/", call -> Answer.seeOther("/cabinet"));
        router.get("/cabinet", call -> home());
        router.post("/control/reset", call -> resetAll());
        router.post("/control/certify/{code}", this::certify);
        providers.forEach(provider -> provider.mount(router, baseUrl));
        server.createContext("/", this::serve);
        server.setExecutor(workers);
        server.start();
        if (file.isPresent()) {
            save();
            saver.scheduleWithFixedDelay(this::saveQuietly, 100, 100, TimeUnit.MILLISECONDS);
        }
    }

    public String baseUrl() {
        return baseUrl;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** The imitated Stripe: its accounts, switches, books and histories. */
    public StripeSimulator stripe() {
        return provider(StripeSimulator.class);
    }

    /** One imitated provider, by its class. */
    public <P extends Provider> P provider(Class<P> type) {
        return providers.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("No such provider: " + type.getName()));
    }

    /** One imitated provider, by its code. */
    public Optional<Provider> provider(String code) {
        return providers.stream().filter(p -> p.code().equals(code)).findFirst();
    }

    /** Every imitated provider. */
    public List<Provider> providers() {
        return List.copyOf(providers);
    }

    /** Holds the exam against the hub that the body names; answers its report. */
    private Answer certify(Call call) {
        String code = call.var("code");
        Provider examined =
                provider(code)
                        .filter(p -> p.exam().isPresent())
                        .orElseThrow(
                                () ->
                                        new IllegalArgumentException(
                                                "There is no exam for "
                                                        + code
                                                        + "; there is one for "
                                                        + examined()
                                                        + "."));
        JsonObject asked = call.json();
        Certification.Report report =
                Certification.of(
                                examined,
                                URI.create(Json.need(asked, "hub")),
                                Json.need(asked, "operatorToken"))
                        .hold();
        return Answer.json(
                200,
                Json.of(
                        "provider", examined.title(),
                        "passed", report.passed(),
                        "report", report.text()));
    }

    private String examined() {
        return providers.stream()
                .filter(p -> p.exam().isPresent())
                .map(Provider::code)
                .collect(Collectors.joining(", "));
    }

    /** Where each provider's interface is, by code. */
    public Map<String, String> apiBases() {
        Map<String, String> bases = new TreeMap<>();
        providers.forEach(provider -> bases.put(provider.code(), provider.apiBase(baseUrl)));
        return bases;
    }

    private JsonObject health() {
        JsonObject bases = new JsonObject();
        apiBases().forEach(bases::addProperty);
        return Json.of("status", "UP", "apiBases", bases);
    }

    /** Everything back to the first start: new accounts, new keys, no faults. */
    public void reset() {
        providers.forEach(Provider::reset);
    }

    @Override
    public void close() {
        server.stop(0);
        saver.shutdownNow();
        notBefore = Long.MIN_VALUE;
        saveQuietly();
        providers.forEach(Provider::close);
        workers.shutdownNow();
    }

    private Answer resetAll() {
        reset();
        return Answer.json(200, Json.of("reset", true));
    }

    private Answer home() {
        StringBuilder cards = new StringBuilder("<main><h1>Provider cabinets</h1>");
        cards.append(
                "<p class=\"lead\">Pick a provider to see its keys, payments and switches.</p>");
        for (Provider provider : providers) {
            cards.append("<section class=\"card\"><div class=\"who\"><span class=\"mark\">")
                    .append(Html.esc(provider.title().substring(0, 1)))
                    .append("</span><div><h2 style=\"margin:0\"><a href=\"/cabinet/")
                    .append(provider.code())
                    .append("\">")
                    .append(Html.esc(provider.title()))
                    .append("</a></h2><p class=\"note\">API address ")
                    .append(Html.copyable(provider.apiBase(baseUrl)))
                    .append("</p></div></div></section>");
        }
        return Answer.html(
                200, Html.page("Provider cabinets", "cabinet", cards.append("</main>").toString()));
    }

    // ---- HTTP ----

    private void serve(HttpExchange exchange) {
        try (exchange) {
            Answer answer = answer(exchange);
            if (answer.status() == Answer.CUT) {
                return;
            }
            answer.headers().forEach(exchange.getResponseHeaders()::set);
            boolean empty = answer.body().length == 0;
            exchange.sendResponseHeaders(answer.status(), empty ? -1 : answer.body().length);
            if (!empty) {
                exchange.getResponseBody().write(answer.body());
            }
        } catch (IOException gone) {
            LOG.log(Level.DEBUG, "The caller went away", gone);
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        byte[] body;
        try (InputStream in = exchange.getRequestBody()) {
            body = in.readNBytes(LARGEST_BODY + 1);
        }
        if (body.length > LARGEST_BODY) {
            return problem(413, "The body is larger than 1 MiB.");
        }
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        URI uri = exchange.getRequestURI();
        Call call =
                new Call(
                        exchange.getRequestMethod().toUpperCase(Locale.ROOT),
                        uri.getPath(),
                        uri.getRawQuery() == null ? "" : uri.getRawQuery(),
                        headers,
                        body,
                        Map.of());
        if (foreignPage(call)) {
            return problem(403, "A page of another site may not press buttons here.");
        }
        try {
            return router.route(call)
                    .orElseGet(() -> problem(404, "There is nothing at " + call.path() + "."));
        } catch (IllegalArgumentException wrong) {
            return problem(400, String.valueOf(wrong.getMessage()));
        } catch (IllegalStateException bug) {
            LOG.log(Level.ERROR, call.method() + " " + call.path(), bug);
            return problem(500, "The simulator failed; its log says why.");
        }
    }

    /** Browsers name the page a form came from; only our own pages may post to us. */
    private static boolean foreignPage(Call call) {
        String origin = call.header("origin").orElse("");
        return call.method().equals("POST")
                && !origin.isEmpty()
                && !origin.equals("http://" + call.header("host").orElse(""))
                && !origin.equals("https://" + call.header("host").orElse(""));
    }

    private static Answer problem(int status, String detail) {
        return Answer.json(status, Json.of("status", status, "detail", detail));
    }

    // ---- state ----

    private synchronized void save() {
        long revision = providers.stream().mapToLong(Provider::revision).sum();
        if (revision == saved || file.isEmpty()) {
            return;
        }
        JsonObject state = new JsonObject();
        providers.forEach(provider -> state.add(provider.code(), provider.save()));
        file.get().write(state);
        saved = revision;
    }

    private void saveQuietly() {
        long start = System.nanoTime();
        if (start < notBefore) {
            return;
        }
        try {
            save();
            // At most a tenth of the time goes into writing, however large the state has grown.
            long end = System.nanoTime();
            notBefore = end + 9 * (end - start);
        } catch (RuntimeException failed) {
            // The next round tries again; a full disk must not stop the simulator.
            LOG.log(Level.WARNING, "The state was not saved: " + failed.getMessage());
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "simulator");
        thread.setDaemon(true);
        return thread;
    }
}
