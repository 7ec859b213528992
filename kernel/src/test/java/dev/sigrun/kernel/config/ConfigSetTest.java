// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.config.value.ConfigRejected;
import dev.sigrun.kernel.config.value.SavePoints.SavePoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConfigSetTest {
    private final FakeFiles files = new FakeFiles().put("/data/inner/x", "");
    private final Config config = new Config(files);

    @Test
    void setsSeveralParametersAtOnce() {
        assertNull(set("maxmemory", "1gb", "SAVE", "60 5", "slave-priority", "7"));
        assertEquals(1L << 30, config.longValue(MemoryParameters.MAXMEMORY));
        assertEquals(List.of(new SavePoint(60, 5)), config.value(PersistenceParameters.SAVE));
        assertEquals(7, config.intValue(ReplicationParameters.REPLICA_PRIORITY));
    }

    @Test
    void restoresEveryValueWhenOneIsRefused() {
        assertEquals(
                "ERR CONFIG SET failed (possibly related to argument 'maxmemory') - argument must"
                        + " be a memory value",
                set("timeout", "5", "primaryauth", "x", "maxmemory", "1.5gb"));
        assertEquals(0, config.intValue(ConnectionParameters.TIMEOUT));
        assertNull(config.text(ReplicationParameters.PRIMARYAUTH));
    }

    @Test
    void refusesUnknownImmutableAndRepeatedParametersBeforeChangingAnything() {
        assertEquals(
                "ERR Unknown option or number of arguments for CONFIG SET - 'No such'",
                set("timeout", "5", "No such", "1"));
        assertEquals(
                "ERR CONFIG SET failed (possibly related to argument 'Daemonize') - can't set"
                        + " immutable config",
                set("timeout", "5", "Daemonize", "yes"));
        assertEquals(
                "ERR CONFIG SET failed (possibly related to argument 'TIMEOUT') - duplicate"
                        + " parameter",
                set("timeout", "5", "TIMEOUT", "6"));
        assertEquals("ERR syntax error", set("timeout", "5", "hz"));
        assertEquals(0, config.intValue(ConnectionParameters.TIMEOUT));
    }

    @Test
    void acceptsAParameterUnderBothItsNames() {
        assertNull(set("slave-priority", "3", "replica-priority", "4"));
        assertEquals("4", config.print(ReplicationParameters.REPLICA_PRIORITY));
    }

    @Test
    void protectedParametersFollowEnableProtectedConfigs() {
        String refusal =
                "ERR CONFIG SET failed (possibly related to argument 'dbfilename') - can't set"
                        + " protected config";
        assertEquals(refusal, config.set(List.of("dbfilename", "a.rdb"), true, false));
        config.load(SecurityParameters.ENABLE_PROTECTED_CONFIGS, List.of("local"));
        assertEquals(refusal, config.set(List.of("dbfilename", "a.rdb"), false, false));
        assertNull(config.set(List.of("dbfilename", "a.rdb"), true, false));
    }

    @Test
    void someParametersCannotChangeWhileLoading() {
        assertEquals(
                "LOADING Valkey is loading the dataset in memory",
                config.set(List.of("appendonly", "yes"), true, true));
        assertNull(config.set(List.of("timeout", "1"), true, true));
    }

    @Test
    void listenersHearOfChangesOnlyAndOnce() {
        List<String> heard = new ArrayList<>();
        Runnable listener = () -> heard.add(config.print(ConnectionParameters.TIMEOUT));
        config.onChange(ConnectionParameters.TIMEOUT, listener);
        config.onChange(ConnectionParameters.TCP_KEEPALIVE, listener);
        assertNull(set("timeout", "0"));
        assertNull(set("timeout", "5", "tcp-keepalive", "6"));
        assertEquals(List.of("5"), heard);
    }

    @Test
    void aListenerThatObjectsMakesAllOldValuesReturn() {
        List<String> heard = new ArrayList<>();
        config.onChange(
                ConnectionParameters.TIMEOUT,
                () -> heard.add(config.print(ConnectionParameters.TIMEOUT)));
        config.onChange(
                ConnectionParameters.PORT,
                () -> {
                    if (config.intValue(ConnectionParameters.PORT) == 1) {
                        throw new ConfigRejected("Unable to listen on this port.");
                    }
                });
        assertEquals(
                "ERR CONFIG SET failed (possibly related to argument 'port') - Unable to listen on"
                        + " this port.",
                set("timeout", "5", "port", "1"));
        assertEquals(6379, config.intValue(ConnectionParameters.PORT));
        assertEquals(List.of("5", "0"), heard);
    }

    @Test
    void aValidatorJudgesBeforeAnyListenerActs() {
        config.onChange(ConnectionParameters.TIMEOUT, () -> heardNothing());
        config.validator(
                ConnectionParameters.IO_THREADS,
                candidate ->
                        candidate.intValue(ConnectionParameters.IO_THREADS) > 8
                                ? "too many"
                                : null);
        assertEquals(
                "ERR CONFIG SET failed (possibly related to argument 'io-threads') - too many",
                set("timeout", "5", "io-threads", "9"));
        assertEquals(1, config.intValue(ConnectionParameters.IO_THREADS));
    }

    @Test
    void aBugInAListenerIsNotSwallowedAndChangesNothing() {
        config.onChange(ConnectionParameters.TIMEOUT, () -> failOnFive());
        assertThrows(IllegalStateException.class, () -> set("timeout", "5"));
        assertEquals(0, config.intValue(ConnectionParameters.TIMEOUT));
    }

    @Test
    void dirIsEnteredRelativeToTheCurrentOneAndMustExist() {
        config.load(SecurityParameters.ENABLE_PROTECTED_CONFIGS, List.of("yes"));
        assertNull(set("dir", "/data"));
        assertNull(set("dir", "inner"));
        assertEquals("/data/inner", config.print(ServerParameters.DIR));
        assertEquals(
                "ERR CONFIG SET failed (possibly related to argument 'dir') - No such file or"
                        + " directory",
                set("dir", "nowhere"));
        assertEquals("/data/inner", config.directory().toString());
    }

    @Test
    void rdmaIsRefusedAsByAServerBuiltWithoutIt() {
        assertEquals(
                "ERR CONFIG SET failed (possibly related to argument 'rdma-port') - No RDMA"
                        + " building support.",
                set("rdma-port", "1"));
        assertEquals("0", config.print(ConnectionParameters.RDMA_PORT));
    }

    @Test
    void anErrorIsOneLine() {
        assertEquals(
                "ERR Unknown option or number of arguments for CONFIG SET - 'a  b'",
                set("a\r\nb", "1"));
    }

    @Test
    void assignFromWithinIgnoresTraitsButTellsListeners() {
        List<String> heard = new ArrayList<>();
        config.onChange(ServerParameters.DATABASES, () -> heard.add("told"));
        config.assign(ServerParameters.DATABASES, "3");
        assertThrows(ConfigRejected.class, () -> config.assign(ServerParameters.DATABASES, "0"));
        assertEquals(3, config.intValue(ServerParameters.DATABASES));
        assertEquals(List.of("told"), heard);
    }

    @Test
    void passwordsAreSensitive() {
        assertTrue(config.isSensitive("MASTERAUTH"));
        assertTrue(config.isSensitive("requirepass"));
    }

    private void failOnFive() {
        if (config.intValue(ConnectionParameters.TIMEOUT) == 5) {
            throw new IllegalStateException("bug");
        }
    }

    private static void heardNothing() {
        throw new AssertionError("a listener acted on a value that was refused");
    }

    private String set(String... pairs) {
        return config.set(List.of(pairs), true, false);
    }
}
