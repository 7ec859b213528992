// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import io.netty.buffer.PooledByteBufAllocator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A server in a process of its own, which tells what its connections cost. It answers each line of
 * its input with the number of clients and the bytes that are in use, on the heap and for buffers;
 * {@code later} lets some seconds pass before.
 */
final class IdleProbe {
    /** Ticks after which a query buffer has shrunk to what is in it. */
    private static final int TICKS = 25;

    private IdleProbe() {}

    public static void main(String[] args) throws Exception {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (NetScene scene = new NetScene("epoll")) {
            System.out.println(scene.port());
            serve(scene, in);
        }
    }

    private static void serve(NetScene scene, BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            for (int i = 0; i < TICKS && line.equals("later"); i++) {
                scene.fromOwner(() -> {
                    scene.net().tick();
                    return null;
                });
            }
            int clients = scene.clients();
            System.out.println(clients + " " + heapBytes() + " " + bufferBytes(scene));
        }
    }

    private static long heapBytes() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }

    private static long bufferBytes(NetScene scene) {
        return ((PooledByteBufAllocator) scene.net().allocator()).pinnedDirectMemory();
    }
}
