package org.payhub.web.shared;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.util.Map;

/**
 * A QR code as an inline picture of vectors: sharp at any size, no request of its own, and always
 * dark on white, because many cameras do not read it the other way round.
 */
@Named("qr")
@ApplicationScoped
public class QrPicture {

    /** Empty cells that a reader needs around the code. */
    private static final int QUIET = 4;

    /** The picture of an address; {@code label} is what a screen reader says instead. */
    public String svg(String address, String label) {
        ByteMatrix cells = cells(address);
        int size = cells.getWidth() + 2 * QUIET;
        StringBuilder path = new StringBuilder(4096);
        for (int y = 0; y < cells.getHeight(); y++) {
            for (int x = 0; x < cells.getWidth(); x++) {
                int run = 0;
                while (x + run < cells.getWidth() && cells.get(x + run, y) == 1) {
                    run++;
                }
                if (run > 0) {
                    path.append('M').append(x + QUIET).append(' ').append(y + QUIET);
                    path.append('h').append(run).append("v1h-").append(run).append('z');
                    x += run;
                }
            }
        }
        return "<svg class=\"ph-qr\" role=\"img\" aria-label=\""
                + escaped(label)
                + "\" viewBox=\"0 0 "
                + size
                + " "
                + size
                + "\" shape-rendering=\"crispEdges\"><rect width=\""
                + size
                + "\" height=\""
                + size
                + "\" fill=\"#fff\"/><path d=\""
                + path
                + "\" fill=\"#000\"/></svg>";
    }

    private static ByteMatrix cells(String address) {
        try {
            return Encoder.encode(
                            address,
                            ErrorCorrectionLevel.M,
                            Map.of(EncodeHintType.CHARACTER_SET, "UTF-8"))
                    .getMatrix();
        } catch (WriterException e) {
            throw new IllegalArgumentException("The address does not fit a QR code", e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
