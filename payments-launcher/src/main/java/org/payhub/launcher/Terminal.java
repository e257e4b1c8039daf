package org.payhub.launcher;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/** The person at the terminal: calm lines on standard output, what went wrong on standard error. */
final class Terminal {

    private final PrintStream out;
    private final PrintStream err;

    Terminal(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** The real one, in the terminal's own character set. */
    static Terminal real() {
        String named = System.getProperty("native.encoding");
        Charset charset = named == null ? Charset.defaultCharset() : Charset.forName(named);
        return new Terminal(
                new PrintStream(new FileOutputStream(FileDescriptor.out), true, charset),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, charset));
    }

    void say(String line) {
        out.println(line);
    }

    void complain(String line) {
        err.println(line);
    }
}
