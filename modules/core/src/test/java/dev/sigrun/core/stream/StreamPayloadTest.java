// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Payloads of streams: those of the reference server, older ones, and those made by strangers. */
final class StreamPayloadTest {
    private static final String REFUSED = "-ERR Bad data format";
    private static final int PLAIN = 15;
    private static final int COUNTED = 19;
    private static final int WITH_ACTIVE_TIME = 21;

    /** The entries 1-1, with the field {@code a}, and 1-2, with {@code a} and {@code b}. */
    private static final byte[] TWO_ENTRIES =
            StreamPayload.listpack(
                    2, 0, 1, "a", 0, 2, 0, 0, "x", 4, 0, 0, 1, 2, "a", 7, "b", "y", 8);

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock();

    private RespClient client;
    private String pattern;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
        client.call("XADD", "pattern", "1-1", "a", "1");
        pattern = client.ask("DUMP", "pattern").bulk();
    }

    private static String text(String hexadecimal) {
        return new String(HexFormat.of().parseHex(hexadecimal), StandardCharsets.ISO_8859_1);
    }

    private StreamPayload payload(int layout) {
        return new StreamPayload(pattern, layout);
    }

    private void assertRefused(StreamPayload payload) {
        long before = SERVER.usedBytes();
        assertEquals(REFUSED, client.call("RESTORE", "k", "0", payload.seal()));
        assertEquals(before, SERVER.usedBytes(), "nothing is left");
    }

    private void assertTaken(StreamPayload payload) {
        assertEquals("+OK", client.call("RESTORE", "k", "0", payload.seal(), "REPLACE"));
    }

    private void assertDump(String hexadecimal, String... commands) {
        client.call("DEL", "k");
        for (String command : commands) {
            client.run(command);
        }
        String reference = text(hexadecimal);
        assertEquals(reference, client.ask("DUMP", "k").bulk(), () -> List.of(commands).toString());
        assertEquals("+OK", client.call("RESTORE", "k", "0", reference, "REPLACE"));
        assertEquals(reference, client.ask("DUMP", "k").bulk());
    }

    @Test
    void theSameCommandsMakeTheBytesThatTheReferenceServerMakes() {
        assertDump(
                "150110000000000000000100000000000000011c1c0000000a0001010001010181610200"
                        + "0102010001000101010401ff01010101010000010050002a04cd54a3b4da4e",
                "XADD k 1-1 a 1");
        assertDump(
                "150110ffffffffffffffff00000000000000011d1d0000000a0001010001010181660200"
                        + "010201000100018176020401ff0181ffffffffffffffff0181ffffffffffffff"
                        + "ff010000010050006651629306a968f3",
                "XADD k 18446744073709551615-1 f v");
        assertDump(
                "1501100000000000000005000000000000000036360000001100010101010101"
                        + "8474656d70050001020100010001dff90204010101c37f024d0101018477696e"
                        + "6405f2701101040601ff014384404d05004384404d020050007b5fb88ccc8955"
                        + "4a",
                "XADD k 5-0 temp -7",
                "XADD k 900-77 wind 70000",
                "XDEL k 900-77");
        assertDump(
                "1501100000000000000005000000000000000040494900000016000201010101"
                        + "018474656d70050001030100010001dff90204010201c37f02c30202f2701101"
                        + "0404010001f28b5f0104030101018477696e64058568656c6c6f060601ff0280"
                        + "00015f9003438443020500030050009a487042f16bb23a",
                "XADD k 5-0 temp -7",
                "XADD k 900-770 temp 70000",
                "XADD k 90000-3 wind hello",
                "XDEL k 5-0");
        assertDump("15000005000000050001005000a090ce438888c258", "XADD k 5-0 a 1", "XDEL k 5-0");
    }

    @Test
    void whatConsumersHaveComesBackAsItWas() {
        String reference =
                text(
                        "150110000000000000000100000000000000011c1c0000000a00010100010101"
                                + "816102000102010001000101010401ff0101010101000001020167000081ffff"
                                + "ffffffffffff01000000000000000100000000000000010068e5cf8b01000003"
                                + "020163681e1c09a2010000681e1c09a201000001000000000000000100000000"
                                + "000000010164681e1c09a2010000ffffffffffffffff000168010281ffffffff"
                                + "ffffffff0000500024033124a9c51d20");
        assertEquals("+OK", client.call("RESTORE", "k", "0", reference));
        assertEquals(reference, client.ask("DUMP", "k").bulk());
        assertEquals(
                "*[*[$\"1-1\", $\"c\", :0, :3]]", client.call("XPENDING", "k", "g", "-", "+", "9"));
        assertEquals(":1", client.call("XACK", "k", "g", "1-1"));
    }

    // ---- older layouts ----

    @Test
    void theFirstLayoutIsCompletedFromWhatIsInTheNodes() {
        assertTaken(
                payload(PLAIN)
                        .lengths(1)
                        .node(1, 1, TWO_ENTRIES)
                        .lengths(2, 5, 6)
                        .lengths(2)
                        .text("behind")
                        .lengths(1, 1)
                        .lengths(1)
                        .id(1, 1)
                        .time(70)
                        .lengths(4)
                        .lengths(1)
                        .text("c")
                        .time(80)
                        .lengths(1)
                        .id(1, 1)
                        .text("end")
                        .lengths(5, 6)
                        .lengths(0, 0));
        assertEquals(
                "*[*[$\"1-1\", *[$\"a\", $\"x\"]],"
                        + " *[$\"1-2\", *[$\"a\", $\"7\", $\"b\", $\"y\"]]]",
                client.call("XRANGE", "k", "-", "+"));
        List<String> numbers =
                client.ask("XINFO", "STREAM", "k").items().stream().map(Object::toString).toList();
        assertEquals("$\"5-6\"", numbers.get(7), "last-generated-id");
        assertEquals("$\"0-0\"", numbers.get(9), "max-deleted-entry-id");
        assertEquals(":2", numbers.get(11), "entries-added");
        assertEquals("$\"1-1\"", numbers.get(13), "recorded-first-entry-id");
        assertEquals(
                "*[*[$\"name\", $\"behind\", $\"consumers\", :1, $\"pending\", :1,"
                        + " $\"last-delivered-id\", $\"1-1\", $\"entries-read\", :1, $\"lag\", :1],"
                        + " *[$\"name\", $\"end\", $\"consumers\", :0, $\"pending\", :0,"
                        + " $\"last-delivered-id\", $\"5-6\", $\"entries-read\", :2,"
                        + " $\"lag\", :0]]",
                client.call("XINFO", "GROUPS", "k"));
        assertEquals(
                "*[*[$\"name\", $\"c\", $\"seen-time\", :80, $\"active-time\", :80,"
                        + " $\"pel-count\", :1, $\"pending\", *[*[$\"1-1\", :70, :4]]]]",
                consumersOfFirstGroup());
    }

    private String consumersOfFirstGroup() {
        return client.ask("XINFO", "STREAM", "k", "FULL")
                .items()
                .getLast()
                .items()
                .getFirst()
                .items()
                .getLast()
                .toString();
    }

    @Test
    void theSecondLayoutHasNoTimeOfActivity() {
        assertTaken(
                payload(COUNTED)
                        .lengths(1)
                        .node(1, 1, TWO_ENTRIES)
                        .lengths(2, 5, 6, 1, 1, 0, 9, 20)
                        .lengths(1)
                        .text("g")
                        .lengths(1, 1, 19)
                        .lengths(0)
                        .lengths(1)
                        .text("c")
                        .time(80)
                        .lengths(0));
        assertEquals(
                "*[*[$\"name\", $\"c\", $\"seen-time\", :80, $\"active-time\", :80,"
                        + " $\"pel-count\", :0, $\"pending\", *[]]]",
                consumersOfFirstGroup());
        assertEquals(
                "*[*[$\"name\", $\"g\", $\"consumers\", :1, $\"pending\", :0,"
                        + " $\"last-delivered-id\", $\"1-1\", $\"entries-read\", :19,"
                        + " $\"lag\", :1]]",
                client.call("XINFO", "GROUPS", "k"));
    }

    // ---- nodes that are none ----

    private void assertNode(boolean sound, int length, Object... elements) {
        StreamPayload payload =
                payload(WITH_ACTIVE_TIME)
                        .lengths(1)
                        .node(1, 1, StreamPayload.listpack(elements))
                        .lengths(length, 5, 6, 1, 1, 0, 0, 2, 0);
        if (sound) {
            assertTaken(payload);
        } else {
            assertRefused(payload);
        }
        client.call("DEL", "k");
    }

    @Test
    void aNodeIsCheckedEntryByEntry() {
        assertNode(true, 1, 1, 0, 1, "a", 0, 2, 0, 0, "x", 4);
        assertNode(true, 0, 0, 1, 1, "a", 0, 3, 0, 0, "x", 4);
        assertNode(true, 0, 0, 0, 1, "a", 0);
        assertNode(true, 1, 1, 0, 0, 0, 2, 0, 0, 3);
        assertNode(true, 1, 1, 0, 0, 0, 0, 0, 0, 0, 4);
        // The counts.
        assertNode(false, 2, 2, 0, 1, "a", 0, 2, 0, 0, "x", 4);
        assertNode(false, 0, 0, 1, 1, "a", 0, 2, 0, 0, "x", 4);
        assertNode(false, 1, 1, 0, 1, "a", 0, 3, 0, 0, "x", 4);
        assertNode(false, 1, "1", 0, 1, "a", 0, 2, 0, 0, "x", 4);
        // The fields of the first entry.
        assertNode(false, 1, 1, 0, 2, "a", 0, 2, 0, 0, "x", 4);
        assertNode(false, 1, 1, 0, 1, "a", 1, 2, 0, 0, "x", 4);
        assertNode(false, 1, 1, 0, 1, "a", "0", 2, 0, 0, "x", 4);
        assertNode(false, 1, 1, 0, 127, "a", 0, 2, 0, 0, "x", 4);
        // The entry.
        assertNode(false, 1, 1, 0, 1, "a", 0, "2", 0, 0, "x", 4);
        assertNode(false, 1, 1, 0, 1, "a", 0, 2, "0", 0, "x", 4);
        assertNode(false, 1, 1, 0, 1, "a", 0, 2, 0, "0", "x", 4);
        assertNode(false, 1, 1, 0, 1, "a", 0, 2, 0, 0, "x", 5);
        assertNode(false, 1, 1, 0, 1, "a", 0, 2, 0, 0, "x", "4");
        assertNode(false, 1, 1, 0, 1, "a", 0, 2, 0, 0, "x");
        assertNode(false, 1, 1, 0, 1, "a", 0, 2, 0, 0);
        assertNode(false, 1, 1, 0, 1, "a", 0, 2);
        assertNode(false, 1, 1, 0, 1, "a", 0, 0, 0, 0, "x", 4);
        assertNode(false, 1, 1, 0, 1, "a", 0, 0, 0, 0, 1, "a", "x", 5);
        assertNode(false, 1, 1, 0, 1, "a", 0, 0, 0, 0, 9, "a", "x", 6);
        assertNode(false, 1, 1, 0, 1, "a", 0, 2, 0, 0, "x", 4, 0);
        assertNode(false, 0);
        assertNode(false, 0, 0);
        assertNode(false, 0, 0, 0);
        assertNode(false, 0, 0, 0, 0);
    }

    @Test
    void theNumbersMustAgreeWithTheNodes() {
        assertRefused(
                payload(WITH_ACTIVE_TIME)
                        .lengths(1)
                        .node(1, 1, TWO_ENTRIES)
                        .lengths(3, 5, 6, 1, 1, 0, 0, 2, 0));
        assertRefused(payload(WITH_ACTIVE_TIME).lengths(0, 1, 5, 6, 1, 1, 0, 0, 2, 0));
        assertRefused(
                payload(WITH_ACTIVE_TIME)
                        .lengths(2)
                        .node(1, 1, TWO_ENTRIES)
                        .node(1, 1, TWO_ENTRIES)
                        .lengths(4, 5, 6, 1, 1, 0, 0, 4, 0));
        assertRefused(
                payload(WITH_ACTIVE_TIME)
                        .lengths(1)
                        .text("fifteen bytes..")
                        .string(TWO_ENTRIES)
                        .lengths(2, 5, 6, 1, 1, 0, 0, 2, 0));
    }

    @Test
    void nothingIsAllocatedForWhatIsOnlyClaimed() {
        assertRefused(payload(WITH_ACTIVE_TIME).longLength(1L << 60));
        assertRefused(payload(WITH_ACTIVE_TIME).lengths(0, 0, 0, 0, 0, 0, 0, 0, 0).longLength(-1));
        assertRefused(
                payload(WITH_ACTIVE_TIME)
                        .lengths(0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
                        .text("g")
                        .lengths(0, 0, 0)
                        .longLength(1L << 40));
        assertRefused(
                payload(WITH_ACTIVE_TIME)
                        .lengths(0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
                        .text("g")
                        .lengths(0, 0, 0, 0)
                        .longLength(1L << 40));
    }

    // ---- groups that cannot be ----

    private StreamPayload withGroups(int groups) {
        return payload(WITH_ACTIVE_TIME)
                .lengths(1)
                .node(1, 1, TWO_ENTRIES)
                .lengths(2, 5, 6, 1, 1, 0, 0, 2, groups);
    }

    private static StreamPayload group(StreamPayload payload, String name, int... pending) {
        payload.text(name).lengths(0, 0, 0, pending.length);
        for (int seq : pending) {
            payload.id(1, seq).time(7).lengths(1);
        }
        return payload;
    }

    private static StreamPayload consumer(StreamPayload payload, String name, int... owned) {
        payload.text(name).time(7).time(7).lengths(owned.length);
        for (int seq : owned) {
            payload.id(1, seq);
        }
        return payload;
    }

    @Test
    void namesAreThereOnce() {
        assertTaken(group(group(withGroups(2), "g").lengths(0), "h").lengths(0));
        client.call("DEL", "k");
        assertRefused(group(group(withGroups(2), "g").lengths(0), "g").lengths(0));
        assertTaken(consumer(consumer(group(withGroups(1), "g").lengths(2), "c"), "d"));
        client.call("DEL", "k");
        assertRefused(consumer(consumer(group(withGroups(1), "g").lengths(2), "c"), "c"));
    }

    @Test
    void eachPendingEntryHasOneConsumer() {
        assertTaken(consumer(consumer(group(withGroups(1), "g", 1, 2).lengths(2), "c", 2), "d", 1));
        client.call("DEL", "k");
        assertRefused(group(withGroups(1), "g", 1, 1).lengths(0));
        assertRefused(group(withGroups(1), "g", 1).lengths(0));
        assertRefused(consumer(group(withGroups(1), "g", 1, 2).lengths(1), "c", 1));
        assertRefused(consumer(group(withGroups(1), "g").lengths(1), "c", 1));
        assertRefused(consumer(group(withGroups(1), "g", 1).lengths(1), "c", 1, 1));
        assertRefused(consumer(consumer(group(withGroups(1), "g", 1).lengths(2), "c", 1), "d", 1));
    }
}
