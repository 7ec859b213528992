// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunExtension;
import dev.sigrun.testkit.SigrunServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts that try to end the server get an error, and the server goes on. */
@ExtendWith(SigrunExtension.class)
final class HostileScriptsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "local s = 'x' for i = 1, 40 do s = s .. s end | not enough memory",
                "return ('x'):rep(2 ^ 31) | resulting string too large",
                "return string.format('%99999d', 1) | invalid format",
                "return unpack({}, -2147483648, 2147483647) | too many results to unpack",
                "return unpack({}, 0, 2147483647) | too many results to unpack",
                "return ('a'):rep(9999):find(('a?'):rep(9999)) | pattern too complex",
                "return ('a'):gsub(('('):rep(9999), '') | pattern too complex",
                "return assert(loadstring(('('):rep(1000000))) | chunk has too many syntax levels",
                "return assert(loadstring('\\27Lua')) | unexpected symbol",
                "return assert(loadstring(string.dump(function() end))) | unexpected symbol",
                "local function f() return 1 + f() end return f() | stack overflow",
                "local f f = function() return (('x'):gsub('x', f)) end return f() | stack"
                        + " overflow",
                "local f f = function(n) return coroutine.wrap(f)() end f() | C stack overflow",
                "return setmetatable({}, {__index = function(t, k) return t[k] end}).x | overflow",
                "getmetatable('').__index = nil | Attempt to modify a readonly table",
                "setmetatable(_G, {}) | Attempt to modify a readonly table",
                "rawset(redis, 'call', nil) | Attempt to modify a readonly table",
                "table.insert(_G, 1) | Attempt to modify a readonly table",
                "return os.execute('true') | attempt to call field 'execute'",
                "return package.loadlib('x', 'y') | nonexistent global variable 'package'",
                "return debug.getregistry() | nonexistent global variable 'debug'",
                "return io.open('/etc/passwd') | nonexistent global variable 'io'",
                "return newproxy(true) | nonexistent global variable 'newproxy'",
                "return cjson.decode(('['):rep(100000)) | Found too many nested data structures",
                "local t = {} t[1] = t return cjson.encode(t) | excessive nesting",
                "return cjson.encode({[1000000000] = 1}) | excessively sparse array",
                "return cmsgpack.unpack('\\219\\255\\255\\255\\255') | Missing bytes in input",
                "return cmsgpack.unpack('\\221\\255\\255\\255\\255') | Missing bytes in input",
                "return cmsgpack.unpack(('\\145'):rep(100000)) | in function",
                "return struct.unpack('I99', 'x') | integral size 99 is larger",
                "return struct.pack('c2147483647', 'x') | string too short",
                "return struct.unpack('I4', 'abc', 2 ^ 62) | data string too short",
            })
    void answersWithAnError(String script, String problem, SigrunServer server, RespClient client) {
        String reply = client.call("EVAL", script, "0");
        assertTrue(reply.contains(problem), () -> script + " answered " + shown(reply));
        assertEquals("+PONG", client.call("PING"));
    }

    private static String shown(String reply) {
        return reply.substring(0, Math.min(reply.length(), 300));
    }

    @Test
    void theLargestNegativeNumberOfDigitsIsHarmless(SigrunServer server, RespClient client) {
        assertEquals(
                "$\"0000FFFF\"", client.call("EVAL", "return bit.tohex(65535, -2147483648)", "0"));
    }

    @Test
    void aTableThatContainsItselfEndsSomewhere(SigrunServer server) {
        try (RespClient deep = server.connect()) {
            deep.send("EVAL", "local t = {} t[1] = t return t", "0");
            deep.send("PING");
            deep.endOutput();
            String reply = deep.readToEnd();
            assertTrue(reply.endsWith("-ERR reached lua stack limit\r\n+PONG\r\n"), shown(reply));
        }
    }

    @Test
    void anErrorCannotSmuggleASecondReply(SigrunServer server, RespClient client) {
        assertEquals(
                "-A b  +OK", client.call("EVAL", "return redis.error_reply('A b\\r\\n+OK')", "0"));
        assertEquals("+PONG", client.call("PING"));
    }
}
