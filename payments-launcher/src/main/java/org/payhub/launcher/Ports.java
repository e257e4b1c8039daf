package org.payhub.launcher;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;

/** Tries a port before anything starts, so that a taken one is one line and not a dead server. */
final class Ports {

    private static final int CONNECT_MILLIS = 500;

    private Ports() {}

    static void requireFree(String address, int port, String variable, String use)
            throws StartFailure {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(address), port), 1);
        } catch (BindException e) {
            throw refused(address, port, variable, use, e);
        } catch (IOException e) {
            throw new StartFailure(
                    "Port "
                            + port
                            + " for "
                            + use
                            + " cannot be opened: "
                            + DataDirectory.reason(e)
                            + ".",
                    e);
        }
        // Some systems let two programs listen on one port, one of them on all addresses.
        if (somebodyAnswers(port)) {
            throw inUse(port, variable, use, null);
        }
    }

    private static StartFailure refused(
            String address, int port, String variable, String use, BindException e) {
        String words = DataDirectory.reason(e).toLowerCase(Locale.ROOT);
        if (words.contains("assign")) {
            return StartFailure.wrongSetting(
                    "PAYHUB_HTTP_ADDRESS is "
                            + address
                            + ", which is not an address of this machine; give it 127.0.0.1,"
                            + " 0.0.0.0 or one of its addresses.");
        }
        if (words.contains("permission") || words.contains("denied")) {
            return new StartFailure(
                    "Port "
                            + port
                            + " for "
                            + use
                            + " needs more rights than this user has. Set "
                            + variable
                            + " to a port above 1023.",
                    e);
        }
        return inUse(port, variable, use, e);
    }

    private static StartFailure inUse(int port, String variable, String use, Exception e) {
        return new StartFailure(
                "Port "
                        + port
                        + " for "
                        + use
                        + " is in use. Stop the other program, or set "
                        + variable
                        + " to a free port.",
                e);
    }

    private static boolean somebodyAnswers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
