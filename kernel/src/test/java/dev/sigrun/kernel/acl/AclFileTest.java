// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sigrun.kernel.command.KeyPositions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of users are taken as a whole or not at all; complaints are the reference's. */
final class AclFileTest {
    private static final String GOOD =
            "user default on nopass ~* &* +@all\n"
                    + "user alice on"
                    + " #2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"
                    + " ~a* %R~b* resetchannels &n* db=0,2 -@all +@read -get +config|get (~x"
                    + " resetchannels -@all +set)\n"
                    + "user bob off nopass resetchannels -@all\n";
    private static final String NOTHING_CHANGED =
            "WARNING: ACL errors detected, no change to the previously active ACL rules was"
                    + " performed";

    private final Users users =
            new AccessControl(new CommandsForTests().registry, new KeyPositions(), 16).users();
    private final List<User> gone = new ArrayList<>();

    private String load(String content) {
        return new AclFile(users, "users.acl").load(content, gone::add);
    }

    @BeforeEach
    void loadGood() {
        assertNull(load(GOOD));
    }

    @Test
    void aFileIsWrittenAsItWasRead() {
        assertEquals(3, users.all().size());
        String written = AclFile.content(users);
        assertNull(load(written));
        assertEquals(written, AclFile.content(users));
        assertEquals(
                GOOD.lines().sorted().toList(), AclFile.content(users).lines().sorted().toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "user a on +@all|user a on; WARNING: Duplicate user 'a' found on line 2. ",
                "# comment; users.acl:1 should start with user keyword followed by the username. ",
                "user; users.acl:1 should start with user keyword followed by the username. ",
                "User a on; users.acl:1 should start with user keyword followed by the username. ",
                "user a (+get; users.acl:1: Unmatched parenthesis in selector definition.",
                "user a on||user b >secret <wrong +x; users.acl:3: The password you are trying to"
                        + " remove from the user does not exist. users.acl:3: Error in applying"
                        + " operation '+x': Unknown command or category name in ACL. ",
                "user a %Q~x ~y; users.acl:1: Syntax error. "
            })
    void whatIsWrongIsToldAndNothingChanges(String lines, String complaint) {
        String before = AclFile.content(users);
        String told = load(lines.replace('|', '\n'));
        assertEquals(
                (complaint + " " + NOTHING_CHANGED).replace("  ", " "), told.replace(".W", ". W"));
        assertEquals(before, AclFile.content(users));
        assertEquals(List.of(), gone);
    }

    @Test
    void blankLinesAndBlanksBetweenRulesAreAllowed() {
        assertNull(load("\n\n  user a on   +get   \r\n\t\nuser b (+get  ~x) off\n"));
        assertEquals("user a on resetchannels -@all +get", users.find("a").line());
        assertEquals(
                "user b off resetchannels -@all (~x resetchannels -@all +get)",
                users.find("b").line());
    }

    @Test
    void whoIsNotInTheFileIsNoMoreAndWhoIsStaysTheSame() {
        User alice = users.find("alice");
        User bob = users.find("bob");
        assertNull(load("user alice on +get\n"));
        assertSame(alice, users.find("alice"));
        assertEquals(List.of(bob), gone);
        assertEquals("user alice on resetchannels -@all +get", alice.line());
        assertEquals("user default on nopass ~* &* +@all", users.defaultUser().line());
    }

    @Test
    void damagedFilesAreTakenAsAWholeOrNotAtAll() {
        long seed = Long.getLong("sigrun.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 3000; i++) {
            assertNull(load(GOOD));
            String before = AclFile.content(users);
            StringBuilder damaged = new StringBuilder(GOOD);
            if (random.nextBoolean()) {
                damaged.setLength(random.nextInt(GOOD.length()));
            }
            for (int flips = random.nextInt(4); flips > 0 && !damaged.isEmpty(); flips--) {
                damaged.setCharAt(random.nextInt(damaged.length()), (char) random.nextInt(256));
            }
            if (load(damaged.toString()) != null) {
                assertEquals(before, AclFile.content(users), "seed " + seed);
            }
            assertNotNull(users.find("default"), "seed " + seed);
            users.all().forEach(User::line);
        }
    }
}
