// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sigrun.kernel.command.KeyPositions;
import dev.sigrun.kernel.command.WordArgs;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class UsersTest {
    private final CommandsForTests commands = new CommandsForTests();
    private final AccessControl access =
            new AccessControl(commands.registry, new KeyPositions(), 16);
    private final Users users = access.users();

    private Denial tries(String userName, String line) {
        WordArgs args = WordArgs.of(line);
        AclCommand command = commands.registry.command(args.bytes(0).text());
        return access.check(users.find(userName), command, args, 0);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aRuleForACommandOfAPluginHoldsAgainAfterItsReturn() {
        commands.addPlugin("p", "p.one");
        users.set("u", List.of("+p.one"));
        users.set("v", List.of("+@all", "-p.one"));
        assertNull(tries("u", "p.one"));
        assertEquals(Denial.COMMAND, tries("v", "p.one"));
        commands.registry.removeAll("p");
        users.set("u", List.of("+get"));
        commands.addPlugin("q", "p.two");
        assertEquals(Denial.COMMAND, tries("u", "p.two"));
        assertNull(tries("v", "p.two"));
        commands.addPlugin("p", "p.one");
        assertNull(tries("u", "p.one"));
        assertEquals(Denial.COMMAND, tries("v", "p.one"));
        assertEquals("user u off resetchannels -@all +p.one +get", users.find("u").line());
    }

    @Test
    void aChangeHappensAsAWholeOrNotAtAll() {
        users.set("u", List.of("on", ">a", "+get", "~x"));
        String before = users.find("u").line();
        for (String bad : List.of("((", "%RZ~x", "db=", "db=-1", "db=99999999999", "+nosuch")) {
            assertNotNull(users.set("u", List.of("off", "resetpass", "+@all", "~*", bad)), bad);
            assertEquals(before, users.find("u").line());
        }
        assertNotNull(users.set("new", List.of("on", "nosuch")));
        assertNull(users.find("new"));
    }

    @Test
    void thousandsOfSelectorsAndRulesAreTaken() {
        users.set("u", Collections.nCopies(10_000, "(+get ~a*)"));
        assertEquals(10_001, users.find("u").selectorCount());
        assertEquals(Denial.KEY, tries("u", "get x"));
        List<String> rules = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            rules.add(i % 2 == 0 ? "+get" : "-get");
        }
        assertNull(users.set("v", rules));
        assertEquals("user v off resetchannels -@all -get", users.find("v").line());
    }

    @Test
    void onlyTheRightPasswordOfAnEnabledUserIsTaken() {
        assertNull(users.authenticate("u", bytes("pw")));
        users.set("u", List.of(">pw", ">\u00e4\u0000x"));
        assertNull(users.authenticate("u", bytes("pw")));
        users.set("u", List.of("on"));
        assertNotNull(users.authenticate("u", bytes("pw")));
        assertNotNull(users.authenticate("u", bytes("\u00e4\u0000x")));
        assertNull(users.authenticate("u", bytes("")));
        assertNull(users.authenticate("u", bytes("pw ")));
        users.set("u", List.of("nopass"));
        assertNotNull(users.authenticate("u", bytes("whatever")));
    }

    @Test
    void theDefaultUserSaysWhenItChanges() {
        List<Boolean> open = new ArrayList<>();
        users.onDefaultChange(() -> open.add(users.defaultUser().isOpen()));
        users.set("other", List.of("on"));
        users.defaultPassword(bytes("x"));
        users.set("default", List.of("nopass"));
        users.set("default", List.of("off"));
        assertEquals(List.of(false, true, false), open);
    }

    @Test
    void whoMayDoEverythingIsNotChecked() {
        assertTrue(users.defaultUser().isUnrestricted());
        users.set("default", List.of("-get"));
        assertFalse(users.defaultUser().isUnrestricted());
        users.set("default", List.of("+get"));
        assertTrue(users.defaultUser().isUnrestricted());
        users.set("default", List.of("resetkeys", "~x"));
        assertFalse(users.defaultUser().isUnrestricted());
        users.set("default", List.of("(+@all ~* &*)"));
        assertFalse(users.defaultUser().isUnrestricted() && tries("default", "get a") != null);
    }

    @Test
    void channelsThatAreLostAreTold() {
        List<ChannelRights> lost = new ArrayList<>();
        users.channelLoss((user, left) -> lost.add(left));
        users.set("u", List.of("resetchannels", "&a*", "&b"));
        users.set("u", List.of("&c"));
        users.set("u", List.of("allchannels"));
        assertEquals(0, lost.size());
        users.set("u", List.of("resetchannels", "&a*"));
        assertEquals(1, lost.size());
        assertTrue(lost.getFirst().allowsChannel("ab"));
        assertFalse(lost.getFirst().allowsChannel("b"));
        assertTrue(lost.getFirst().allowsPattern("a*"));
        assertFalse(lost.getFirst().allowsPattern("ab"));
    }

    @Test
    void manyWordsMakeASelector() {
        assertNull(users.set("u", List.of("(+get", "~a", "~b)", "on")));
        assertEquals(
                "user u on resetchannels -@all (~a ~b resetchannels -@all +get)",
                users.find("u").line());
    }
}
