// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All users by name, of whom the default one never goes. Owner thread only. */
public final class Users {
    private final AclCommands commands;
    private final Map<String, User> byName = new TreeMap<>();
    private final User defaultUser;
    private final List<Runnable> listeners = new ArrayList<>();
    private ChannelLoss channelLoss = ChannelLoss.NONE;
    private boolean everyChannel;

    /** Begins with the default user, who may do everything. */
    Users(AclCommands commands) {
        this.commands = commands;
        this.defaultUser = User.unrestricted(User.DEFAULT_NAME, commands).markDefault();
        byName.put(User.DEFAULT_NAME, defaultUser);
    }

    /** Hears that a user may lose channels. */
    @FunctionalInterface
    public interface ChannelLoss {
        /** Nobody has subscribed to anything. */
        ChannelLoss NONE = (user, left) -> {};

        /**
         * Ends the clients of a user that are subscribed to what is not left. The user's rules are
         * still the old ones.
         */
        void channelsLost(User user, ChannelRights left);
    }

    /** Sets who ends clients that are subscribed to what their user loses. */
    public void channelLoss(ChannelLoss listener) {
        channelLoss = listener;
    }

    /** Has somebody told whenever the default user may have changed. */
    public void onDefaultChange(Runnable listener) {
        listeners.add(listener);
    }

    private void changed(User user) {
        if (user == defaultUser) {
            listeners.forEach(Runnable::run);
        }
    }

    /** Sets {@code acl-pubsub-default}: whether new users may use all channels. */
    public void everyChannel(boolean yes) {
        everyChannel = yes;
    }

    boolean everyChannel() {
        return everyChannel;
    }

    /** The user of new connections. */
    public User defaultUser() {
        return defaultUser;
    }

    /** The user of a name, or null. */
    public User find(String name) {
        return byName.get(name);
    }

    /** All users in the order of their names. */
    public Collection<User> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    /** The user whom a name and a password prove; null for none. */
    public User authenticate(String name, byte[] password) {
        User user = byName.get(name);
        return user != null && user.isLetInWith(password) ? user : null;
    }

    /** Gives the default user one password, or null for none at all, and leaves the rest. */
    public void defaultPassword(byte[] password) {
        try {
            defaultUser.apply(password == null ? "nopass" : "resetpass", everyChannel);
            if (password != null) {
                String text = new String(password, java.nio.charset.StandardCharsets.ISO_8859_1);
                defaultUser.apply(">" + text, everyChannel);
            }
        } catch (RuleError e) {
            throw new IllegalStateException(e);
        }
        changed(defaultUser);
    }

    // ---- changes ----

    /**
     * Makes a user, or changes one, by all rules or by none.
     *
     * @return what is wrong, or null
     */
    public String set(String name, List<String> words) {
        User user = byName.get(name);
        User tried = user == null ? fresh(name) : user.copy();
        List<String> rules;
        try {
            rules = Rules.merge(words);
        } catch (Rules.Unmatched e) {
            return unmatched(words.get(e.index));
        }
        for (String rule : rules) {
            try {
                tried.apply(rule, everyChannel);
            } catch (RuleError e) {
                return "Error in ACL SETUSER modifier '" + shown(rule) + "': " + e.getMessage();
            }
        }
        put(tried);
        return null;
    }

    private static String unmatched(String word) {
        return "Unmatched parenthesis in acl selector starting at '" + shown(word) + "'.";
    }

    /** Valkey shows what stands before a zero byte. */
    private static String shown(String rule) {
        int zero = rule.indexOf(0);
        return zero < 0 ? rule : rule.substring(0, zero);
    }

    User fresh(String name) {
        return new User(name, commands, everyChannel);
    }

    /** Makes a user, or puts it in the place of the one of its name. */
    void put(User user) {
        User known = byName.putIfAbsent(user.name(), user);
        if (known != null) {
            replace(known, user);
        }
    }

    private void replace(User user, User tried) {
        ChannelRights left = ChannelRights.shrunk(user, tried);
        if (left != null) {
            channelLoss.channelsLost(user, left);
        }
        user.become(tried);
        changed(user);
    }

    /** Removes a user, who must not be the default one; null when there is none of the name. */
    public User remove(String name) {
        return byName.remove(name);
    }

    /**
     * Puts other users in place of all that there are; who is among both stays the same object.
     *
     * @return those who are no more
     */
    List<User> replaceAll(Map<String, User> users) {
        List<User> gone = new ArrayList<>();
        for (User user : List.copyOf(byName.values())) {
            User other = users.get(user.name());
            if (other != null) {
                replace(user, other);
            } else if (user == defaultUser) {
                replace(user, User.unrestricted(User.DEFAULT_NAME, commands));
            } else {
                gone.add(byName.remove(user.name()));
            }
        }
        users.forEach(byName::putIfAbsent);
        return gone;
    }
}
