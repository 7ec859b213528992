// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.sigrun.bloom.BloomPlugin;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.testkit.SigrunServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The documentation of commands is about the commands there are, all of them and no others. */
final class CommandDocsTest {
    private static final Pattern TOP_LEVEL = Pattern.compile("(?m)^  \"([^\"]+)\": \\{");

    @RegisterExtension
    static final SigrunServer SERVER = SigrunServer.withConfig().plugin("bloom", new BloomPlugin());

    @Test
    void everyCommandIsDocumentedAndNothingElse() {
        SERVER.onOwner(context -> {
            Map<String, Set<String>> registered = new TreeMap<>();
            Map<String, Set<String>> documented = new TreeMap<>();
            Registry registry = context.registry();
            for (Command command : all(registry.table().all())) {
                String resource = command.spec().docs();
                assertNotNull(resource, command.fullName() + " has no documentation");
                // To class loaders names are absolute without a slash.
                resource = resource.replaceFirst("^/", "");
                registered
                        .computeIfAbsent(resource, name -> new TreeSet<>())
                        .add(command.fullName());
                documented.computeIfAbsent(resource, name -> read(registry, command, name));
            }
            registered.forEach(
                    (resource, names) -> assertEquals(names, documented.get(resource), resource));
        });
    }

    private static List<Command> all(Collection<Command> commands) {
        List<Command> all = new ArrayList<>();
        for (Command command : commands) {
            all.add(command);
            if (command.subcommands() != null) {
                all.addAll(all(command.subcommands().all()));
            }
        }
        return all;
    }

    private static Set<String> read(Registry registry, Command command, String resource) {
        try {
            byte[] content = registry.resource(command.owner(), resource);
            assertNotNull(content, resource + " cannot be found");
            return TOP_LEVEL
                    .matcher(new String(content, StandardCharsets.UTF_8))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
