// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.string;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What a primary or a file asks for is done as it is. */
final class ReplicatedWritesTest {
    @Test
    void aTimeInThePastIsKept() {
        FakeServer server = new FakeServer(3);
        server.setReplicated(true);
        assertEquals("+OK", server.run(List.of("SET", "k", "v", "PXAT", "1")));
        assertEquals(1, server.key("k").expireAtMillis());
        assertEquals("$\"v\"", server.run(List.of("GETEX", "k", "PXAT", "2")));
        assertEquals(2, server.key("k").expireAtMillis());
    }

    @Test
    void theLimitOfUsersDoesNotHold() {
        FakeServer server = new FakeServer(3);
        server.setStringBytesMax(10);
        assertEquals(
                "-ERR string exceeds maximum allowed size (proto-max-bulk-len)",
                server.run(List.of("SETRANGE", "k", "10", "x")));
        server.setReplicated(true);
        assertEquals(":11", server.run(List.of("SETRANGE", "k", "10", "x")));
        assertEquals(":12", server.run(List.of("APPEND", "k", "x")));
        assertEquals(
                "-ERR string exceeds maximum allowed size (proto-max-bulk-len)",
                server.run(List.of("SETRANGE", "k", "9223372036854775807", "x")));
    }

    @Test
    void aRepeatedTimeReplicatesOnce() {
        FakeServer server = new FakeServer(3);
        server.run(List.of("MSETEX", "1", "k", "v", "ex", "5", "NX", "EX", "9"));
        assertEquals(
                List.of(
                        List.of(
                                "MSETEX",
                                "1",
                                "k",
                                "v",
                                "NX",
                                "PXAT",
                                Long.toString(FakeServer.NOW_MILLIS + 9_000))),
                server.replicatedCommands());
    }

    @Test
    void aComparisonWithTheWordGetReplicatesWhole() {
        FakeServer server = new FakeServer(3);
        server.run(List.of("SET", "k", "get"));
        assertEquals("$\"get\"", server.run(List.of("SET", "k", "v", "GET", "IFEQ", "get")));
        assertEquals(List.of(List.of("SET", "k", "v", "IFEQ", "get")), server.replicatedCommands());
    }
}
