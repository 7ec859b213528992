// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import dev.sigrun.kernel.config.text.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Somebody who may connect: passwords and rules. It stays the same object as long as there is a
 * user of the name, whatever becomes of the rules. Owner thread only.
 */
public final class User {
    /** The user of new connections. */
    public static final String DEFAULT_NAME = "default";

    /** Whom nothing is refused: the server itself, and clients of servers without users. */
    public static final User UNRESTRICTED = unrestricted(DEFAULT_NAME, AclCommands.NONE);

    private final String name;
    private final AclCommands commands;
    private boolean enabled;
    private boolean passwordless;
    private boolean isDefault;
    private Set<String> passwords = new LinkedHashSet<>();
    private List<Selector> selectors = new ArrayList<>();
    private boolean unrestricted;

    /** A user who may not even connect. */
    User(String name, AclCommands commands, boolean everyChannel) {
        this.name = name;
        this.commands = commands;
        selectors.add(new Selector(commands, everyChannel));
    }

    /** A user who needs no password and may do everything. */
    static User unrestricted(String name, AclCommands commands) {
        User user = new User(name, commands, true);
        user.enabled = true;
        user.passwordless = true;
        user.everything();
        return user;
    }

    private void everything() {
        try {
            selectors.getFirst().apply("+@all");
            selectors.getFirst().apply("~*");
        } catch (RuleError e) {
            throw new IllegalStateException(e);
        }
        settle();
    }

    /** Makes this the user of new connections. */
    User markDefault() {
        isDefault = true;
        return this;
    }

    /** A copy on which rules can be tried. */
    User copy() {
        User copy = new User(name, commands, false);
        copy.become(this);
        return copy;
    }

    /** Takes over everything of another but the name. */
    void become(User other) {
        enabled = other.enabled;
        passwordless = other.passwordless;
        passwords = new LinkedHashSet<>(other.passwords);
        selectors = new ArrayList<>();
        other.selectors.forEach(selector -> selectors.add(selector.copy()));
        settle();
    }

    private void settle() {
        unrestricted = false;
        for (Selector selector : selectors) {
            unrestricted |= selector.allowsEverything();
        }
    }

    // ---- rules ----

    /**
     * Takes a rule in.
     *
     * @param everyChannel whether new selectors allow all channels
     */
    void apply(String rule, boolean everyChannel) throws RuleError {
        switch (Words.lower(rule)) {
            case "", "skip-sanitize-payload", "sanitize-payload" -> {
                // Nothing to do: payloads are always checked.
            }
            case "on" -> enabled = true;
            case "off" -> enabled = false;
            case "nopass" -> resetPasswords(true);
            case "resetpass" -> resetPasswords(false);
            case "clearselectors" -> clearSelectors();
            case "reset" -> reset(everyChannel);
            default -> applyOther(rule, everyChannel);
        }
        settle();
    }

    private void applyOther(String rule, boolean everyChannel) throws RuleError {
        String rest = rule.substring(1);
        switch (rule.charAt(0)) {
            case '>' -> addPassword(hash(rest));
            case '#' -> addPassword(checked(rest));
            case '<' -> removePassword(hash(rest));
            case '!' -> removePassword(checked(rest));
            default -> {
                if (rule.startsWith("(") && rest.endsWith(")")) {
                    String inner = rest.substring(0, rest.length() - 1);
                    selectors.add(Selector.parse(inner, commands, everyChannel));
                } else {
                    selectors.getFirst().apply(rule);
                }
            }
        }
    }

    private static String hash(String password) {
        return PasswordHash.of(password.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String checked(String hash) throws RuleError {
        if (!PasswordHash.isHash(hash)) {
            throw RuleError.BAD_HASH;
        }
        return hash;
    }

    private void addPassword(String hash) {
        passwords.add(hash);
        passwordless = false;
    }

    private void removePassword(String hash) throws RuleError {
        if (!passwords.remove(hash)) {
            throw RuleError.NO_SUCH_PASSWORD;
        }
    }

    private void resetPasswords(boolean needless) {
        passwords.clear();
        passwordless = needless;
    }

    private void clearSelectors() {
        selectors.subList(1, selectors.size()).clear();
    }

    private void reset(boolean everyChannel) {
        resetPasswords(false);
        enabled = false;
        selectors.clear();
        selectors.add(new Selector(commands, everyChannel));
    }

    // ---- what there is ----

    /** Whether a text may be the name of a user. */
    public static boolean isName(String text) {
        return !Selector.hasSpace(text);
    }

    /** The name. */
    public String name() {
        return name;
    }

    /** Whether one may connect as this user. */
    public boolean isEnabled() {
        return enabled;
    }

    /** Whether any password will do. */
    public boolean isPasswordless() {
        return passwordless;
    }

    /** Whether everybody who connects is let in as this user. */
    public boolean isOpen() {
        return isDefault && passwordless && enabled;
    }

    /** Whether this user may do everything, so that nothing needs to be checked. */
    public boolean isUnrestricted() {
        return unrestricted;
    }

    /** The hashes of the passwords. */
    public Set<String> passwords() {
        return passwords;
    }

    List<Selector> selectors() {
        return selectors;
    }

    /** Whether one may connect as this user with a password. */
    boolean isLetInWith(byte[] password) {
        if (!enabled) {
            return false;
        }
        if (passwordless) {
            return true;
        }
        String hash = PasswordHash.of(password);
        boolean found = false;
        for (String one : passwords) {
            found |= PasswordHash.areEqual(one, hash);
        }
        return found;
    }

    /** Number of selectors, the rules outside of parentheses being the first one. */
    public int selectorCount() {
        return selectors.size();
    }

    /** The rules of a selector about commands, keys, channels and databases. */
    public List<String> describeSelector(int index) {
        Selector selector = selectors.get(index);
        return List.of(
                selector.commands().describe(),
                selector.describeKeys(),
                selector.describeChannels(),
                selector.describeDatabases());
    }

    /** The words that say whether and how one connects as this user. */
    public List<String> flags() {
        List<String> flags = new ArrayList<>(2);
        flags.add(enabled ? "on" : "off");
        if (passwordless) {
            flags.add("nopass");
        }
        return flags;
    }

    /** The line of a file that makes this user. */
    public String line() {
        StringBuilder text = new StringBuilder("user ").append(name);
        flags().forEach(flag -> text.append(' ').append(flag));
        passwords.forEach(hash -> text.append(" #").append(hash));
        text.append(' ').append(selectors.getFirst().describe());
        for (Selector selector : selectors.subList(1, selectors.size())) {
            text.append(" (").append(selector.describe()).append(')');
        }
        return text.toString();
    }
}
