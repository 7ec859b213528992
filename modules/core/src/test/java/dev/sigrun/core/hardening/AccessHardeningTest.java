// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What users may try to get at what is not theirs; all answers are those of Valkey 9.1. */
final class AccessHardeningTest {
    private static final String NO_DATABASE = "-NOPERM No permissions to access database";
    private static final int SELECTORS = 10_000;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private RespClient client;

    @BeforeEach
    void connect() {
        client = SERVER.connect();
    }

    @AfterEach
    void theServerAnswersTheNextPing() {
        assertEquals("+PONG", client.call("PING"));
        client.call("ACL", "DELUSER", "u");
    }

    private RespClient user(String... rules) {
        List<String> words = new ArrayList<>(List.of("ACL", "SETUSER", "u", "on", "nopass"));
        words.addAll(List.of(rules));
        assertEquals("+OK", client.call(words.toArray(new String[0])));
        RespClient user = SERVER.connect();
        assertEquals("+OK", user.call("AUTH", "u", "any"));
        return user;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "COMMAND GETKEYS EVAL s 4294967295 k | *[]",
                "COMMAND GETKEYS EVAL s -1 k | *[]",
                "COMMAND GETKEYSANDFLAGS EVAL s 4294967295 k | *[]",
                "COMMAND GETKEYS ZUNION 2147483647 a | -ERR Invalid arguments specified for"
                        + " command",
                "COMMAND GETKEYS XREAD COUNT STREAMS | -ERR Invalid number of arguments specified"
                        + " for command",
                "EVAL s 2 k | -ERR Number of keys can't be greater than number of args",
                "EVAL s 9223372036854775807 k | -ERR Number of keys can't be greater than number"
                        + " of args",
                "EVAL s -1 k | -ERR Number of keys can't be negative",
                "EVAL s 9223372036854775808 k | -ERR value is not an integer or out of range"
            })
    void numbersOfKeysThatAreNotThere(String command, String answer) {
        assertEquals(answer, client.run(command).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "SORT_RO k BY w_* GET o_*, BY",
        "SORT k BY w_*, BY",
        "SORT k GET o_*, GET",
        "SORT k GET h_*->f, GET",
        "SORT k BY nosort GET #, GET"
    })
    void keysThatASortReadsByAPattern(String command, String option) {
        RespClient user = user("~k", "+sort", "+sort_ro");
        assertEquals(
                "-ERR " + option + " option of SORT denied due to insufficient ACL permissions.",
                user.run(command).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "(((, -ERR Unmatched parenthesis in acl selector starting at '((('.",
        "(+get, -ERR Unmatched parenthesis in acl selector starting at '(+get'.",
        "%RZ~x, -ERR Error in ACL SETUSER modifier '%RZ~x': Syntax error",
        "%~x, -ERR Error in ACL SETUSER modifier '%~x': Syntax error",
        "db=, -ERR Error in ACL SETUSER modifier 'db=': Syntax error",
        "db=-1, -ERR Error in ACL SETUSER modifier 'db=-1': The provided database ID is out of"
                + " range",
        "db=99999999999, -ERR Error in ACL SETUSER modifier 'db=99999999999': The provided"
                + " database ID is out of range"
    })
    void aRuleThatMakesNoSenseLeavesTheUserAsItWas(String rule, String answer) {
        client.call("ACL", "SETUSER", "u", "on", ">secret", "~a", "+get");
        String before = client.call("ACL", "GETUSER", "u");
        assertEquals(answer, client.call("ACL", "SETUSER", "u", "~b", "+set", rule));
        assertEquals(before, client.call("ACL", "GETUSER", "u"));
    }

    @Test
    void tenThousandSelectors() {
        List<String> words = new ArrayList<>(List.of("ACL", "SETUSER", "u"));
        for (int i = 0; i < SELECTORS; i++) {
            words.add("(+get ~key:" + i + ")");
        }
        assertEquals("+OK", client.call(words.toArray(new String[0])));
        RespClient user = user();
        assertEquals("_", user.call("GET", "key:" + (SELECTORS - 1)));
        assertEquals("-NOPERM No permissions to access a key", user.call("GET", "key:x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1",
                "SWAPDB 0 1",
                "SWAPDB 1 2",
                "MOVE a 1",
                "COPY a b DB 1",
                "FLUSHALL"
            })
    void anotherDatabaseThanOnesOwn(String command) {
        RespClient user = user("~*", "+@all", "db=0");
        assertEquals("+OK", user.call("SET", "a", "b"));
        assertEquals(NO_DATABASE, user.run(command).toString());
        assertEquals("+OK", user.call("MULTI"));
        assertEquals(NO_DATABASE, user.run(command).toString());
        assertTrue(user.call("EXEC").startsWith("-EXECABORT "));
        assertEquals("$\"b\"", user.call("GET", "a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dir /tmp",
                "dbfilename ../x",
                "aclfile /tmp/x",
                "cluster-config-file /tmp/x",
                "appendfilename ../x",
                "logfile /tmp/x",
                "enable-debug-command yes"
            })
    void parametersThatNameFiles(String parameter) {
        String name = parameter.substring(0, parameter.indexOf(' '));
        String before = client.call("CONFIG", "GET", name);
        String answer = client.run("CONFIG SET " + parameter).toString();
        String begin =
                "-ERR CONFIG SET failed (possibly related to argument '" + name + "') - can't";
        assertTrue(answer.matches("\\Q" + begin + "\\E set (protected|immutable) config"), answer);
        assertEquals(before, client.call("CONFIG", "GET", name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOAD ../x", "LOADEX ../x", "LOAD /etc/passwd", "UNLOAD core"})
    void plugins(String request) {
        String answer = client.run("MODULE " + request).toString();
        assertTrue(answer.startsWith("-ERR MODULE command not allowed. "), answer);
    }
}
