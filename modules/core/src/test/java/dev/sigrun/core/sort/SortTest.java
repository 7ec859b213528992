// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.sort;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sorting at sizes that case files have no room for. */
final class SortTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private RespClient client;

    @BeforeEach
    void start() {
        SERVER.flush();
        client = SERVER.connect();
    }

    private List<String> ask(String... command) {
        return client.ask(command).items().stream().map(Reply::text).toList();
    }

    private void push(List<String> elements) {
        List<String> command = new ArrayList<>(List.of("RPUSH", "l"));
        command.addAll(elements);
        client.ask(command.toArray(String[]::new));
    }

    @Test
    void manyNumbersAreSortedAsAListIs() {
        long seed = Long.getLong("sigrun.test.seed", System.nanoTime());
        System.out.println("SortTest: -Dsigrun.test.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < 3000; i++) {
            elements.add(
                    random.nextBoolean()
                            ? Integer.toString(random.nextInt(-500, 500))
                            : Double.toString(random.nextDouble(-500, 500)));
        }
        push(elements);
        Comparator<String> order =
                Comparator.comparingDouble(Double::parseDouble)
                        .thenComparing(Comparator.naturalOrder());
        elements.sort(order);
        assertEquals(elements, ask("SORT", "l"));
        assertEquals(elements.subList(100, 110), ask("SORT", "l", "LIMIT", "100", "10"));
        Collections.reverse(elements);
        assertEquals(elements, ask("SORT", "l", "DESC"));
        assertEquals(elements.subList(5, 2005), ask("SORT", "l", "DESC", "LIMIT", "5", "2000"));
    }

    @Test
    void theTargetIsTheOneThatWasNamedHoweverManyKeysAreLookedUp() {
        List<String> elements = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            elements.add(Integer.toString(i));
            client.ask("SET", "w" + i, Integer.toString(-i));
        }
        push(elements);
        assertEquals(300, client.ask("SORT", "l", "BY", "w*", "GET", "w*", "STORE", "d").integer());
        List<String> stored = ask("LRANGE", "d", "0", "-1");
        assertEquals(300, stored.size());
        assertEquals("-299", stored.getFirst());
        assertEquals("0", stored.getLast());
        assertEquals(302, client.ask("DBSIZE").integer());
        for (int i = 0; i < 300; i++) {
            assertEquals(Integer.toString(-i), client.ask("GET", "w" + i).bulk());
        }
    }

    @Test
    void weightsThatAreNumbersOfKeysAndFieldsAreTextsToo() {
        client.ask("RPUSH", "l", "a", "b", "c");
        client.ask("MSET", "w_a", "10", "w_b", "9", "w_c", "1");
        client.ask("HSET", "h_a", "f", "10");
        client.ask("HSET", "h_b", "f", "9");
        client.ask("HSET", "h_c", "f", "1");
        assertEquals(List.of("c", "a", "b"), ask("SORT", "l", "BY", "w_*", "ALPHA"));
        assertEquals(List.of("c", "a", "b"), ask("SORT", "l", "BY", "h_*->f", "ALPHA"));
        assertEquals(List.of("c", "b", "a"), ask("SORT", "l", "BY", "h_*->f"));
    }

    @Test
    void fieldsWhoseTimeIsOverAreNotSeen() {
        client.ask("RPUSH", "l", "a");
        client.ask("HSET", "h_a", "f", "1");
        client.ask("HPEXPIREAT", "h_a", "1", "FIELDS", "1", "f");
        assertEquals("*[_]", client.ask("SORT", "l", "BY", "nosort", "GET", "h_*->f").toString());
    }
}
