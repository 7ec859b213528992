// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.testkit.Recording;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What chance decides: that it is fair, and that replicas are told how it has decided. */
final class SetRandomTest {
    private static final String INTEGERS = "%d";
    private static final String WORDS = "word%d";

    @RegisterExtension
    static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock().seed(20);

    private RespClient client;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
    }

    private void fill(int count, String format) {
        for (int from = 0; from < count; from += 1000) {
            List<String> command = new ArrayList<>(List.of("SADD", "k"));
            for (int number = from; number < Math.min(count, from + 1000); number++) {
                command.add(String.format(format, number));
            }
            client.ask(command.toArray(String[]::new));
        }
    }

    private static Set<String> texts(List<Reply> items) {
        Set<String> found = new HashSet<>();
        items.forEach(item -> assertTrue(found.add(item.bulk())));
        return found;
    }

    /** A deviation that chance alone brings about once in millions of runs. */
    private static void assertEven(Map<String, Integer> picks, int members) {
        assertEquals(members, picks.size());
        double total = picks.values().stream().mapToInt(count -> count).sum();
        double each = total / members;
        double sum = 0;
        for (int count : picks.values()) {
            sum += (count - each) * (count - each) / each;
        }
        double limit = members - 1 + 6 * Math.sqrt(2.0 * (members - 1)) + 6;
        double found = sum;
        assertTrue(found <= limit, () -> "chi-square " + found + " of " + members);
    }

    @ParameterizedTest
    @CsvSource({
        "%d, 10, 1", "%d, 100, -50", "%d, 40, 13", "%d, 40, 39",
        "word%d, 10, 1", "word%d, 100, -50", "word%d, 40, 13", "word%d, 40, 39",
        "word%d, 200, 1", "word%d, 200, -50", "word%d, 200, 30", "word%d, 200, 100"
    })
    void eachMemberIsAnsweredAsOften(String format, int members, int count) {
        fill(members, format);
        Map<String, Integer> picks = new HashMap<>();
        int rounds = members * 60 / Math.abs(count);
        for (int round = 0; round < rounds; round++) {
            Reply reply = client.ask("SRANDMEMBER", "k", "" + count);
            assertEquals(Math.abs(count), reply.items().size());
            reply.items().forEach(item -> picks.merge(item.bulk(), 1, Integer::sum));
        }
        assertEven(picks, members);
    }

    @ParameterizedTest
    @CsvSource({
        "%d, 20, 7",
        "word%d, 20, 7",
        "word%d, 20, 18",
        "word%d, 200, 20",
        "word%d, 200, 190"
    })
    void eachMemberIsPoppedAsOften(String format, int members, int count) {
        Map<String, Integer> picks = new HashMap<>();
        for (int round = 0; round < Math.max(40, members * 60 / count); round++) {
            client.ask("DEL", "k");
            fill(members, format);
            client.ask("SPOP", "k", "" + count)
                    .items()
                    .forEach(item -> picks.merge(item.bulk(), 1, Integer::sum));
        }
        assertEven(picks, members);
    }

    @ParameterizedTest
    @CsvSource({
        "%d, 300, 120", "word%d, 100, 30", "word%d, 100, 99", "word%d, 5000, 2500",
        "word%d, 5000, 4900", "word%d, 5000, 4999", "%d, 3000, 1024", "%d, 3000, 1025"
    })
    void aPopReplicatesAsTheRemovalOfWhatWasPopped(String format, int members, int count) {
        fill(members, format);
        client.ask("PEXPIRE", "k", "100000");
        Recording recording = SERVER.record();
        final Set<String> before = texts(client.ask("SMEMBERS", "k").items());
        Set<String> popped = texts(client.ask("SPOP", "k", "" + count).items());
        List<List<String>> commands = recording.takeCommands();
        assertEquals(count, popped.size());
        assertEquals((count + 1023) / 1024, commands.size());
        Set<String> removed = new HashSet<>();
        for (List<String> command : commands) {
            assertEquals(List.of("SREM", "k"), command.subList(0, 2));
            assertTrue(removed.addAll(command.subList(2, command.size())));
        }
        assertEquals(popped, removed);
        before.removeAll(popped);
        assertEquals(before, texts(client.ask("SMEMBERS", "k").items()));
        assertEquals(List.of("spop k"), recording.takeEvents());
        assertEquals(":100000", client.call("PTTL", "k"));
    }

    @Test
    void popsUntilNothingIsLeft() {
        fill(2000, WORDS);
        Recording recording = SERVER.record();
        Set<String> popped = new HashSet<>();
        for (int left = 2000; left > 0; left--) {
            String member = client.ask("SPOP", "k").bulk();
            assertTrue(popped.add(member));
            assertEquals(List.of(List.of("SREM", "k", member)), recording.takeCommands());
        }
        assertEquals(":0", client.call("EXISTS", "k"));
    }

    @Test
    void whatStaysOfAPoppedTableMayBecomeSmall() {
        fill(1000, WORDS);
        assertEquals("$\"hashtable\"", client.call("OBJECT", "ENCODING", "k"));
        client.ask("SPOP", "k", "950");
        assertEquals("$\"listpack\"", client.call("OBJECT", "ENCODING", "k"));
        assertEquals(":50", client.call("SCARD", "k"));
        client.ask("DEL", "k");
        fill(1000, INTEGERS);
        client.ask("SPOP", "k", "200");
        assertEquals("$\"hashtable\"", client.call("OBJECT", "ENCODING", "k"));
    }

    @Test
    void repetitionsBeyondAllMeasureAreRefused() {
        fill(3, WORDS);
        String refusal = "-ERR value is out of range";
        assertEquals(refusal, client.call("SRANDMEMBER", "k", "-9223372036854775807"));
        assertEquals(refusal, client.call("SRANDMEMBER", "k", "-16777217"));
        assertEquals(3, client.ask("SRANDMEMBER", "k", "9223372036854775807").items().size());
    }
}
