// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * What compilers and linters do not look at. Words that this test forbids are spelled in two pieces
 * here, because it reads itself too.
 */
final class RepoTidyTest {
    private static final int LINES_MAX = 800;
    private static final int LINES_TO_REVIEW = 400;
    private static final int COLUMNS_MAX = 100;
    private static final String LICENSE = "SPDX-License-Identifier: Apache-2.0";

    /** A reminder is allowed with the number of its issue: {@code (#12)}. */
    private static final Pattern REMINDER =
            Pattern.compile("\\b(?:TO" + "DO|FIX" + "ME|XX" + "X)\\b(?! ?\\(#\\d+\\))");

    private static final Pattern SKIPPED_TEST = Pattern.compile("@Dis" + "abled");
    private static final Pattern NAP = Pattern.compile("\\bThread\\.sl" + "eep\\(");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]\n]*]\\(([^)\\s]+)\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ +(.+)$");

    private static final Repository REPOSITORY = new Repository();
    private static final List<Path> JAVA = REPOSITORY.ending(".java");
    private static final List<Path> PAGES = REPOSITORY.ending(".md");

    @Test
    void everyPackageSaysWhatItIsFor() {
        Set<String> silent = new TreeSet<>();
        for (Path file : JAVA) {
            Path folder = file.getParent();
            if (isMain(file) && !Files.exists(folder.resolve("package-info.java"))) {
                silent.add(REPOSITORY.name(folder));
            }
        }
        assertEquals(Set.of(), silent, "packages without package-info.java");
    }

    @Test
    void noFileIsTooLong() {
        List<String> tooLong = new ArrayList<>();
        for (Path file : JAVA) {
            int lines = Repository.lines(file).size();
            String finding = REPOSITORY.name(file) + ": " + lines + " lines";
            if (lines > LINES_MAX) {
                tooLong.add(finding);
            } else if (lines > LINES_TO_REVIEW) {
                System.out.println("Worth splitting: " + finding);
            }
        }
        assertEquals(List.of(), tooLong, "more than " + LINES_MAX + " lines");
    }

    @Test
    void noLineIsTooLong() {
        List<String> found = new ArrayList<>();
        eachLine(
                JAVA,
                (place, line) -> {
                    if (line.codePointCount(0, line.length()) > COLUMNS_MAX) {
                        found.add(place);
                    }
                });
        assertEquals(List.of(), found, "more than " + COLUMNS_MAX + " columns");
    }

    @Test
    void everyReminderHasItsIssue() {
        List<Path> all = new ArrayList<>(JAVA);
        all.addAll(REPOSITORY.scripts());
        all.addAll(REPOSITORY.ending("pom.xml"));
        all.addAll(PAGES);
        assertEquals(List.of(), matches(all, REMINDER), "reminders without '(#issue)'");
    }

    @Test
    void noTestIsSwitchedOff() {
        assertEquals(List.of(), matches(JAVA, SKIPPED_TEST), "tests that never run");
    }

    @Test
    void testsWaitForConditionsNotForTime() {
        List<Path> tests =
                JAVA.stream()
                        .filter(file -> !isMain(file) || REPOSITORY.name(file).contains("testkit"))
                        .toList();
        assertEquals(List.of(), matches(tests, NAP), "tests that wait for time to pass");
    }

    @Test
    void everySourceNamesItsLicense() {
        List<String> found = new ArrayList<>();
        for (Path file : JAVA) {
            if (!Repository.lines(file).getFirst().equals("// " + LICENSE)) {
                found.add(REPOSITORY.name(file));
            }
        }
        List<Path> scripts = REPOSITORY.scripts();
        assertFalse(scripts.isEmpty(), "no script was found");
        for (Path file : scripts) {
            if (!Repository.lines(file).get(1).equals("# " + LICENSE)) {
                found.add(REPOSITORY.name(file));
            }
        }
        assertEquals(List.of(), found, "without '" + LICENSE + "' at the top");
    }

    @Test
    void everyPageHasATitle() {
        List<String> found = new ArrayList<>();
        for (Path page : PAGES) {
            if (!Repository.text(page).startsWith("# ")) {
                found.add(REPOSITORY.name(page));
            }
        }
        assertEquals(List.of(), found, "pages that do not begin with a title");
    }

    @Test
    void everyLinkLeadsSomewhere() {
        List<String> dead = new ArrayList<>();
        for (Path page : PAGES) {
            Matcher link = LINK.matcher(FENCED.matcher(Repository.text(page)).replaceAll(""));
            while (link.find()) {
                if (!resolves(page, link.group(1))) {
                    dead.add(REPOSITORY.name(page) + ": " + link.group(1));
                }
            }
        }
        assertEquals(List.of(), dead, "links that lead nowhere");
    }

    private static boolean resolves(Path page, String link) {
        if (link.contains("://") || link.startsWith("mailto:")) {
            return true;
        }
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.getParent().resolve(file).normalize();
        return Files.exists(target)
                && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
    }

    /** The names under which headings can be linked to, as forges make them. */
    private static Set<String> anchors(Path page) {
        Set<String> anchors = new HashSet<>();
        Matcher heading = HEADING.matcher(FENCED.matcher(Repository.text(page)).replaceAll(""));
        while (heading.find()) {
            String words = heading.group(1).strip().toLowerCase(Locale.ROOT);
            anchors.add(words.replaceAll("[^\\w\\- ]", "").replace(' ', '-'));
        }
        return anchors;
    }

    private static boolean isMain(Path file) {
        return REPOSITORY.name(file).contains("src/main/java/");
    }

    private static List<String> matches(List<Path> files, Pattern pattern) {
        List<String> found = new ArrayList<>();
        eachLine(
                files,
                (place, line) -> {
                    if (pattern.matcher(line).find()) {
                        found.add(place);
                    }
                });
        return found;
    }

    private static void eachLine(List<Path> files, BiConsumer<String, String> action) {
        for (Path file : files) {
            List<String> lines = Repository.lines(file);
            for (int at = 0; at < lines.size(); at++) {
                action.accept(REPOSITORY.name(file) + ":" + (at + 1), lines.get(at));
            }
        }
    }
}
