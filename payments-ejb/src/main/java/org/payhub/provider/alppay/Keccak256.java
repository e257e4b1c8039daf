package org.payhub.provider.alppay;

import java.util.Arrays;

/**
 * Keccak with 256 bits as Ethereum uses it, which is older than SHA3-256 and differs from it in one
 * byte of padding; Java has only the latter. For addresses, not for secrets.
 *
 * <p><b>Source</b>: the Keccak reference, version 3.0; checked by the published digests of the
 * empty text and of {@code abc}.
 */
final class Keccak256 {

    private static final int RATE = 136;
    private static final int ROUNDS = 24;

    private static final long[] CONSTANTS = {
        0x0000000000000001L, 0x0000000000008082L, 0x800000000000808AL, 0x8000000080008000L,
        0x000000000000808BL, 0x0000000080000001L, 0x8000000080008081L, 0x8000000000008009L,
        0x000000000000008AL, 0x0000000000000088L, 0x0000000080008009L, 0x000000008000000AL,
        0x000000008000808BL, 0x800000000000008BL, 0x8000000000008089L, 0x8000000000008003L,
        0x8000000000008002L, 0x8000000000000080L, 0x000000000000800AL, 0x800000008000000AL,
        0x8000000080008081L, 0x8000000000008080L, 0x0000000080000001L, 0x8000000080008008L
    };

    private Keccak256() {}

    static byte[] of(byte[] message) {
        byte[] padded = Arrays.copyOf(message, (message.length / RATE + 1) * RATE);
        padded[message.length] = 0x01;
        padded[padded.length - 1] |= (byte) 0x80;
        long[] state = new long[25];
        for (int block = 0; block < padded.length; block += RATE) {
            for (int i = 0; i < RATE; i++) {
                state[i / 8] ^= (padded[block + i] & 0xffL) << 8 * (i % 8);
            }
            permute(state);
        }
        byte[] digest = new byte[32];
        for (int i = 0; i < digest.length; i++) {
            digest[i] = (byte) (state[i / 8] >>> 8 * (i % 8));
        }
        return digest;
    }

    private static void permute(long[] a) {
        for (int round = 0; round < ROUNDS; round++) {
            theta(a);
            rhoPiChi(a);
            a[0] ^= CONSTANTS[round];
        }
    }

    private static void theta(long[] a) {
        long[] c = new long[5];
        for (int x = 0; x < 5; x++) {
            c[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
        }
        for (int x = 0; x < 5; x++) {
            long d = c[(x + 4) % 5] ^ Long.rotateLeft(c[(x + 1) % 5], 1);
            for (int y = 0; y < 25; y += 5) {
                a[x + y] ^= d;
            }
        }
    }

    private static void rhoPiChi(long[] a) {
        long[] b = new long[25];
        b[0] = a[0];
        int x = 1;
        int y = 0;
        for (int t = 0; t < 24; t++) {
            int nextY = (2 * x + 3 * y) % 5;
            b[y + 5 * nextY] = Long.rotateLeft(a[x + 5 * y], (t + 1) * (t + 2) / 2 % 64);
            x = y;
            y = nextY;
        }
        for (int row = 0; row < 25; row += 5) {
            for (int i = 0; i < 5; i++) {
                a[row + i] = b[row + i] ^ ~b[row + (i + 1) % 5] & b[row + (i + 2) % 5];
            }
        }
    }
}
