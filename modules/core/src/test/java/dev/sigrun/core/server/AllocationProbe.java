// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import com.sun.management.ThreadMXBean;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Measures how many bytes of heap the owner allocates for each command, and prints it: one line for
 * each kind of load, its name and the bytes. A program of its own, because the checked memory mode
 * of tests allocates.
 */
final class AllocationProbe {
    private static final int ROUNDS = 25_000;
    private static final int ATTEMPTS_MAX = 5;
    private static final int WARM_UP_ROUNDS = 30_000;

    private final SigrunServer server;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long ownerId;

    private AllocationProbe(SigrunServer server) {
        this.server = server;
        this.ownerId = server.fromOwner(context -> Thread.currentThread().threadId());
    }

    /** Measures; the only argument is {@code io-threads}. */
    public static void main(String[] args) throws IOException {
        String loops = args.length > 0 ? args[0] : "1";
        try (SigrunServer server =
                SigrunServer.withConfig("--io-threads", loops, "--io-threads-always-active", "yes")
                        .start()) {
            AllocationProbe probe = new AllocationProbe(server);
            String value = "v".repeat(80);
            server.connect().call("SET", "key:000000000001", value);
            List<String> get = List.of("GET", "key:000000000001");
            List<String> set = List.of("SET", "key:000000000001", value);
            String reply = "$80\r\n" + value + "\r\n";
            probe.measure("get", get, reply, 1);
            probe.measure("set", set, "+OK\r\n", 1);
            probe.measure("get-pipelined", get, reply, 50);
            probe.measure("set-pipelined", set, "+OK\r\n", 50);
            server.connect()
                    .call(
                            "ACL",
                            "SETUSER",
                            "default",
                            "-@admin",
                            "resetkeys",
                            "~other:*",
                            "~key:*");
            probe.measure("get-with-rules", get, reply, 1);
        }
    }

    private void measure(String name, List<String> command, String reply, int batch)
            throws IOException {
        byte[] request = repeated(RespClient.encode(command), batch);
        int replyBytes = reply.getBytes(StandardCharsets.ISO_8859_1).length * batch;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setTcpNoDelay(true);
            pump(socket, request, replyBytes, WARM_UP_ROUNDS / (batch == 1 ? 1 : 5));
            double least = Double.MAX_VALUE;
            // The compiler may still be at work, and allocates less and less on the way.
            for (int i = 0; i < ATTEMPTS_MAX && least >= AllocationTest.BYTES_MAX; i++) {
                least = Math.min(least, bytesPerCommand(socket, request, replyBytes, batch));
            }
            System.out.println(name + " " + least);
        }
    }

    private double bytesPerCommand(Socket socket, byte[] request, int replyBytes, int batch)
            throws IOException {
        int rounds = batch == 1 ? ROUNDS : ROUNDS / 5;
        long before = threads.getThreadAllocatedBytes(ownerId);
        pump(socket, request, replyBytes, rounds);
        long allocated = threads.getThreadAllocatedBytes(ownerId) - before;
        return (double) allocated / ((long) rounds * batch);
    }

    private static byte[] repeated(byte[] command, int times) {
        byte[] all = new byte[command.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(command, 0, all, i * command.length, command.length);
        }
        return all;
    }

    private static void pump(Socket socket, byte[] request, int replyBytes, int rounds)
            throws IOException {
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream();
        byte[] reply = new byte[replyBytes];
        for (int i = 0; i < rounds; i++) {
            out.write(request);
            if (in.readNBytes(reply, 0, replyBytes) < replyBytes) {
                throw new IOException("the server has gone");
            }
        }
    }
}
