// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sortedset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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

/** ZRANDMEMBER is fair, and answers different members when it is asked to. */
final class SortedSetRandomTest {
    @RegisterExtension
    static final SigrunServer SERVER = SigrunServer.withConfig().virtualClock().seed(20);

    private RespClient client;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect(3);
    }

    private void fill(int count) {
        List<String> command = new ArrayList<>(List.of("ZADD", "k"));
        for (int number = 0; number < count; number++) {
            command.add(number / 2 + ".5");
            command.add("word" + number);
        }
        client.ask(command.toArray(String[]::new));
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
        "10, 1",
        "100, -50",
        "40, 13",
        "40, 39",
        "200, 1",
        "200, -50",
        "200, 30",
        "200, 66",
        "200, 100",
        "200, 199"
    })
    void eachMemberIsAnsweredAsOften(int members, int count) {
        fill(members);
        Map<String, Integer> picks = new HashMap<>();
        int rounds = members * 60 / Math.abs(count);
        for (int round = 0; round < rounds; round++) {
            Reply reply = client.ask("ZRANDMEMBER", "k", "" + count);
            assertEquals(Math.abs(count), reply.items().size());
            Set<String> different = new HashSet<>();
            for (Reply item : reply.items()) {
                picks.merge(item.bulk(), 1, Integer::sum);
                assertTrue(different.add(item.bulk()) || count < 0);
            }
        }
        assertEven(picks, members);
    }

    @Test
    void withoutACountOneMemberIsAnswered() {
        fill(20);
        Map<String, Integer> picks = new HashMap<>();
        for (int round = 0; round < 1000; round++) {
            picks.merge(client.ask("ZRANDMEMBER", "k").bulk(), 1, Integer::sum);
        }
        assertEven(picks, 20);
    }

    @Test
    void scoresComeBesideTheirMembers() {
        fill(300);
        for (String count : new String[] {"20", "250", "-20", "1000"}) {
            Reply reply = client.ask("ZRANDMEMBER", "k", count, "WITHSCORES");
            for (Reply pair : reply.items()) {
                int number = Integer.parseInt(pair.items().get(0).bulk().substring(4));
                assertEquals("," + number / 2 + ".5", pair.items().get(1).toString());
            }
        }
        Reply flat = SERVER.connect(2).ask("ZRANDMEMBER", "k", "20", "WITHSCORES");
        assertEquals(40, flat.items().size());
    }

    @Test
    void repetitionsBeyondAllMeasureAreRefused() {
        fill(3);
        String refusal = "-ERR value is out of range";
        assertEquals(refusal, client.call("ZRANDMEMBER", "k", "-9223372036854775807"));
        assertEquals(refusal, client.call("ZRANDMEMBER", "k", "-16777217"));
        assertEquals(3, client.ask("ZRANDMEMBER", "k", "9223372036854775807").items().size());
    }
}
