// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.DumpForge;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Payloads that a stranger made: what is wrong is refused, what is unusual is read. */
final class SetPayloadTest {
    private static final String REFUSED = "-ERR Bad data format";
    private static final int MEMBERS = 2;
    private static final int INTEGERS = 11;
    private static final int PACKED = 20;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient client;
    private String pattern;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
        client.call("SADD", "pattern", "x");
        pattern = client.ask("DUMP", "pattern").bulk();
    }

    private String restore(int type, byte[] content) {
        byte[] body = new byte[content.length + 1];
        body[0] = (byte) type;
        System.arraycopy(content, 0, body, 1, content.length);
        return client.call("RESTORE", "k", "0", DumpForge.seal(pattern, body), "REPLACE");
    }

    /** The members one by one, after a number that may be another one. */
    private static byte[] members(int count, String... members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(count);
        for (String member : members) {
            out.write(member.length());
            out.writeBytes(member.getBytes(StandardCharsets.ISO_8859_1));
        }
        return out.toByteArray();
    }

    private static byte[] string(byte[] content) {
        byte[] string = new byte[content.length + 1];
        string[0] = (byte) content.length;
        System.arraycopy(content, 0, string, 1, content.length);
        return string;
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int index = 0; index < values.length; index++) {
            bytes[index] = (byte) values[index];
        }
        return bytes;
    }

    /** A listpack of strings of less than 64 bytes. */
    private static byte[] listpack(String... entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(bytes(0, 0, 0, 0, entries.length, 0));
        for (String entry : entries) {
            out.write(0x80 | entry.length());
            out.writeBytes(entry.getBytes(StandardCharsets.ISO_8859_1));
            out.write(entry.length() + 1);
        }
        out.write(0xff);
        byte[] content = out.toByteArray();
        content[0] = (byte) content.length;
        return string(content);
    }

    private String sorted() {
        TreeSet<String> members = new TreeSet<>();
        client.ask("SMEMBERS", "k").items().forEach(item -> members.add(item.bulk()));
        return client.ask("OBJECT", "ENCODING", "k").bulk() + " " + members;
    }

    @Test
    void membersOneByOneMakeTheSmallestForm() {
        assertEquals("+OK", restore(MEMBERS, members(3, "3", "1", "2")));
        assertEquals("intset [1, 2, 3]", sorted());
        assertEquals("+OK", restore(MEMBERS, members(3, "3", "a", "1")));
        assertEquals("listpack [1, 3, a]", sorted());
        assertEquals("+OK", restore(MEMBERS, members(2, "3", "y".repeat(63))));
        assertEquals("listpack [3, " + "y".repeat(63) + "]", sorted());
        assertEquals("+OK", restore(MEMBERS, members(1, "")));
        assertEquals("listpack []", sorted());
    }

    @Test
    void membersThatComeTwiceAreRefused() {
        assertEquals(REFUSED, restore(MEMBERS, members(2, "a", "a")));
        assertEquals(REFUSED, restore(MEMBERS, members(3, "1", "2", "1")));
        assertEquals(REFUSED, restore(MEMBERS, members(4, "1", "b", "2", "1")));
        // The second is the number 1 in one byte, which stands for the same string.
        assertEquals(REFUSED, restore(MEMBERS, bytes(2, 1, '1', 0xc0, 1)));
        assertEquals(REFUSED, restore(PACKED, listpack("a", "b", "a")));
        // The entry 1 as a number, and as a string that says the same.
        byte[] mixed = bytes(12, 12, 0, 0, 0, 2, 0, 1, 1, 0x81, '1', 2, 0xff);
        assertEquals(REFUSED, restore(PACKED, mixed));
    }

    @Test
    void anEmptySetIsNoValue() {
        assertEquals(REFUSED, restore(MEMBERS, members(0)));
        assertEquals(REFUSED, restore(PACKED, listpack()));
        assertEquals(REFUSED, restore(INTEGERS, string(bytes(2, 0, 0, 0, 0, 0, 0, 0))));
        assertEquals(":0", client.call("EXISTS", "k"));
    }

    @Test
    void aNumberOfMembersThatIsNotThereIsRefused() {
        assertEquals(REFUSED, restore(MEMBERS, members(2, "a")));
        assertEquals(REFUSED, restore(MEMBERS, members(63)));
        byte[] huge = bytes(0x81, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 'a');
        assertEquals(REFUSED, restore(MEMBERS, huge));
        assertEquals(":0", client.call("EXISTS", "k"));
    }

    @Test
    void integersOutOfOrderAreRefused() {
        assertEquals("+OK", restore(INTEGERS, string(bytes(2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 2, 0))));
        assertEquals("intset [1, 2]", sorted());
        assertEquals(REFUSED, restore(INTEGERS, string(bytes(2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 1, 0))));
        assertEquals(REFUSED, restore(INTEGERS, string(bytes(2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 1, 0))));
        assertEquals(REFUSED, restore(INTEGERS, string(bytes(3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1))));
        assertEquals(REFUSED, restore(INTEGERS, string(bytes(2, 0, 0, 0, 3, 0, 0, 0, 1, 0, 2, 0))));
    }

    @Test
    void digitsInAListpackAreIntegersToo() {
        assertEquals("+OK", restore(PACKED, listpack("12", "a", "012")));
        assertEquals("listpack [012, 12, a]", sorted());
        assertEquals(":1", client.call("SISMEMBER", "k", "12"));
        assertEquals(":0", client.call("SADD", "k", "12"));
        assertEquals(":1", client.call("SREM", "k", "12"));
    }

    @Test
    void whatIsTooLargeForItsFormBecomesATable() {
        SERVER.set("set-max-listpack-entries", "2");
        SERVER.set("set-max-intset-entries", "1");
        try {
            assertEquals("+OK", restore(PACKED, listpack("a", "b", "c")));
            assertEquals("hashtable [a, b, c]", sorted());
            assertEquals(REFUSED, restore(PACKED, listpack("a", "b", "a")));
            byte[] integers = string(bytes(2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 2, 0));
            assertEquals("+OK", restore(INTEGERS, integers));
            assertEquals("hashtable [1, 2]", sorted());
            assertEquals("+OK", restore(MEMBERS, members(2, "1", "2")));
            assertEquals("hashtable [1, 2]", sorted());
            assertEquals(REFUSED, restore(MEMBERS, members(3, "1", "2", "1")));
        } finally {
            SERVER.set("set-max-listpack-entries", "128");
            SERVER.set("set-max-intset-entries", "512");
        }
    }
}
