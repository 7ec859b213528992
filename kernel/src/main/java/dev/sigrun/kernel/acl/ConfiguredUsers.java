// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users in the configuration file. They are checked when the file is read, as far as that is
 * possible before the commands are known, and made once all plugins are there. One thread.
 */
public final class ConfiguredUsers {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredUsers.class);

    private final Map<String, List<String>> rulesByName = new LinkedHashMap<>();
    private final boolean everyChannel;

    /**
     * Without any.
     *
     * @param everyChannel what {@code acl-pubsub-default} says
     */
    public ConfiguredUsers(boolean everyChannel) {
        this.everyChannel = everyChannel;
    }

    /**
     * Takes one in.
     *
     * @param words the words of the line, which begins with {@code user}
     * @return what is wrong, or null
     */
    public String add(List<String> words) {
        String name = words.get(1);
        if (rulesByName.containsKey(name)) {
            return complaint(
                    name, "Duplicate user found. A user can only be defined once in config files");
        }
        List<String> rules;
        try {
            rules = Rules.merge(words.subList(2, words.size()));
        } catch (Rules.Unmatched e) {
            return complaint(words.get(2 + e.index), "Unmatched parenthesis in acl selector");
        }
        User tried = new User(name, AclCommands.NONE, everyChannel);
        for (String rule : rules) {
            try {
                tried.apply(rule, everyChannel);
            } catch (RuleError e) {
                if (!e.isUnknownName()) {
                    return complaint(rule, e.getMessage());
                }
            }
        }
        rulesByName.put(name, rules);
        return null;
    }

    private static String complaint(String word, String reason) {
        return "Error in user declaration '" + word + "': " + reason;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return rulesByName.isEmpty();
    }

    /** Makes them; says in the log what is wrong, and then whether it all went well. */
    public boolean load(Users users) {
        for (Map.Entry<String, List<String>> each : rulesByName.entrySet()) {
            if (!load(users, each.getKey(), each.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean load(Users users, String name, List<String> rules) {
        if (Selector.hasSpace(name)) {
            LOG.warn("Spaces not allowed in ACL usernames");
            return false;
        }
        User user = users.fresh(name);
        for (String rule : rules) {
            try {
                user.apply(rule, everyChannel);
            } catch (RuleError e) {
                LOG.warn(
                        "Error loading ACL rule '{}' for the user named '{}': {}",
                        rule,
                        name,
                        e.getMessage());
                return false;
            }
        }
        if (!user.isEnabled()) {
            LOG.info(
                    "The user '{}' is disabled (there is no 'on' modifier in the user"
                            + " description). Make sure this is not a configuration error.",
                    name);
        }
        users.put(user);
        return true;
    }
}
