// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import dev.sigrun.testkit.DataTypeContract;
import dev.sigrun.testkit.SigrunServer;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Strings keep the contract of data types, as far as it can be seen from outside. */
final class StringContractTest extends DataTypeContract {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    @Override
    protected SigrunServer server() {
        return SERVER;
    }

    @Override
    protected String pluginId() {
        return "core";
    }

    @Override
    protected String commandCategory() {
        return "string";
    }

    @Override
    protected String wireName() {
        return null;
    }

    @Override
    protected List<List<String>> values() {
        return List.of(
                List.of("SET k text"),
                List.of("SET k \"\""),
                List.of("SET k 7"),
                List.of("SET k -32768"),
                List.of("SET k 2147483648"),
                List.of("SET k -9223372036854775808"),
                List.of("SET k \"\\x00\\xff\\r\\n\""),
                List.of("SET k " + "abcdefgh".repeat(40)),
                List.of("SET k " + "x".repeat(1024)),
                List.of("SET k " + "x".repeat(1025)),
                List.of("SET k " + "0123456789".repeat(700)),
                List.of("SETRANGE k 100000 end"),
                List.of("SET k a", "APPEND k " + "b".repeat(2000), "APPEND k c"));
    }

    @Override
    protected List<String> changes() {
        return List.of(
                "SET k other",
                "SET k with-ttl EX 100",
                "SETNX new value",
                "SETEX k 100 v",
                "PSETEX k 100000 v",
                "GETSET k other",
                "GETEX k EX 100",
                "GETDEL k",
                "DELIFEQ k text",
                "SETRANGE k 2 abc",
                "APPEND k more",
                "MSET k 1 l 2",
                "MSETNX n 1 m 2",
                "MSETEX 1 k v EX 100",
                "INCR counter",
                "DECR counter",
                "INCRBY counter 5",
                "DECRBY counter 5",
                "INCRBYFLOAT counter 0.5");
    }
}
