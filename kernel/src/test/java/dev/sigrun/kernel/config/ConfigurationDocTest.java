// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class ConfigurationDocTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `([^`]+)`(?: \\(`([^`]+)`\\))? \\| ([a-z ]+) \\|.*");

    @Test
    void theDocumentSaysOfEachDirectiveWhatTheTableSays() throws IOException {
        Map<String, String> expected = new TreeMap<>();
        for (Parameter parameter : Directives.builtIn()) {
            expected.put(parameter.name() + "/" + parameter.alias(), word(parameter.support()));
        }
        for (String name : Directives.ignored()) {
            expected.put(name + "/null", "no meaning");
        }
        for (String name : new String[] {"include", "loadmodule", "rename-command", "user"}) {
            expected.put(name + "/null", "honoured");
        }
        expected.put("sentinel/null", "no meaning");
        assertEquals(expected, documented());
    }

    private static Map<String, String> documented() throws IOException {
        Map<String, String> found = new TreeMap<>();
        for (String line : Files.readAllLines(document())) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                found.put(row.group(1) + "/" + row.group(2), row.group(3));
            }
        }
        return found;
    }

    private static String word(Parameter.Support support) {
        return switch (support) {
            case HONOURED -> "honoured";
            case ACCEPTED -> "accepted";
            case MEANINGLESS -> "no meaning";
        };
    }

    /** Maven runs the tests in the module's directory, other tools in the project's. */
    private static Path document() {
        Path inProject = Path.of("docs/configuration.md");
        return Files.exists(inProject) ? inProject : Path.of("..").resolve(inProject);
    }
}
