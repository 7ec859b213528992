// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static dev.sigrun.kernel.config.BooleanParameter.flag;
import static dev.sigrun.kernel.config.LongParameter.number;
import static dev.sigrun.kernel.config.LongParameter.octal;
import static dev.sigrun.kernel.config.LongParameter.size;
import static dev.sigrun.kernel.config.TextParameter.text;
import static dev.sigrun.kernel.config.Trait.HIDDEN;
import static dev.sigrun.kernel.config.Trait.HONOURED;
import static dev.sigrun.kernel.config.Trait.IMMUTABLE;
import static dev.sigrun.kernel.config.Trait.MEANINGLESS;
import static dev.sigrun.kernel.config.Trait.UNSIGNED;
import static dev.sigrun.kernel.config.ValueParameter.value;

import dev.sigrun.kernel.config.value.Addresses;
import dev.sigrun.kernel.config.value.BufferLimits;
import dev.sigrun.kernel.config.value.BufferLimits.Limits;
import java.util.List;

/** Listening, clients, their limits, and the threads that serve them. */
public final class ConnectionParameters {
    public static final BooleanParameter IO_THREADS_ALWAYS_ACTIVE =
            flag("io-threads-always-active", false, HONOURED, HIDDEN);
    public static final TextParameter UNIXSOCKET = text("unixsocket", null, HONOURED, IMMUTABLE);
    public static final TextParameter UNIXSOCKETGROUP = text("unixsocketgroup", null, IMMUTABLE);
    public static final TextParameter BIND_SOURCE_ADDR = text("bind-source-addr", null, HONOURED);
    public static final LongParameter PORT = number("port", 6379, HONOURED).between(0, 65535);
    public static final LongParameter IO_THREADS =
            number("io-threads", 1, HONOURED).between(1, 256);
    public static final LongParameter MIN_IO_THREADS_AVOID_COPY_REPLY =
            number("min-io-threads-avoid-copy-reply", 7, MEANINGLESS, HIDDEN);
    public static final LongParameter MIN_STRING_SIZE_AVOID_COPY_REPLY =
            number("min-string-size-avoid-copy-reply", 16384, MEANINGLESS, HIDDEN);
    public static final LongParameter MIN_STRING_SIZE_AVOID_COPY_REPLY_THREADED =
            number("min-string-size-avoid-copy-reply-threaded", 65536, MEANINGLESS, HIDDEN);
    public static final LongParameter PREFETCH_BATCH_MAX_SIZE =
            number("prefetch-batch-max-size", 16).between(0, 128);
    public static final LongParameter TCP_KEEPALIVE = number("tcp-keepalive", 300, HONOURED);
    public static final LongParameter TIMEOUT = number("timeout", 0, HONOURED);
    public static final LongParameter TCP_BACKLOG = number("tcp-backlog", 511, HONOURED, IMMUTABLE);
    public static final BooleanParameter MPTCP = flag("mptcp", false, MEANINGLESS, IMMUTABLE);
    public static final LongParameter RDMA_PORT =
            number("rdma-port", 0, MEANINGLESS).between(0, 65535);
    public static final LongParameter RDMA_RX_SIZE =
            number("rdma-rx-size", 1L << 20, MEANINGLESS, IMMUTABLE).between(65536, 16L << 20);
    public static final LongParameter RDMA_COMPLETION_VECTOR =
            number("rdma-completion-vector", -1, MEANINGLESS, IMMUTABLE).between(-1, 1024);
    public static final LongParameter MAXCLIENTS =
            number("maxclients", 10000, HONOURED, UNSIGNED).between(1, 4294967295L);
    public static final LongParameter UNIXSOCKETPERM =
            octal("unixsocketperm", 0, HONOURED, IMMUTABLE, UNSIGNED).between(0, 0777);
    public static final LongParameter SOCKET_MARK_ID =
            number("socket-mark-id", 0, MEANINGLESS, IMMUTABLE, UNSIGNED).between(0, 4294967295L);
    public static final LongParameter MAX_NEW_CONNECTIONS_PER_CYCLE =
            number("max-new-connections-per-cycle", 10, HONOURED, UNSIGNED).between(1, 1000);
    public static final LongParameter PROTO_MAX_BULK_LEN =
            size("proto-max-bulk-len", 512L << 20, HONOURED).between(1L << 20, Long.MAX_VALUE);
    public static final LongParameter CLIENT_QUERY_BUFFER_LIMIT =
            size("client-query-buffer-limit", 1L << 30, HONOURED, UNSIGNED)
                    .between(1L << 20, Long.MAX_VALUE);
    public static final ValueParameter<Limits> CLIENT_OUTPUT_BUFFER_LIMIT =
            value("client-output-buffer-limit", new BufferLimits(), HONOURED);
    public static final ValueParameter<List<String>> BIND =
            value("bind", new Addresses(List.of("*", "-::*"), true), HONOURED);
    public static final ValueParameter<List<String>> RDMA_BIND =
            value("rdma-bind", new Addresses(List.of(), false), MEANINGLESS);

    private ConnectionParameters() {}

    static Parameter[] all() {
        return new Parameter[] {
            IO_THREADS_ALWAYS_ACTIVE,
            UNIXSOCKET,
            UNIXSOCKETGROUP,
            BIND_SOURCE_ADDR,
            PORT,
            IO_THREADS,
            MIN_IO_THREADS_AVOID_COPY_REPLY,
            MIN_STRING_SIZE_AVOID_COPY_REPLY,
            MIN_STRING_SIZE_AVOID_COPY_REPLY_THREADED,
            PREFETCH_BATCH_MAX_SIZE,
            TCP_KEEPALIVE,
            TIMEOUT,
            TCP_BACKLOG,
            MPTCP,
            RDMA_PORT,
            RDMA_RX_SIZE,
            RDMA_COMPLETION_VECTOR,
            MAXCLIENTS,
            UNIXSOCKETPERM,
            SOCKET_MARK_ID,
            MAX_NEW_CONNECTIONS_PER_CYCLE,
            PROTO_MAX_BULK_LEN,
            CLIENT_QUERY_BUFFER_LIMIT,
            CLIENT_OUTPUT_BUFFER_LIMIT,
            BIND,
            RDMA_BIND,
        };
    }
}
