// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.access;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every command that the reference has too is in the categories that it is in there. */
final class CategoriesTest {
    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private static Map<String, Set<String>> expected() throws IOException {
        Map<String, Set<String>> categories = new LinkedHashMap<>();
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                CategoriesTest.class.getResourceAsStream(
                                        "/dev/sigrun/core/access-categories.txt"),
                                StandardCharsets.UTF_8))) {
            lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(line -> {
                        int colon = line.indexOf(':');
                        List<String> names = List.of(line.substring(colon + 2).split(" "));
                        categories.put(line.substring(0, colon), new TreeSet<>(names));
                    });
        }
        return categories;
    }

    private static Set<String> bulks(Reply reply) {
        Set<String> bulks = new TreeSet<>();
        reply.items().forEach(item -> bulks.add(item.bulk()));
        return bulks;
    }

    @Test
    void categoriesHoldTheCommandsThatTheyHoldOnTheReference() throws IOException {
        Map<String, Set<String>> expected = expected();
        RespClient client = SERVER.connect();
        List<String> named = new ArrayList<>();
        client.ask("ACL", "CAT").items().forEach(item -> named.add(item.bulk()));
        assertEquals(List.copyOf(expected.keySet()), named);
        Set<String> here = bulks(client.ask("COMMAND", "LIST"));
        Set<String> there = new TreeSet<>();
        expected.values().forEach(there::addAll);
        for (Map.Entry<String, Set<String>> category : expected.entrySet()) {
            Set<String> wanted = category.getValue();
            wanted.retainAll(here);
            Set<String> found = bulks(client.ask("ACL", "CAT", category.getKey()));
            found.retainAll(there);
            assertEquals(wanted, found, category.getKey());
        }
    }
}
