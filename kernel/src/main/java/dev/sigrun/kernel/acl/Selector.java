// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.acl;

import dev.sigrun.kernel.config.text.Words;
import dev.sigrun.spi.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rules about commands, keys, channels and databases that hold together: who has several of these
 * may do what any one of them allows by itself. Owner thread only.
 */
final class Selector {
    private static final String DATABASES = "db=";

    private final CommandRules commands;
    private final Map<String, KeyPattern> keys = new LinkedHashMap<>();
    private final Map<String, NamePattern> channels = new LinkedHashMap<>();

    /** The patterns once more, to go through without making anything. */
    private KeyPattern[] keyPatterns = {};

    private NamePattern[] channelPatterns = {};
    private DatabaseList databases = DatabaseList.EMPTY;
    private boolean allKeys;
    private boolean allChannels;
    private boolean allDatabases = true;

    /**
     * Allows no command and no key, and all databases.
     *
     * @param everyChannel whether it allows all channels, as {@code acl-pubsub-default} says
     */
    Selector(AclCommands commands, boolean everyChannel) {
        this(new CommandRules(commands), everyChannel);
    }

    private Selector(CommandRules commands, boolean allChannels) {
        this.commands = commands;
        this.allChannels = allChannels;
    }

    /** Reads what stands between parentheses. */
    static Selector parse(String rules, AclCommands commands, boolean everyChannel)
            throws RuleError {
        Selector selector = new Selector(commands, everyChannel);
        List<String> words = Words.split(rules);
        if (words != null) {
            for (String rule : words) {
                selector.apply(rule);
            }
        }
        return selector;
    }

    Selector copy() {
        Selector copy = new Selector(commands.copy(), allChannels);
        copy.keys.putAll(keys);
        copy.channels.putAll(channels);
        copy.keyPatterns = keyPatterns;
        copy.channelPatterns = channelPatterns;
        copy.databases = databases;
        copy.allKeys = allKeys;
        copy.allDatabases = allDatabases;
        return copy;
    }

    // ---- rules ----

    /** Takes a rule in. */
    void apply(String rule) throws RuleError {
        if (isWord(Words.lower(rule))) {
            return;
        }
        if (Words.lower(rule).startsWith(DATABASES)) {
            databases = DatabaseList.parse(rule.substring(DATABASES.length()));
            allDatabases = false;
            return;
        }
        switch (rule.isEmpty() ? ' ' : rule.charAt(0)) {
            case '~' -> addKeys(rule.substring(1), KeyPattern.ALL);
            case '%' -> addKeysWithRights(rule);
            case '&' -> addChannels(rule.substring(1));
            case '+' -> commands.allow(rule.substring(1));
            case '-' -> commands.deny(rule.substring(1));
            default -> throw RuleError.SYNTAX;
        }
    }

    /** Whether this is a rule that is one word, which it then has taken in. */
    private boolean isWord(String rule) {
        switch (rule) {
            case "allkeys", "~*" -> everyKey(true);
            case "resetkeys" -> everyKey(false);
            case "allchannels", "&*" -> everyChannel(true);
            case "resetchannels" -> everyChannel(false);
            case "alldbs" -> everyDatabase(true);
            case "resetdbs" -> everyDatabase(false);
            case "allcommands", "+@all" -> commands.reset(true);
            case "nocommands", "-@all" -> commands.reset(false);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void everyKey(boolean yes) {
        allKeys = yes;
        keys.clear();
        keyPatterns = new KeyPattern[0];
    }

    private void everyChannel(boolean yes) {
        allChannels = yes;
        channels.clear();
        channelPatterns = new NamePattern[0];
    }

    private void everyDatabase(boolean yes) {
        allDatabases = yes;
        databases = DatabaseList.EMPTY;
    }

    private void addKeysWithRights(String rule) throws RuleError {
        if (allKeys) {
            throw RuleError.AFTER_ALL_KEYS;
        }
        int rights = 0;
        int at = 1;
        while (at < rule.length() && rule.charAt(at) != '~') {
            int right =
                    switch (rule.charAt(at)) {
                        case 'R', 'r' -> KeyPattern.READ;
                        case 'W', 'w' -> KeyPattern.WRITE;
                        default -> throw RuleError.SYNTAX;
                    };
            if ((rights & right) != 0) {
                throw RuleError.SYNTAX;
            }
            rights |= right;
            at++;
        }
        if (rights == 0) {
            throw RuleError.SYNTAX;
        }
        addKeys(rule.substring(Math.min(at + 1, rule.length())), rights);
    }

    private void addKeys(String pattern, int rights) throws RuleError {
        if (allKeys) {
            throw RuleError.AFTER_ALL_KEYS;
        }
        if (hasSpace(pattern)) {
            throw RuleError.SYNTAX;
        }
        KeyPattern known = keys.get(pattern);
        keys.put(
                pattern,
                known == null
                        ? new KeyPattern(NamePattern.of(pattern), rights)
                        : known.with(rights));
        keyPatterns = null;
    }

    private void addChannels(String pattern) throws RuleError {
        if (allChannels) {
            throw RuleError.AFTER_ALL_CHANNELS;
        }
        if (hasSpace(pattern)) {
            throw RuleError.SYNTAX;
        }
        channels.put(pattern, NamePattern.of(pattern));
        channelPatterns = null;
    }

    /** Whether a text has what would break a line of rules. */
    static boolean hasSpace(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isSpace(text.charAt(i)) || text.charAt(i) == 0) {
                return true;
            }
        }
        return false;
    }

    static boolean isSpace(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
    }

    // ---- checks ----

    /** Whether nothing at all is refused. */
    boolean allowsEverything() {
        return allKeys && allChannels && allDatabases && commands.allowAll();
    }

    CommandRules commands() {
        return commands;
    }

    boolean allowsAllKeys() {
        return allKeys;
    }

    boolean allowsAllChannels() {
        return allChannels;
    }

    boolean allowsAllDatabases() {
        return allDatabases;
    }

    /** Whether every key may be used so. */
    boolean allowsAllKeys(int rights) {
        if (allKeys) {
            return true;
        }
        for (KeyPattern pattern : keyPatterns()) {
            if (pattern.allowsAll(rights)) {
                return true;
            }
        }
        return false;
    }

    boolean allowsKey(Bytes key, int rights) {
        for (KeyPattern pattern : keyPatterns()) {
            if (pattern.allows(key, rights)) {
                return true;
            }
        }
        return allKeys;
    }

    private KeyPattern[] keyPatterns() {
        if (keyPatterns == null) {
            keyPatterns = keys.values().toArray(new KeyPattern[0]);
        }
        return keyPatterns;
    }

    /**
     * Whether a channel matches any pattern.
     *
     * @param isPattern whether it is a pattern of channels, which only itself allows
     */
    boolean allowsChannel(Bytes channel, boolean isPattern) {
        if (channelPatterns == null) {
            channelPatterns = channels.values().toArray(new NamePattern[0]);
        }
        for (NamePattern pattern : channelPatterns) {
            if (isPattern ? pattern.isSpelled(channel) : pattern.matches(channel)) {
                return true;
            }
        }
        return allChannels;
    }

    boolean allowsDatabase(int number) {
        return allDatabases || databases.contains(number);
    }

    /** The patterns for channels. */
    Set<String> channels() {
        return channels.keySet();
    }

    // ---- descriptions ----

    /** The rules that allow keys. */
    String describeKeys() {
        if (allKeys) {
            return "~*";
        }
        StringBuilder text = new StringBuilder();
        for (KeyPattern pattern : keys.values()) {
            text.append(text.isEmpty() ? "" : " ").append(pattern.rule());
        }
        return text.toString();
    }

    /** The rules that allow channels. */
    String describeChannels() {
        if (allChannels) {
            return "&*";
        }
        StringBuilder text = new StringBuilder();
        for (String pattern : channels.keySet()) {
            text.append(text.isEmpty() ? "&" : " &").append(pattern);
        }
        return text.toString();
    }

    /** The rule that allows databases. */
    String describeDatabases() {
        return allDatabases ? "alldbs" : databases.rule();
    }

    /** All rules, as they can be given again. */
    String describe() {
        StringBuilder text = new StringBuilder();
        appendWord(text, describeKeys());
        appendWord(text, allChannels ? "" : "resetchannels");
        appendWord(text, describeChannels());
        // That all databases are allowed goes without saying, so that older servers read it too.
        if (!allDatabases) {
            String rule = databases.rule();
            appendWord(text, rule.isEmpty() ? "resetdbs" : rule);
        }
        return text.append(commands.describe()).toString();
    }

    private static void appendWord(StringBuilder text, String word) {
        if (!word.isEmpty()) {
            text.append(word).append(' ');
        }
    }
}
