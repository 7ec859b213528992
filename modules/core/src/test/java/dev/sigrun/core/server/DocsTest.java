// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.SigrunServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every command is documented where it says so, and nothing is documented that is no command. */
final class DocsTest {
    private static final Pattern TOP_LEVEL = Pattern.compile("(?m)^  \"([^\"]+)\": \\{$");

    @RegisterExtension static final SigrunServer SERVER = SigrunServer.withConfig();

    /** Names of the commands of core by the resource that documents them. */
    private static Map<String, Set<String>> commands(AdminContext context) {
        Map<String, Set<String>> names = new TreeMap<>();
        List<Command> commands = new ArrayList<>(context.registry().table().all());
        for (int i = 0; i < commands.size(); i++) {
            Command command = commands.get(i);
            commands.addAll(command.subcommands().all());
            if (command.owner().equals("core")) {
                names.computeIfAbsent(command.spec().docs(), resource -> new TreeSet<>())
                        .add(command.fullName());
            }
        }
        return names;
    }

    private static Set<String> documented(AdminContext context, String resource) {
        try {
            byte[] json = context.registry().resource("core", resource);
            return TOP_LEVEL
                    .matcher(new String(json, StandardCharsets.UTF_8))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyCommandIsDocumentedAndNothingElse() {
        Map<String, Set<String>> commands = SERVER.fromOwner(DocsTest::commands);
        assertTrue(commands.size() >= 2, commands::toString);
        commands.forEach((resource, names) ->
                assertEquals(
                        names,
                        SERVER.fromOwner(context -> documented(context, resource)),
                        resource));
    }

    @Test
    void theDocumentationReachesClients() {
        for (Reply item : SERVER.connect().ask("COMMAND", "DOCS", "get", "copy").items()) {
            boolean isName = item.items().isEmpty();
            assertTrue(isName || item.items().contains(new Reply('$', "summary", List.of())));
            assertFalse(item.isError());
        }
    }
}
