// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import dev.sigrun.kernel.config.text.Words;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the lines of a file of users, of which each makes one. All mistakes are told at once, and
 * with any of them nothing comes of it. Owner thread only.
 */
public final class AclFile {
    private static final String NOTHING_CHANGED =
            "WARNING: ACL errors detected, no change to the previously active ACL rules was"
                    + " performed";

    /** Enough to see what is wrong; a file of another kind has a mistake in every line. */
    private static final int COMPLAINT_CHARACTERS_MAX = 64 << 10;

    private final Users users;
    private final String name;
    private final Map<String, User> read = new TreeMap<>();
    private final StringBuilder complaints = new StringBuilder();

    /**
     * Begins.
     *
     * @param name the file, for messages
     */
    public AclFile(Users users, String name) {
        this.users = users;
        this.name = name;
    }

    /**
     * Reads all lines and puts the users into place.
     *
     * @param content one character a byte
     * @param whenGone what becomes of the clients of users that are no more
     * @return all that is wrong, or null
     */
    public String load(String content, java.util.function.Consumer<User> whenGone) {
        int number = 0;
        int from = 0;
        while (from <= content.length() && complaints.length() < COMPLAINT_CHARACTERS_MAX) {
            int end = content.indexOf('\n', from);
            int to = end < 0 ? content.length() : end;
            number++;
            String line = Words.trim(content.substring(from, to));
            if (!line.isEmpty()) {
                readLine(number, Words.splitAtSpaces(line));
            }
            from = to + 1;
        }
        if (!complaints.isEmpty()) {
            return complaints.append(NOTHING_CHANGED).toString();
        }
        users.replaceAll(read).forEach(whenGone);
        return null;
    }

    private void readLine(int number, List<String> words) {
        String place = name + ":" + number;
        if (!words.getFirst().equals("user") || words.size() < 2) {
            complain(place + " should start with user keyword followed by the username. ");
            return;
        }
        String userName = words.get(1);
        if (Selector.hasSpace(userName)) {
            complain("'" + place + ": username '" + userName + "' contains invalid characters. ");
            return;
        }
        User user = users.fresh(userName);
        if (read.putIfAbsent(userName, user) != null) {
            complain("WARNING: Duplicate user '" + userName + "' found on line " + number + ". ");
            return;
        }
        try {
            apply(place, user, Rules.merge(words.subList(2, words.size())));
        } catch (Rules.Unmatched e) {
            complain(place + ": Unmatched parenthesis in selector definition.");
        }
    }

    private void apply(String place, User user, List<String> rules) {
        boolean told = false;
        for (String untrimmed : rules) {
            String rule = Words.trim(untrimmed);
            try {
                user.apply(rule, users.everyChannel());
            } catch (RuleError e) {
                if (e.isUnknownName()) {
                    // The name of a command is no secret, other than what other rules may hold.
                    complain(
                            place
                                    + ": Error in applying operation '"
                                    + rule
                                    + "': "
                                    + e.getMessage()
                                    + ". ");
                } else if (!told) {
                    // Others may only follow from this one.
                    complain(place + ": " + e.getMessage() + ". ");
                    told = true;
                }
            }
        }
    }

    private void complain(String complaint) {
        complaints.append(complaint);
    }

    /** The content of a file that makes all users. */
    public static String content(Users users) {
        StringBuilder text = new StringBuilder();
        users.all().forEach(user -> text.append(user.line()).append('\n'));
        return text.toString();
    }
}
