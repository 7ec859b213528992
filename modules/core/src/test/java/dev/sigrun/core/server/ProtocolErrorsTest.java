// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Await;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that make no sense are told so, and the connection is closed. */
final class ProtocolErrorsTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    @AfterEach
    void serverStillServes() {
        assertEquals(":0", SERVER.connect().call("EXISTS", "nokey"));
    }

    private static void assertRefused(String request, String what) {
        RespClient client = SERVER.connect();
        client.sendRaw(request);
        assertEquals("-ERR Protocol error: " + what + "\r\n", client.readToEnd());
        Await.until(
                "the server's side is closed",
                () -> SERVER.fromOwner(context -> SigrunServer.session(context, client) == null));
    }

    private static void assertServes(RespClient client) {
        assertEquals(":0", client.call("EXISTS", "nokey"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*2147483648\r\n",
                "*9223372036854775808\r\n",
                "*x\r\n",
                "*1x\r\n",
                "*+1\r\n",
                "*\r\n",
                "* 1\r\n",
                "*01\r\n",
                "*99999999999999999999999999\r\n"
            })
    void aLengthOfARequestThatIsNone(String request) {
        assertRefused(request, "invalid multibulk length");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*2\r\n$3\r\nGET\r\n$-5\r\n",
                "*2\r\n$3\r\nGET\r\n$536870913\r\n",
                "*1\r\n$x\r\n",
                "*1\r\n$\r\n",
                "*1\r\n$-1\r\n",
                "*1\r\n$99999999999999999999\r\n"
            })
    void aLengthOfAnArgumentThatIsNone(String request) {
        assertRefused(request, "invalid bulk length");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*1\rx$4\r\nPING\r\n", "*1\r\n$4\rxPING\r\n", "*1\r\n$4\r\nPINGxx"})
    void aLineThatEndsInSomethingElse(String request) {
        assertRefused(request, "invalid CRLF in request");
    }

    @Test
    void anArgumentWithoutItsMark() {
        assertRefused("*1\r\nPING\r\n", "expected '$', got 'P'");
    }

    @Test
    void aLengthThatDoesNotEnd() {
        assertRefused("*" + "1".repeat(64 * 1024 + 1), "too big mbulk count string");
        assertRefused("*1\r\n$" + "1".repeat(64 * 1024 + 1), "too big bulk count string");
    }

    @Test
    void anInlineRequestThatDoesNotEnd() {
        assertRefused("x".repeat(64 * 1024 + 1), "too big inline request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET \"abc\r\n", "GET 'abc\r\n", "GET \"a\"b\"c\r\n", "GET 'a'b'c\r\n"})
    void quotesThatDoNotFit(String request) {
        assertRefused(request, "unbalanced quotes in request");
    }

    @Test
    void whatCameBeforeIsAnswered() {
        RespClient client = SERVER.connect();
        client.sendRaw("EXISTS a\r\nEXISTS b\r\n*x\r\nEXISTS c\r\n");
        assertEquals(
                ":0\r\n:0\r\n-ERR Protocol error: invalid multibulk length\r\n",
                client.readToEnd());
    }

    @ParameterizedTest
    @ValueSource(strings = {"*0\r\n", "*-1\r\n", "*-2\r\n", "\r\n", "\n", "   \r\n"})
    void anEmptyRequestIsIgnored(String request) {
        RespClient client = SERVER.connect();
        client.sendRaw(request);
        assertServes(client);
        client.sendRaw(request.repeat(1000) + "*2\r\n$6\r\nEXISTS\r\n");
        client.sendRaw(request.startsWith("*") ? "$1\r\na\r\n" : "$1\r\nb\r\n");
        assertEquals(":0", client.read().toString());
        assertServes(client);
    }

    @Test
    void anEmptyRequestLeavesNothingOfTheOneBefore() {
        RespClient client = SERVER.connect();
        client.sendRaw(
                "*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\n1\r\n*0\r\n*2\r\n$3\r\nGET\r\n$1\r\na\r\n");
        assertEquals("+OK", client.read().toString());
        assertEquals("$\"1\"", client.read().toString());
        client.call("DEL", "a");
    }

    @Test
    void anInlineRequestIsARequest() {
        RespClient client = SERVER.connect();
        client.sendRaw("set \"a\\x41\\n\" 'b c'\r\nget \"aA\\n\"\ndel \"aA\\n\"\r\n");
        assertEquals("+OK", client.read().toString());
        assertEquals("$\"b c\"", client.read().toString());
        assertEquals(":1", client.read().toString());
    }

    @Test
    void aBrowserIsCutOff() {
        RespClient client = SERVER.connect();
        client.sendRaw("POST / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        client.awaitClose();
    }
}
