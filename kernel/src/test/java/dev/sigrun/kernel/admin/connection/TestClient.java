// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.connection;

import dev.sigrun.kernel.command.Dispatcher;
import dev.sigrun.kernel.command.Session;
import dev.sigrun.kernel.command.Transport;
import dev.sigrun.kernel.wire.ReplyBuffer;
import dev.sigrun.kernel.wire.ReplySpace;
import dev.sigrun.kernel.wire.RequestBatch;
import dev.sigrun.kernel.wire.RequestParser;
import dev.sigrun.memory.Memory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** A client that talks to the dispatcher directly, one batch at a time. */
public final class TestClient implements Transport, ReplySpace {
    private final TestServer server;
    private final Dispatcher dispatcher;
    private final Session session;
    private final RequestBatch batch = new RequestBatch(Dispatcher.BATCH_COMMANDS_MAX);
    private MemorySegment requests;
    private MemorySegment replies = Arena.ofAuto().allocate(64);
    private int used;
    private int next;
    private boolean closed;
    private String address = "127.0.0.1:4711";

    TestClient(TestServer server, long nowMillis) {
        this.server = server;
        this.dispatcher = server.admin().dispatcher();
        this.session = new Session(server.admin().sessions().nextId(), this, nowMillis);
    }

    public Session session() {
        return session;
    }

    TestClient from(String newAddress) {
        address = newAddress;
        return this;
    }

    boolean isClosed() {
        return closed;
    }

    /** Sends commands, and returns the replies that come at once, a bar for each line's end. */
    public String send(String... lines) {
        byte[] content =
                (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        requests = Arena.ofAuto().allocate(content.length);
        Memory.copy(content, 0, requests.address(), content.length);
        batch.dropAll();
        next = 0;
        new RequestParser()
                .parse(batch, requests.address(), content.length, lines.length, 1 << 20, true);
        execute();
        return received();
    }

    private void execute() {
        beginAnswer();
        if (!session.isClosing()) {
            next = dispatcher.run(session, batch, requests.address(), next);
        }
        endAnswer();
    }

    /** The replies since the last time. */
    public String received() {
        byte[] content = new byte[used];
        Memory.copy(replies.address(), content, 0, used);
        used = 0;
        return new String(content, StandardCharsets.UTF_8).replace("\r\n", "|");
    }

    @Override
    public void beginAnswer() {
        dispatcher.reply().wrap(this, used);
        dispatcher.reply().protocol(session.protocol());
    }

    @Override
    public void endAnswer() {
        used = dispatcher.reply().used();
    }

    @Override
    public void push(long address, int length) {}

    @Override
    public void takePushes(ReplyBuffer reply) {}

    @Override
    public void resume() {
        server.admin().owner().execute(this::execute);
    }

    @Override
    public long address() {
        return replies.address();
    }

    @Override
    public int capacity() {
        return (int) replies.byteSize();
    }

    @Override
    public void grow(int alreadyUsed, int needed) {
        MemorySegment larger = Arena.ofAuto().allocate(2L * (alreadyUsed + needed));
        Memory.copy(replies.address(), larger.address(), alreadyUsed);
        replies = larger;
    }

    @Override
    public String remoteAddress() {
        return address;
    }

    @Override
    public String localAddress() {
        return "127.0.0.1:6379";
    }

    @Override
    public boolean isLocal() {
        return true;
    }

    @Override
    public int descriptor() {
        return 8;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public long queryBytes() {
        return 0;
    }

    @Override
    public long queryBytesFree() {
        return 0;
    }

    @Override
    public long outputBytes() {
        return 0;
    }

    @Override
    public long memoryBytes() {
        return 2048;
    }
}
