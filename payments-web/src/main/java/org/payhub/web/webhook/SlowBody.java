package org.payhub.web.webhook;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * A body that was not there with its head. It is read as it comes, with no thread waiting for it,
 * and all of it must be there within ten seconds, however steadily it drips: a sender that is
 * slower gets 408 and its connection is closed.
 */
final class SlowBody implements ReadListener {

    /** For the whole body, not between two bytes. */
    static final long SECONDS = 10;

    private final ServletInputStream in;
    private final int largest;
    private final Consumer<byte[]> whole;
    private final IntConsumer refused;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream(8_192);
    private final byte[] buffer = new byte[8_192];
    private Future<?> deadline;
    private boolean over;

    /** Ends with exactly one of the two: all the bytes, or a status to close with. */
    SlowBody(ServletInputStream in, int largest, Consumer<byte[]> whole, IntConsumer refused) {
        this.in = in;
        this.largest = largest;
        this.whole = whole;
        this.refused = refused;
    }

    synchronized void await(ScheduledExecutorService clock) {
        deadline = clock.schedule(() -> end(408), SECONDS, TimeUnit.SECONDS);
        in.setReadListener(this);
    }

    @Override
    public synchronized void onDataAvailable() throws IOException {
        while (!over && in.isReady()) {
            int length = in.read(buffer);
            if (length < 0) {
                return; // The container says onAllDataRead by itself.
            }
            if (kept.size() + length > largest) {
                end(413);
                return;
            }
            kept.write(buffer, 0, length);
        }
    }

    @Override
    public synchronized void onAllDataRead() {
        if (!over) {
            over = true;
            deadline.cancel(false);
            whole.accept(kept.toByteArray());
        }
    }

    /** The sender stopped in the middle; there is nobody left to be told more. */
    @Override
    public synchronized void onError(Throwable thrown) {
        end(400);
    }

    private synchronized void end(int status) {
        if (!over) {
            over = true;
            deadline.cancel(false);
            refused.accept(status);
        }
    }
}
