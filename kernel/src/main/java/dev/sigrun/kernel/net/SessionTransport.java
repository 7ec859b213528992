// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.net;

import dev.sigrun.kernel.command.OutputSource;
import dev.sigrun.kernel.command.Transport;
import dev.sigrun.kernel.wire.ReplyBuffer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.UnixChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** A connection as its session sees it. */
final class SessionTransport implements Transport {
    /** What a connection holds on the heap and in Netty, roughly. */
    private static final long FIXED_BYTES = 2048;

    private final Connection connection;
    private final Channel channel;
    private String remote;
    private String local;

    SessionTransport(Connection connection, Channel channel) {
        this.connection = connection;
        this.channel = channel;
    }

    Connection connection() {
        return connection;
    }

    @Override
    public String remoteAddress() {
        if (remote == null) {
            remote = text(channel.remoteAddress(), channel.localAddress());
        }
        return remote;
    }

    @Override
    public String localAddress() {
        if (local == null) {
            local = text(channel.localAddress(), channel.localAddress());
        }
        return local;
    }

    static String text(SocketAddress address, SocketAddress fallback) {
        if (address instanceof InetSocketAddress inet) {
            String host = inet.getAddress().getHostAddress();
            int zone = host.indexOf('%');
            host = zone < 0 ? host : host.substring(0, zone);
            return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + inet.getPort();
        }
        SocketAddress path = fallback != null ? fallback : address;
        return (path instanceof DomainSocketAddress unix ? unix.path() : "?") + ":0";
    }

    @Override
    public boolean isLocal() {
        return isLocal(channel);
    }

    /** Whether a client is on this machine. Any thread. */
    static boolean isLocal(Channel channel) {
        return !(channel.remoteAddress() instanceof InetSocketAddress inet)
                || inet.getAddress().isLoopbackAddress();
    }

    @Override
    public int descriptor() {
        return channel instanceof UnixChannel unix ? unix.fd().intValue() : -1;
    }

    @Override
    public void close() {
        connection.home().close();
    }

    @Override
    public void beginAnswer() {
        connection.run().beginAnswer();
    }

    @Override
    public void endAnswer() {
        connection.run().endAnswer();
    }

    @Override
    public void push(long address, int length) {
        connection.run().push(address, length);
    }

    @Override
    public void takePushes(ReplyBuffer reply) {
        connection.run().takePushes(reply);
    }

    @Override
    public void resume() {
        connection.run().resume();
    }

    @Override
    public void stream(OutputSource source) {
        connection.stream(new StreamOutput(connection, channel, source));
        streamMore();
    }

    @Override
    public void sendsAtOnce(boolean yes) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, yes);
    }

    @Override
    public boolean isEncrypted() {
        return connection.isEncrypted();
    }

    @Override
    public void streamMore() {
        if (connection.stream() != null) {
            connection.stream().more();
        }
    }

    @Override
    public long queryBytes() {
        return connection.input().bytes(connection.home().state());
    }

    @Override
    public long queryBytesFree() {
        return queryCapacity() - queryBytes();
    }

    @Override
    public long outputBytes() {
        ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
        long inSocket = pending == null ? 0 : pending.totalPendingWriteBytes();
        long held = connection.output().heldBytes();
        StreamOutput stream = connection.stream();
        held += stream == null ? 0 : stream.heldBytes();
        return inSocket + held + connection.unencryptedBytes() + connection.outbox().bytes();
    }

    @Override
    public long memoryBytes() {
        return FIXED_BYTES + queryCapacity() + outputBytes();
    }

    private long queryCapacity() {
        return connection.input().capacity(connection.home().state());
    }
}
