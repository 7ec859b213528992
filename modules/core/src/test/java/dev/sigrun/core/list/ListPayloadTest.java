// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.DumpForge;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Payloads that a stranger made: what is wrong is refused, what is old or unusual is read. */
final class ListPayloadTest {
    private static final String REFUSED = "-ERR Bad data format";
    private static final int ELEMENTS = 1;
    private static final int ZIPLIST = 10;
    private static final int ZIPLISTS = 14;
    private static final int NODES = 18;
    private static final int PLAIN = 1;
    private static final int PACKED = 2;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient client;
    private String pattern;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
        client.call("RPUSH", "pattern", "x");
        pattern = client.ask("DUMP", "pattern").bulk();
    }

    private String restore(byte[]... parts) {
        String payload = DumpForge.seal(pattern, join(parts));
        return client.call("RESTORE", "k", "0", payload, "REPLACE");
    }

    /** The form and the elements of what was restored. */
    private String read(byte[]... parts) {
        assertEquals("+OK", restore(parts));
        String form = client.ask("OBJECT", "ENCODING", "k").bulk();
        List<Reply> elements = client.ask("LRANGE", "k", "0", "-1").items();
        return form + " " + elements.stream().map(Reply::bulk).toList();
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int index = 0; index < values.length; index++) {
            bytes[index] = (byte) values[index];
        }
        return bytes;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** A string of less than 16 KiB. */
    private static byte[] string(byte[] content) {
        int length = content.length;
        byte[] head = length < 64 ? bytes(length) : bytes(0x40 | length >> 8, length);
        return join(head, content);
    }

    /** A listpack of strings of less than 64 bytes. */
    private static byte[] listpack(String... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(0, 0, 0, 0, entries.length, 0));
        for (String entry : entries) {
            out.write(0x80 | entry.length());
            out.writeBytes(ascii(entry));
            out.write(entry.length() + 1);
        }
        out.write(0xff);
        return withLength(out.toByteArray());
    }

    /** A ziplist of strings of less than 64 bytes. */
    private static byte[] ziplist(String... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(0, 0, 0, 0, 0, 0, 0, 0, entries.length, 0));
        int last = out.size();
        int before = 0;
        for (String entry : entries) {
            last = out.size();
            out.write(before);
            out.write(entry.length());
            out.writeBytes(ascii(entry));
            before = entry.length() + 2;
        }
        out.write(0xff);
        byte[] content = withLength(out.toByteArray());
        content[4] = (byte) last;
        content[5] = (byte) (last >> 8);
        return content;
    }

    private static byte[] withLength(byte[] content) {
        content[0] = (byte) content.length;
        content[1] = (byte) (content.length >> 8);
        return content;
    }

    @Test
    void elementsOneByOneAreRead() {
        byte[] elements = bytes(ELEMENTS, 3, 1, 'a', 0, 2, '4', '2');
        assertEquals("listpack [a, , 42]", read(elements));
        byte[] large = string(ascii("x".repeat(9000)));
        String expected = "quicklist [a, " + "x".repeat(9000) + "]";
        assertEquals(expected, read(bytes(ELEMENTS, 2, 1, 'a'), large));
        assertEquals(REFUSED, restore(bytes(ELEMENTS, 3, 1, 'a', 1, 'b')));
    }

    @Test
    void ziplistsAreRead() {
        byte[] list = string(ziplist("a", "12", "012", ""));
        assertEquals("quicklist [a, 12, 012, ]", read(bytes(ZIPLIST), list));
        assertEquals("listpack [a, 12, 012, ]", read(bytes(ZIPLISTS, 1), list));
        byte[] other = string(ziplist("b"));
        byte[] empty = string(ziplist());
        assertEquals("quicklist [b, a, 12, 012, ]", read(bytes(ZIPLISTS, 2), other, list));
        assertEquals("listpack [b]", read(bytes(ZIPLISTS, 3), empty, other, empty));
        // The integers 5, 100 and -2 in the encodings that have 4, 8 and 24 bits for them.
        byte[] integers =
                join(
                        bytes(0, 0, 0, 0, 15, 0, 0, 0, 3, 0),
                        bytes(0, 0xf6, 2, 0xfe, 100, 3, 0xf0, 0xfe, 0xff, 0xff, 0xff));
        byte[] sealed = string(withLength(integers));
        assertEquals("listpack [5, 100, -2]", read(bytes(ZIPLISTS, 1), sealed));
    }

    @Test
    void nodesAreReadAsTheyAre() {
        byte[] one = string(listpack("a", "b"));
        byte[] two = string(listpack("c"));
        assertEquals("listpack [a, b]", read(bytes(NODES, 1, PACKED), one));
        byte[] packed = bytes(PACKED);
        assertEquals("quicklist [a, b, c]", read(bytes(NODES, 2, PACKED), one, packed, two));
        byte[] plain = bytes(PLAIN, 1, 'p');
        assertEquals("quicklist [p]", read(bytes(NODES, 1), plain));
        assertEquals("quicklist [c, p]", read(bytes(NODES, 2, PACKED), two, plain));
        assertEquals(":1", client.call("LPOS", "k", "p"));
        byte[] empty = string(listpack());
        assertEquals("listpack [c]", read(bytes(NODES, 2, PACKED), empty, packed, two));
    }

    @Test
    void digitsInAPayloadAreFoundAsTheNumberTheyAre() {
        read(bytes(NODES, 1, PACKED), string(listpack("12", "012")));
        assertEquals(":0", client.call("LPOS", "k", "12"));
        assertEquals(":1", client.call("LREM", "k", "0", "12"));
        assertEquals(":1", client.call("LREM", "k", "0", "012"));
        assertEquals(":0", client.call("EXISTS", "k"));
    }

    @Test
    void anEmptyListIsNoValue() {
        assertEquals(REFUSED, restore(bytes(ELEMENTS, 0)));
        assertEquals(REFUSED, restore(bytes(ZIPLIST), string(ziplist())));
        assertEquals(REFUSED, restore(bytes(ZIPLISTS, 0)));
        assertEquals(REFUSED, restore(bytes(ZIPLISTS, 1), string(ziplist())));
        assertEquals(REFUSED, restore(bytes(NODES, 0)));
        assertEquals(REFUSED, restore(bytes(NODES, 1, PACKED), string(listpack())));
        assertEquals(":0", client.call("EXISTS", "k"));
    }

    @Test
    void damagedNodesAreRefused() {
        byte[] one = string(listpack("a", "b"));
        assertEquals(REFUSED, restore(bytes(NODES, 2, PACKED), one));
        assertEquals(REFUSED, restore(bytes(NODES, 1, 3), one));
        assertEquals(REFUSED, restore(bytes(NODES, 1, 0), one));
        assertEquals(REFUSED, restore(bytes(NODES, 1, PLAIN, 0)));
        assertEquals(REFUSED, restore(bytes(NODES, 1, PACKED, 0)));
        byte[] wrongCount = listpack("a", "b");
        wrongCount[4] = 3;
        assertEquals(REFUSED, restore(bytes(NODES, 1, PACKED), string(wrongCount)));
        byte[] wrongBack = listpack("a", "b");
        wrongBack[wrongBack.length - 2] = 3;
        assertEquals(
                REFUSED, restore(bytes(NODES, 2, PACKED), one, bytes(PACKED), string(wrongBack)));
        byte[] wrongTail = ziplist("a", "b");
        wrongTail[4]++;
        assertEquals(REFUSED, restore(bytes(ZIPLIST), string(wrongTail)));
        assertEquals(REFUSED, restore(bytes(ZIPLISTS, 1), string(wrongTail)));
        byte[] huge = bytes(NODES, 0x81, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2, 1);
        assertEquals(REFUSED, restore(huge));
        assertEquals(":0", client.call("EXISTS", "k"));
    }

    @Test
    void aListpackThatIsMuchTooLargeBecomesSeveralNodes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // The header's number of entries says that they are too many for it.
        out.writeBytes(bytes(0, 0, 0, 0, 0xff, 0xff));
        for (int index = 0; index < 2000; index++) {
            out.writeBytes(bytes(0x80 | 60));
            out.writeBytes(ascii("%060d".formatted(index)));
            out.write(61);
        }
        out.write(0xff);
        byte[] content = out.toByteArray();
        content[0] = (byte) content.length;
        content[1] = (byte) (content.length >> 8);
        content[2] = (byte) (content.length >> 16);
        byte[] length = bytes(0x80, 0, content.length >> 16, content.length >> 8, content.length);
        assertEquals("+OK", restore(bytes(NODES, 1, PACKED), length, content));
        assertEquals(":2000", client.call("LLEN", "k"));
        assertEquals("$\"" + "%060d".formatted(1234) + "\"", client.call("LINDEX", "k", "1234"));
        assertEquals(":1999", client.call("LPOS", "k", "%060d".formatted(1999)));
    }
}
