// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import dev.sigrun.testkit.differential.Reference;
import dev.sigrun.testkit.differential.ServerProgram;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * COMMAND INFO and COMMAND DOCS say of the commands that are here what the reference server says of
 * them. Sentences for people are our own, so only whether there is one is compared; sub-commands
 * that are missing are not looked for.
 */
final class CommandTableTest {
    private static final Set<String> SENTENCES = Set.of("summary", "complexity", "notes");
    private static final int SUBCOMMANDS = 9;

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    private final List<String> differences = new ArrayList<>();

    @Test
    void everyCommandIsDescribedAsOnTheReference() throws IOException, InterruptedException {
        try (ServerProgram reference = Reference.start();
                RespClient trusted = new RespClient(reference.port())) {
            RespClient tried = SERVER.connect(3);
            trusted.call("HELLO", "3");
            for (Reply name : tried.ask("COMMAND", "LIST").items()) {
                compare(trusted, tried, name.bulk());
            }
        }
        assertEquals("", String.join("\n", differences));
    }

    private void compare(RespClient trusted, RespClient tried, String name) {
        String[] info = {"COMMAND", "INFO", name};
        Reply expected = trusted.ask(info).items().getFirst();
        boolean isPart = name.indexOf('|') >= 0;
        if (!expected.isNull() && !isPart) {
            Object actual = info(tried.ask(info).items().getFirst());
            compare(name, info(expected), actual);
            String[] docs = {"COMMAND", "DOCS", name};
            compare(name, plain(trusted.ask(docs)), plain(tried.ask(docs)));
        }
    }

    /** The description with the sub-commands by name. */
    private static Object info(Reply reply) {
        List<Object> fields = new ArrayList<>();
        for (Reply field : reply.items().subList(0, SUBCOMMANDS)) {
            fields.add(plain(field));
        }
        Map<String, Object> subcommands = new TreeMap<>();
        for (Reply subcommand : reply.items().get(SUBCOMMANDS).items()) {
            subcommands.put(subcommand.items().getFirst().bulk(), info(subcommand));
        }
        fields.add(Map.of("subcommands", subcommands));
        return fields;
    }

    /** A reply in which the order of sets and maps does not count. */
    private static Object plain(Reply reply) {
        return switch (reply.kind()) {
            case '%' -> map(reply.items());
            case '~' -> {
                TreeSet<String> members = new TreeSet<>();
                reply.items().forEach(member -> members.add(plain(member).toString()));
                yield members.toString();
            }
            case '*' -> reply.items().stream().map(CommandTableTest::plain).toList();
            default -> reply.text();
        };
    }

    private static Map<String, Object> map(List<Reply> items) {
        Map<String, Object> fields = new TreeMap<>();
        for (int i = 0; i < items.size(); i += 2) {
            String name = items.get(i).text();
            Reply value = items.get(i + 1);
            if (SENTENCES.contains(name)) {
                fields.put(name, "a sentence");
            } else if (name.equals("history")) {
                List<String> versions = new ArrayList<>();
                value.items().forEach(change -> versions.add(change.items().getFirst().text()));
                fields.put(name, versions);
            } else {
                fields.put(name, plain(value));
            }
        }
        return fields;
    }

    private void compare(String place, Object expected, Object actual) {
        if (expected instanceof Map<?, ?> wanted && actual instanceof Map<?, ?> found) {
            TreeSet<String> names = new TreeSet<>();
            wanted.keySet().forEach(name -> names.add(name.toString()));
            if (place.endsWith("subcommands")) {
                names.clear();
            }
            found.keySet().forEach(name -> names.add(name.toString()));
            names.forEach(name -> compare(place + "." + name, wanted.get(name), found.get(name)));
        } else if (expected instanceof List<?> wanted
                && actual instanceof List<?> found
                && wanted.size() == found.size()) {
            for (int i = 0; i < wanted.size(); i++) {
                compare(place + "." + i, wanted.get(i), found.get(i));
            }
        } else if (!String.valueOf(expected).equals(String.valueOf(actual))) {
            differences.add(place + ": expected " + expected + " but was " + actual);
        }
    }
}
