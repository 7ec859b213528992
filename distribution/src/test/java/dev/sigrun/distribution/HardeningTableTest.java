// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of what clients may send names tests that there are. */
class HardeningTableTest {
    private static final int TESTS_MIN = 40;

    private static final Pattern NAMED = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    @Test
    void eachNamedTestIsThere() {
        Repository repository = new Repository();
        Map<String, Path> classes =
                repository.ending("Test.java").stream()
                        .collect(
                                Collectors.toMap(
                                        HardeningTableTest::className,
                                        Function.identity(),
                                        (one, other) -> one));
        String page = Repository.text(repository.ending("docs/hardening.md").getFirst());
        Set<String> missing = new TreeSet<>();
        int count = 0;
        Matcher named = NAMED.matcher(page);
        while (named.find()) {
            count++;
            Path file = classes.get(named.group(1));
            if (file == null || !Repository.text(file).contains(" " + named.group(2) + "(")) {
                missing.add(named.group());
            }
        }
        assertEquals(Set.of(), missing);
        assertTrue(count >= TESTS_MIN, "only " + count);
    }

    private static String className(Path file) {
        return file.getFileName().toString().replace(".java", "");
    }
}
