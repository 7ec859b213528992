// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.DumpForge;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Payloads of all types in all layouts, damaged in all ways: each is refused with one of three
 * texts and leaves no key, or it makes a value that all commands of its type can work with. The
 * server fails the test when it logs an error; what the memory's checks find is one.
 */
final class RestoreFuzzTest {
    private static final String BAD_CHECKSUM = "-ERR DUMP payload version or checksum are wrong";
    private static final String BAD_FORMAT = "-ERR Bad data format";
    private static final List<String> REFUSALS =
            List.of(BAD_CHECKSUM, BAD_FORMAT, "-ERR Unsupported foreign data type");
    private static final int ATTEMPTS = 2500;

    /** What is done to a value of a type, in this order; the last words empty it. */
    private static final Map<String, List<String>> TRIALS =
            Map.of(
                    "string",
                    List.of("GET k", "PFCOUNT k", "PFADD k x", "BITCOUNT k", "APPEND k x"),
                    "list",
                    List.of(
                            "LRANGE k 0 -1",
                            "LPOS k a RANK -1 COUNT 0",
                            "LSET k 0 x",
                            "LINSERT k AFTER b y",
                            "LREM k 0 a",
                            "SORT k ALPHA",
                            "LPUSH k z",
                            "LTRIM k 1 -2",
                            "LPOP k 100"),
                    "set",
                    List.of(
                            "SMEMBERS k",
                            "SRANDMEMBER k -5",
                            "SISMEMBER k 1",
                            "SADD k 1 new",
                            "SSCAN k 0",
                            "SREM k a 1",
                            "SUNIONSTORE d k",
                            "SPOP k 100"),
                    "hash",
                    List.of(
                            "HGETALL k",
                            "HRANDFIELD k -5 WITHVALUES",
                            "HSET k a 1 new 2",
                            "HINCRBY k a 1",
                            "HPTTL k FIELDS 1 a",
                            "HPEXPIRE k 100000 FIELDS 2 a b",
                            "HPERSIST k FIELDS 1 b",
                            "HSCAN k 0",
                            "HDEL k a",
                            "HGETDEL k FIELDS 1 b"),
                    "zset",
                    List.of(
                            "ZRANGE k 0 -1 WITHSCORES",
                            "ZRANGEBYSCORE k -inf +inf",
                            "ZRANK k a",
                            "ZRANDMEMBER k -5",
                            "ZADD k 5 a 6 new",
                            "ZINCRBY k 1 b",
                            "ZCOUNT k 1 9",
                            "GEOPOS k a",
                            "ZUNIONSTORE d 1 k",
                            "ZREM k a",
                            "ZPOPMIN k 100"),
                    "stream",
                    List.of(
                            "XRANGE k - +",
                            "XINFO STREAM k FULL",
                            "XPENDING k g - + 10",
                            "XREADGROUP GROUP g c STREAMS k 0",
                            "XAUTOCLAIM k g d 0 0",
                            "XADD k * a 1",
                            "XTRIM k MAXLEN 1"));

    @RegisterExtension
    static final SigrunServer SERVER = SigrunServer.withConfig("--enable-debug-command", "yes");

    private final List<String> payloads = new ArrayList<>();
    private RespClient client;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
        String text = "abcdefgh".repeat(9);
        payload("SET k hello");
        payload("SET k 123");
        payload("SET k " + text.repeat(5));
        payload("PFADD k a b c");
        payload("RPUSH k a b 1 -70000 " + text);
        payload("RPUSH k a b " + "x".repeat(9000));
        payload("SADD k 1 2 70000");
        payload("SADD k a b 1");
        payload("SADD k a b " + text);
        payload("HSET k a 1 b 2 c " + text.substring(10));
        payload("HSET k a 1 b " + text);
        payload("HSET k a 1 b 2 c 3", "HPEXPIREAT k 4000000000000 FIELDS 1 a");
        payload("ZADD k 1 a 2.5 b inf c");
        payload("ZADD k 1 a 2.5 b -inf " + text);
        payload("GEOADD k 13 38 a 15 37 b");
        payload(
                "XADD k 1-1 a 1",
                "XADD k 1-2 b 2 c 3",
                "XGROUP CREATE k g 0",
                "XREADGROUP GROUP g c COUNT 1 STREAMS k >",
                "XDEL k 1-1");
        payloads.addAll(OlderPayloads.all(payloads.getFirst()));
        SERVER.flush();
    }

    private void payload(String... commands) {
        client.call("DEL", "k");
        for (String command : commands) {
            client.run(command);
        }
        payloads.add(client.ask("DUMP", "k").bulk());
    }

    /** The type of what was restored, or null when the payload was refused and there is no key. */
    private String restore(String payload) {
        List<Reply> replies =
                client.pipeline(
                        List.of(List.of("RESTORE", "k", "0", payload), List.of("TYPE", "k")));
        String reply = replies.getFirst().toString();
        String type = replies.getLast().text();
        if (!reply.equals("+OK")) {
            assertTrue(REFUSALS.contains(reply), reply);
            assertEquals("none", type);
            return null;
        }
        return type;
    }

    /** Works with the value and removes it. */
    private void use(String type) {
        List<List<String>> commands = new ArrayList<>();
        commands.add(List.of("DEBUG", "DIGEST-VALUE", "k"));
        commands.add(List.of("OBJECT", "ENCODING", "k"));
        commands.add(List.of("MEMORY", "USAGE", "k"));
        commands.add(List.of("COPY", "k", "copy", "REPLACE"));
        TRIALS.get(type).forEach(trial -> commands.add(List.of(trial.split(" "))));
        commands.add(List.of("DEBUG", "DIGEST-VALUE", "k", "copy"));
        commands.add(List.of("DEL", "k", "copy", "d"));
        List<Reply> replies = client.pipeline(commands);
        for (int i = 0; i < replies.size(); i++) {
            String reply = replies.get(i).toString();
            List<String> command = commands.get(i);
            assertFalse(reply.contains("internal error"), () -> command + ": " + reply);
        }
    }

    private boolean tryOut(String payload) {
        String type = restore(payload);
        if (type == null) {
            return false;
        }
        use(type);
        return true;
    }

    @Test
    void eachPayloadIsTakenAsItIs() {
        for (String payload : payloads) {
            assertTrue(tryOut(payload), () -> "type " + (int) payload.charAt(0));
        }
        assertEquals(0, SERVER.leftBytes());
    }

    @Test
    void everyTypeByteInFrontOfEveryBody() {
        for (String payload : payloads) {
            byte[] body = DumpForge.body(payload);
            for (int type = 0; type < 256; type++) {
                body[0] = (byte) type;
                tryOut(DumpForge.seal(payload, body));
            }
        }
        assertEquals(0, SERVER.leftBytes());
    }

    @Test
    void everyTypeByteAlone() {
        for (int type = 0; type < 256; type++) {
            byte[] body = {(byte) type};
            assertFalse(tryOut(DumpForge.seal(payloads.getFirst(), body)));
        }
    }

    @Test
    void aChecksumThatIsWrongInAnyBitIsRefused() {
        for (String payload : payloads) {
            for (int at = payload.length() - 8; at < payload.length(); at++) {
                for (int bit = 0; bit < Byte.SIZE; bit++) {
                    char[] damaged = payload.toCharArray();
                    damaged[at] ^= (char) (1 << bit);
                    String text = new String(damaged);
                    assertEquals(BAD_CHECKSUM, client.call("RESTORE", "k", "0", text));
                }
            }
        }
    }

    @Test
    void aPayloadCutOffWithoutANewChecksumIsRefused() {
        for (String payload : payloads) {
            int step = payload.length() / 300 + 1;
            for (int length = 0; length < payload.length(); length += step) {
                String cut = payload.substring(0, length);
                assertEquals(BAD_CHECKSUM, client.call("RESTORE", "k", "0", cut));
            }
        }
    }

    @Test
    void bytesOfABodyChangedAtRandom() {
        long seed = Long.getLong("sigrun.test.seed", 20_261_123);
        System.out.println("RestoreFuzzTest: -Dsigrun.test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        int taken = 0;
        for (int i = 0; i < ATTEMPTS; i++) {
            String payload = payloads.get(i % payloads.size());
            byte[] body = DumpForge.body(payload);
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                int at = random.nextInt(1, Math.min(body.length, 300));
                body[at] =
                        (byte)
                                switch (random.nextInt(4)) {
                                    case 0 -> body[at] ^ 1 << random.nextInt(8);
                                    case 1 -> body[at] + random.nextInt(-2, 3);
                                    case 2 -> 0xff;
                                    default -> random.nextInt(256);
                                };
            }
            if (tryOut(DumpForge.seal(payload, body))) {
                taken++;
            }
        }
        assertFalse(taken < ATTEMPTS / 50, "too few payloads were taken: " + taken);
        assertEquals(0, SERVER.leftBytes());
    }

    @Test
    void aRefusedPayloadKeepsWhatItWouldHaveReplaced() {
        client.call("SET", "k", "v", "PXAT", "4000000000000");
        for (String payload : payloads) {
            String cut = DumpForge.truncate(payload, DumpForge.body(payload).length - 1);
            String reply = client.call("RESTORE", "k", "0", cut, "REPLACE");
            assertTrue(REFUSALS.contains(reply), reply);
            assertEquals("$\"v\"", client.call("GET", "k"));
            assertEquals(":4000000000000", client.call("PEXPIRETIME", "k"));
        }
    }
}
