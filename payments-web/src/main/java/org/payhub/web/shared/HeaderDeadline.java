package org.payhub.web.shared;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.http.HttpHeader;
import org.glassfish.grizzly.http.HttpPacketParsing;
import org.glassfish.grizzly.http.HttpProbe;
import org.glassfish.grizzly.http.HttpResponsePacket;
import org.glassfish.grizzly.http.HttpServerFilter;
import org.glassfish.grizzly.http.util.HttpStatus;

/**
 * The header of a request must be complete ten seconds after its first byte, or its connection is
 * closed. The server cannot be set to do this: its idle time-out starts again with every byte, and
 * its request time-out interrupts the work on an answer. So the server's HTTP parser is watched
 * from here; what happens once a header is complete (a long answer, a quiet connection between two
 * requests) is none of this class's business, except that a sender who was told 408 hears it and is
 * then left: the server itself would go on waiting for the rest of the body.
 *
 * <p>The parser is Grizzly's, as in GlassFish and Payara, and the way to it leads through the
 * server's own registry. On a server that has neither, one line in the log says so and nothing else
 * happens.
 */
@WebListener
public class HeaderDeadline implements ServletContextListener {

    /** For the whole header, not between two bytes. */
    static final long SECONDS = 10;

    /** For a sender to hear that it was too slow; by itself the server waits for the whole body. */
    private static final long HEARING_SECONDS = 1;

    private static final System.Logger LOG = System.getLogger(HeaderDeadline.class.getName());

    @Resource ManagedScheduledExecutorService clock;

    private Runnable stop = () -> {};

    /** For the container. */
    public HeaderDeadline() {}

    @Override
    public void contextInitialized(ServletContextEvent start) {
        try {
            stop = Watch.start(clock);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            // Whatever the registry looks like elsewhere, the application has to start.
            Throwable cause = e instanceof InvocationTargetException ? e.getCause() : e;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "this server sets no deadline for the header of a request: " + cause);
        }
    }

    @Override
    public void contextDestroyed(ServletContextEvent end) {
        stop.run();
    }

    /** A class of its own: the outer one must load where Grizzly's types are not there. */
    private static final class Watch extends HttpProbe.Adapter {

        /** The request that the parser is at, which it keeps with the connection. */
        private static final Attribute<Object> REQUEST =
                Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(
                        HttpServerFilter.HTTP_SERVER_REQUEST_ATTR_NAME);

        /** When the header began that is not complete yet. */
        private final Map<Connection<?>, Long> begun = new ConcurrentHashMap<>();

        /** When a sender was told that the rest of its body is not waited for. */
        private final Map<Connection<?>, Long> refused = new ConcurrentHashMap<>();

        static Runnable start(ManagedScheduledExecutorService clock)
                throws ReflectiveOperationException {
            List<HttpServerFilter> parsers = parsers();
            if (parsers.isEmpty()) {
                throw new ClassNotFoundException("no parser found");
            }
            Watch watch = new Watch();
            parsers.forEach(parser -> parser.getMonitoringConfig().addProbes(watch));
            Future<?> looking =
                    clock.scheduleWithFixedDelay(watch::closeLate, 500, 500, TimeUnit.MILLISECONDS);
            return () -> {
                looking.cancel(false);
                parsers.forEach(parser -> parser.getMonitoringConfig().removeProbes(watch));
            };
        }

        /** These types are the server's own and in no library that we could compile against. */
        private static List<HttpServerFilter> parsers() throws ReflectiveOperationException {
            Class<?> globals = Class.forName("org.glassfish.internal.api.Globals");
            Class<?> registry = Class.forName("org.glassfish.hk2.api.ServiceLocator");
            Class<?> network = Class.forName("com.sun.enterprise.v3.services.impl.GrizzlyService");
            Class<?> door = Class.forName("com.sun.enterprise.v3.services.impl.GrizzlyProxy");
            Class<?> setting = Class.forName("org.glassfish.grizzly.config.dom.NetworkListener");
            Class<?> listener =
                    Class.forName("org.glassfish.grizzly.config.GenericGrizzlyListener");
            Object service = globals.getMethod("get", Class.class).invoke(null, network);
            Object settings =
                    registry.getMethod("getAllServices", Class.class, Annotation[].class)
                            .invoke(
                                    globals.getMethod("getDefaultHabitat").invoke(null),
                                    setting,
                                    new Annotation[0]);
            List<HttpServerFilter> found = new ArrayList<>();
            for (Object each : (List<?>) settings) {
                Object open =
                        network.getMethod("lookupNetworkProxy", setting).invoke(service, each);
                Object at =
                        door.isInstance(open)
                                ? door.getMethod("getUnderlyingListener").invoke(open)
                                : null;
                if (listener.isInstance(at)) {
                    Object filters =
                            listener.getMethod("getFilters", Class.class)
                                    .invoke(at, HttpServerFilter.class);
                    ((List<?>) filters).forEach(one -> found.add((HttpServerFilter) one));
                }
            }
            return found;
        }

        @Override
        @SuppressWarnings("rawtypes") // The type that is overridden is raw.
        public void onDataReceivedEvent(Connection connection, Buffer bytes) {
            if (REQUEST.get(connection) instanceof HttpPacketParsing request
                    && !request.isHeaderParsed()) {
                begun.putIfAbsent(connection, System.nanoTime());
            }
        }

        @Override
        @SuppressWarnings("rawtypes") // The type that is overridden is raw.
        public void onHeaderParseEvent(Connection connection, HttpHeader header, int size) {
            begun.remove(connection);
        }

        @Override
        @SuppressWarnings("rawtypes") // The type that is overridden is raw.
        public void onHeaderSerializeEvent(Connection connection, HttpHeader header, Buffer to) {
            if (header instanceof HttpResponsePacket answer
                    && answer.getStatus() == HttpStatus.REQUEST_TIMEOUT_408.getStatusCode()) {
                refused.putIfAbsent(connection, System.nanoTime());
            }
        }

        private void closeLate() {
            closeAfter(SECONDS, begun);
            closeAfter(HEARING_SECONDS, refused);
        }

        private static void closeAfter(long seconds, Map<Connection<?>, Long> since) {
            long longest = TimeUnit.SECONDS.toNanos(seconds);
            long now = System.nanoTime();
            since.forEach(
                    (connection, start) -> {
                        if ((now - start >= longest || !connection.isOpen())
                                && since.remove(connection, start)) {
                            connection.closeSilently();
                        }
                    });
        }
    }
}
