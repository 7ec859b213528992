// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.DumpForge;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Payloads that a stranger made: what is wrong is refused, what is unusual is read. */
final class SortedSetPayloadTest {
    private static final String REFUSED = "-ERR Bad data format";
    private static final int TEXTS = 3;
    private static final int DOUBLES = 5;
    private static final int ZIPLIST = 12;
    private static final int LISTPACK = 17;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private RespClient client;
    private String pattern;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
        client.call("ZADD", "pattern", "1", "x");
        pattern = client.ask("DUMP", "pattern").bulk();
    }

    @AfterEach
    void usualLimits() {
        SERVER.set("zset-max-listpack-entries", "128");
    }

    private String restore(int type, byte[] content) {
        byte[] body = new byte[content.length + 1];
        body[0] = (byte) type;
        System.arraycopy(content, 0, body, 1, content.length);
        return client.call("RESTORE", "k", "0", DumpForge.seal(pattern, body), "REPLACE");
    }

    private void assertRefused(int type, byte[] content) {
        client.call("DEL", "k");
        assertEquals(REFUSED, restore(type, content));
        assertEquals(":0", client.call("EXISTS", "k"));
    }

    private void assertReads(String expected, int type, byte[] content) {
        assertEquals("+OK", restore(type, content));
        String encoding = client.ask("OBJECT", "ENCODING", "k").bulk();
        String members =
                client.ask("ZRANGE", "k", "0", "-1", "WITHSCORES").items().stream()
                        .map(item -> item.items().isEmpty() ? item.bulk() : item.toString())
                        .collect(Collectors.joining(" "));
        assertEquals(expected, encoding + " " + members);
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int index = 0; index < values.length; index++) {
            bytes[index] = (byte) values[index];
        }
        return bytes;
    }

    private void string(String text) {
        out.write(text.length());
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Members with a double each, in turns. */
    private byte[] doubles(Object... membersAndScores) {
        out.reset();
        out.write(membersAndScores.length / 2);
        for (int i = 0; i < membersAndScores.length; i += 2) {
            string((String) membersAndScores[i]);
            ByteBuffer score = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
            out.writeBytes(
                    score.putDouble(((Number) membersAndScores[i + 1]).doubleValue()).array());
        }
        return out.toByteArray();
    }

    /** Members with a text each, in turns; a number stands for a length without a text. */
    private byte[] texts(Object... membersAndScores) {
        out.reset();
        out.write(membersAndScores.length / 2);
        for (int i = 0; i < membersAndScores.length; i += 2) {
            string((String) membersAndScores[i]);
            if (membersAndScores[i + 1] instanceof Integer length) {
                out.write(length);
            } else {
                string((String) membersAndScores[i + 1]);
            }
        }
        return out.toByteArray();
    }

    /** A listpack of strings of less than 64 bytes. */
    private byte[] listpack(String... entries) {
        out.reset();
        out.writeBytes(bytes(0, 0, 0, 0, entries.length, 0));
        for (String entry : entries) {
            out.write(0x80 | entry.length());
            out.writeBytes(entry.getBytes(StandardCharsets.ISO_8859_1));
            out.write(entry.length() + 1);
        }
        out.write(0xff);
        return whole();
    }

    private byte[] whole() {
        byte[] content = out.toByteArray();
        ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(0, content.length);
        out.reset();
        out.writeBytes(bytes(0x40 | content.length >> 8, content.length));
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** A ziplist of strings of less than 64 bytes. */
    private byte[] ziplist(String... entries) {
        out.reset();
        out.writeBytes(new byte[10]);
        int previous = 0;
        int last = 10;
        for (String entry : entries) {
            last = out.size();
            out.writeBytes(bytes(previous, entry.length()));
            out.writeBytes(entry.getBytes(StandardCharsets.ISO_8859_1));
            previous = 2 + entry.length();
        }
        out.write(0xff);
        byte[] content = out.toByteArray();
        ByteBuffer header = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0, content.length).putInt(4, last).putShort(8, (short) entries.length);
        out.reset();
        out.writeBytes(content);
        return whole();
    }

    @Test
    void doublesAreReadInAnyOrder() {
        byte[] payload = doubles("b", 2, "a", 1, "c", Double.POSITIVE_INFINITY, "", -0.5);
        assertReads("listpack  -0.5 a 1 b 2 c inf", DOUBLES, payload);
        payload = doubles("b", 2, "y".repeat(63), 0.1, "a", Double.NEGATIVE_INFINITY);
        assertReads("listpack a -inf " + "y".repeat(63) + " 0.1 b 2", DOUBLES, payload);
        SERVER.set("zset-max-listpack-entries", "1");
        assertReads("skiplist a 1 b 2", DOUBLES, doubles("b", 2, "a", 1));
    }

    @Test
    void oldTextsAreRead() {
        byte[] payload =
                texts("b", "2.5", "a", "1e3", "c", 254, "d", 255, "e", "0.10000000000000001");
        assertReads("listpack d -inf e 0.1 b 2.5 a 1000 c inf", TEXTS, payload);
        assertRefused(TEXTS, texts("a", 253));
        assertRefused(TEXTS, texts("a", 0));
        assertRefused(TEXTS, texts("a", "nan"));
        assertRefused(TEXTS, texts("a", "x"));
        assertRefused(TEXTS, texts("a", "1x"));
        assertRefused(TEXTS, texts("a", 9));
    }

    @Test
    void packedPairsAreReadInAnyOrder() {
        assertReads("listpack a 1 b 2", LISTPACK, listpack("b", "2", "a", "1"));
        assertReads("listpack 12 -inf 7 1.5", LISTPACK, listpack("7", "1.5", "12", "-inf"));
        assertReads("listpack a 1 b 2", ZIPLIST, ziplist("b", "2", "a", "1"));
        SERVER.set("zset-max-listpack-entries", "1");
        assertReads("skiplist a 1 b 2", LISTPACK, listpack("a", "1", "b", "2"));
        assertReads("skiplist a 1 b 2", ZIPLIST, ziplist("a", "1", "b", "2"));
    }

    @Test
    void membersThatComeTwiceAreRefused() {
        assertRefused(DOUBLES, doubles("a", 1, "b", 2, "a", 3));
        assertRefused(DOUBLES, doubles("a", 1, "a", 1));
        assertRefused(TEXTS, texts("a", "1", "a", "2"));
        assertRefused(LISTPACK, listpack("a", "1", "a", "2"));
        assertRefused(ZIPLIST, ziplist("a", "1", "b", "2", "a", "2"));
        // The entry 1 as a number, and as a string that says the same.
        byte[] mixed = bytes(16, 16, 0, 0, 0, 4, 0, 1, 1, 5, 1, 0x81, '1', 2, 6, 1, 0xff);
        mixed[1] = (byte) (mixed.length - 1);
        mixed[0] = (byte) (mixed.length - 1);
        assertRefused(LISTPACK, mixed);
    }

    @Test
    void scoresThatAreNotANumberAreRefused() {
        assertRefused(DOUBLES, doubles("a", 1, "b", Double.NaN));
        assertRefused(LISTPACK, listpack("a", "nan"));
        assertRefused(LISTPACK, listpack("a", "b"));
        assertRefused(LISTPACK, listpack("a", ""));
        assertRefused(ZIPLIST, ziplist("a", "NaN"));
    }

    @Test
    void anEmptySetIsNoValue() {
        assertRefused(DOUBLES, doubles());
        assertRefused(TEXTS, texts());
        assertRefused(LISTPACK, listpack());
        assertRefused(ZIPLIST, ziplist());
    }

    @Test
    void halfAPairIsRefused() {
        assertRefused(LISTPACK, listpack("a"));
        assertRefused(LISTPACK, listpack("a", "1", "b"));
        assertRefused(ZIPLIST, ziplist("a", "1", "b"));
    }

    @Test
    void aNumberOfMembersThatIsNotThereIsRefused() {
        byte[] payload = doubles("a", 1);
        payload[0] = 2;
        assertRefused(DOUBLES, payload);
        byte[] huge = bytes(0x81, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 'a', 1, '1');
        assertRefused(DOUBLES, huge);
        assertRefused(TEXTS, huge);
    }

    @Test
    void manyPackedPairsAreReadInTime() {
        SERVER.set("zset-max-listpack-entries", "50000");
        for (int from = 0; from < 20_000; from += 2000) {
            String[] command = new String[2 + 2 * 2000];
            command[0] = "ZADD";
            command[1] = "big";
            for (int i = 0; i < 2000; i++) {
                command[2 + 2 * i] = Integer.toString(from + i);
                command[3 + 2 * i] = "m" + (from + i);
            }
            SERVER.set("zset-max-listpack-entries", "128");
            client.ask(command);
        }
        SERVER.set("zset-max-listpack-entries", "50000");
        assertEquals("+OK", client.call("RENAME", "big", "k"));
        String payload = client.ask("DUMP", "k").bulk();
        assertEquals("+OK", client.call("RESTORE", "k", "0", payload, "REPLACE"));
        assertEquals("$\"listpack\"", client.call("OBJECT", "ENCODING", "k"));
        payload = client.ask("DUMP", "k").bulk();
        assertEquals("+OK", client.call("RESTORE", "k", "0", payload, "REPLACE"));
        assertEquals(":20000", client.call("ZCARD", "k"));
        assertEquals(":19999", client.call("ZRANK", "k", "m19999"));
        assertEquals("$\"listpack\"", client.call("OBJECT", "ENCODING", "k"));
    }
}
