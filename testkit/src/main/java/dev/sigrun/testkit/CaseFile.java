// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * A file of commands with what the reference server answered, in groups that each begin with no
 * keys. A line begins with what it is: empty ends a group, {@code #} is a comment, {@code ~ key}
 * makes the key hold a value of a plugin, {@code >} is a command. After a command come its reply
 * and, as far as there are any, its reply over RESP2 ({@code 2}), its events ({@code @}) and what
 * it replicates as ({@code &}). Confined to the test's thread.
 */
public final class CaseFile {
    /** A command with what has to come of it; {@code effects} are null when they do not matter. */
    record Case(int line, String command, String reply, String reply2, List<String> effects) {
        String reply(int protocol) {
            return protocol == 2 && reply2 != null ? reply2 : reply;
        }
    }

    /** Commands that build on each other. */
    record Group(int line, String title, List<Case> cases) {}

    private final List<Group> groups = new ArrayList<>();
    private final List<String> lines;
    private final boolean effects;
    private List<Case> open = new ArrayList<>();
    private String title = "";

    private CaseFile(List<String> lines) {
        this.lines = lines;
        this.effects = lines.stream().anyMatch(line -> line.startsWith("& "));
        for (int at = 0; at < lines.size(); at++) {
            take(at);
        }
        endGroup();
    }

    /** Reads a resource beside a class. */
    public static CaseFile read(Class<?> place, String resource) {
        try (InputStream in = place.getResourceAsStream(resource);
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new CaseFile(reader.lines().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Number of commands. */
    public int size() {
        return groups.stream().mapToInt(group -> group.cases().size()).sum();
    }

    /** A test for each group, against a server with {@link OpaquePlugin} and a virtual clock. */
    public Stream<DynamicTest> tests(SigrunServer server, int protocol) {
        CaseReplay replay = new CaseReplay(server, protocol);
        return groups.stream()
                .map(group ->
                        DynamicTest.dynamicTest(
                                "line " + group.line() + ": " + group.title(),
                                () -> replay.run(group)));
    }

    private void take(int at) {
        String line = lines.get(at);
        if (line.isEmpty()) {
            endGroup();
        } else if (line.startsWith("# ")) {
            title = line.substring(2);
        } else if (line.startsWith("~ ")) {
            open.add(new Case(at + 1, OpaquePlugin.COMMAND + line.substring(1), null, null, null));
        } else if (line.startsWith("> ")) {
            open.add(readCase(at));
        }
    }

    private Case readCase(int at) {
        String reply2 = null;
        List<String> found = new ArrayList<>();
        for (int i = at + 2; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.startsWith("2 ")) {
                reply2 = Quoting.normalize(line.substring(2));
            } else if (line.startsWith("@ ") || line.startsWith("& ")) {
                found.add(Quoting.normalize(line));
            } else {
                break;
            }
        }
        return new Case(
                at + 1,
                lines.get(at).substring(2),
                Quoting.normalize(lines.get(at + 1)),
                reply2,
                effects ? found : null);
    }

    private void endGroup() {
        if (!open.isEmpty()) {
            groups.add(new Group(open.getFirst().line(), title, open));
            open = new ArrayList<>();
        }
    }
}
