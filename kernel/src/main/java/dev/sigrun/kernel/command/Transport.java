// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.kernel.wire.ReplyBuffer;

/** The connection behind a session. Owner thread only unless said otherwise. */
public interface Transport {
    /** The client's address, for example {@code 127.0.0.1:4711}, or {@code /path:0}. */
    String remoteAddress();

    /** The address that the client has connected to. */
    String localAddress();

    /** Whether the client is on this machine. */
    boolean isLocal();

    /** The socket's number, as {@code CLIENT LIST} shows it; -1 when unknown. */
    int descriptor();

    /** Closes at once, without the replies that wait. */
    void close();

    /**
     * Lays the dispatcher's reply buffer over room for the answer to a session that is blocked, and
     * chooses its protocol. May be called while a command of another session runs.
     */
    void beginAnswer();

    /** Sends what was written since {@link #beginAnswer}, which may be nothing. */
    void endAnswer();

    /**
     * Sends what the client has not asked for: a message or an invalidation, complete and in the
     * client's protocol. It comes behind all replies to commands that have run before, and while a
     * command of this client runs it waits for {@link #takePushes}.
     */
    void push(long address, int length);

    /**
     * Writes what was pushed while a command of this client ran behind the command's reply.
     *
     * @param reply lies over the replies to this client
     */
    void takePushes(ReplyBuffer reply);

    /**
     * Executes, in a later turn of the owner, the requests that waited while the session was
     * blocked, which it is no longer.
     */
    void resume();

    /**
     * Sends what a source has from now on, behind the replies that there are. The client should get
     * no more replies.
     */
    default void stream(OutputSource source) {
        throw new UnsupportedOperationException("only a connection can be a stream");
    }

    /** Says whether few bytes leave at once, rather than wait for more to go with them. */
    default void sendsAtOnce(boolean yes) {}

    /** Whether the connection is encrypted, and so finds out by itself what was damaged. */
    default boolean isEncrypted() {
        return false;
    }

    /** The source of the stream may have more. */
    default void streamMore() {}

    /** Bytes of requests that are not yet executed. */
    long queryBytes();

    /** Bytes that the query buffer has room for beyond that. */
    long queryBytesFree();

    /** Bytes of replies that the client has not taken yet. */
    long outputBytes();

    /** Bytes that the connection takes altogether. */
    long memoryBytes();
}
