// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit.differential;

import dev.sigrun.testkit.Quoting;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Runs a random stream of commands on a trusted server and on one that is tried. Every reply is
 * compared; from time to time every key's digest is, and every value travels as a payload in both
 * directions. Everything in both servers is deleted. Confined to one thread.
 */
public final class Differential implements AutoCloseable {
    /** Commands after which contents are compared and both servers emptied. */
    private static final int EPOCH_COMMANDS = 3000;

    /** Differences after which a run gives up. */
    private static final int DIFFERENCES_MAX = 20;

    private static final String[] SMALL_LIMITS = {
        "list-max-listpack-size", "5", "hash-max-listpack-entries", "6",
        "set-max-intset-entries", "5", "set-max-listpack-entries", "6",
        "zset-max-listpack-entries", "6", "stream-node-max-entries", "5",
        "list-compress-depth", "1"
    };
    private static final String[] USUAL_LIMITS = {
        "list-max-listpack-size", "-2", "hash-max-listpack-entries", "512",
        "set-max-intset-entries", "512", "set-max-listpack-entries", "128",
        "zset-max-listpack-entries", "128", "stream-node-max-entries", "100",
        "list-compress-depth", "0"
    };

    /** A longer member makes a sorted set a large one, whatever the limits above. */
    private static final int SMALL_VALUE_MAX = 64;

    private final RespClient trusted;
    private final RespClient tried;
    private final CommandStream stream;
    private final Consumer<String> report;
    private final List<List<String>> history = new ArrayList<>();

    /** Names of the commands that have not been answered without an error yet. */
    private final Set<String> unanswered = new TreeSet<>();

    private int differences;
    private long commands;
    private long errors;

    /**
     * Connects to both.
     *
     * @param trustedPort port of the server that is right
     * @param triedPort port of the other
     * @param groups prefixes of the names of commands to use; empty for all
     * @param report takes a line for each difference, with what led to it
     */
    public Differential(
            int trustedPort,
            int triedPort,
            long seed,
            List<String> groups,
            Consumer<String> report) {
        this.trusted = new RespClient(trustedPort);
        this.tried = new RespClient(triedPort);
        this.report = report;
        List<CommandModel> wanted =
                CommandModel.all(trusted.ask("COMMAND", "DOCS")).stream()
                        .filter(c -> groups.isEmpty() || groups.contains(c.group()))
                        .toList();
        List<CommandModel> known = known(wanted);
        known.forEach(command -> unanswered.add(command.name()));
        this.stream = new CommandStream(known, seed);
    }

    /** Leaves out what the server that is tried does not know, after saying so once. */
    private List<CommandModel> known(List<CommandModel> wanted) {
        List<CommandModel> known = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (CommandModel command : wanted) {
            boolean has = !tried.ask("COMMAND", "INFO", command.name()).items().get(0).isNull();
            if (has) {
                known.add(command);
            } else {
                missing.add(command.name());
            }
        }
        if (!missing.isEmpty()) {
            differences++;
            report.accept("commands that are missing: " + String.join(" ", missing));
        }
        return known;
    }

    /** Number of commands that were run. */
    public long commands() {
        return commands;
    }

    /** Number of commands that were answered with an error, which says how sensible they were. */
    public long errors() {
        return errors;
    }

    /** Names of commands that were answered with nothing but errors, or not run at all. */
    public Set<String> unanswered() {
        return unanswered;
    }

    /**
     * Runs until told to stop or too much differs.
     *
     * @param goOn asked after every command
     * @return number of differences
     */
    public int run(BooleanSupplier goOn) {
        int epoch = 0;
        while (differences < DIFFERENCES_MAX && goOn.getAsBoolean()) {
            beginEpoch(epoch++);
            for (int i = 0; i < EPOCH_COMMANDS && goOn.getAsBoolean(); i++) {
                step(stream.next());
                if (differences >= DIFFERENCES_MAX) {
                    return differences;
                }
            }
            compareContents();
        }
        return differences;
    }

    private void beginEpoch(int epoch) {
        String[] limits = epoch % 2 == 0 ? USUAL_LIMITS : SMALL_LIMITS;
        history.clear();
        for (RespClient client : List.of(trusted, tried)) {
            client.ask("HELLO", epoch / 2 % 2 == 0 ? "2" : "3");
            client.ask("FLUSHALL");
            for (int i = 0; i < limits.length; i += 2) {
                client.ask("CONFIG", "SET", limits[i], limits[i + 1]);
            }
        }
    }

    private void step(List<String> command) {
        if (command.getFirst().startsWith("sort") && command.size() > 1) {
            growBeforeSort(command.get(1));
        }
        String[] words = command.toArray(String[]::new);
        trusted.send(words);
        tried.send(words);
        Reply expected = read(trusted, "the trusted server", command);
        Reply actual = read(tried, "the server that is tried", command);
        history.add(command);
        commands++;
        if (expected.isError()) {
            errors++;
        } else {
            unanswered.remove(stream.lastName());
        }
        if (!ReplyComparison.agree(command, expected, actual)) {
            differ(command, expected.toString(), actual.toString());
        }
    }

    /**
     * Makes a small sorted set a large one on both servers. To sort one is to read it here, but
     * Valkey turns it into its large encoding for good, which names and formats numbers another
     * way.
     */
    private void growBeforeSort(String key) {
        for (RespClient client : List.of(trusted, tried)) {
            client.ask("ZADD", key, "XX", "0", "x".repeat(SMALL_VALUE_MAX + 1));
        }
    }

    private static Reply read(RespClient from, String who, List<String> command) {
        try {
            return from.read();
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(who + " does not answer " + line(command), e);
        }
    }

    private void compareContents() {
        for (int database = 0; database < Values.DATABASES; database++) {
            select(database);
            compareDatabase();
        }
        select(0);
    }

    private void select(int database) {
        trusted.ask("SELECT", Integer.toString(database));
        tried.ask("SELECT", Integer.toString(database));
    }

    private void compareDatabase() {
        // Not DBSIZE, which counts what has expired until somebody looks.
        Reply keys = trusted.ask("KEYS", "*");
        Reply triedKeys = tried.ask("KEYS", "*");
        if (!ReplyComparison.agree(List.of("KEYS"), keys, triedKeys)) {
            differ(List.of("KEYS", "*"), keys.toString(), triedKeys.toString());
        }
        for (Reply key : keys.items()) {
            compare(key.text());
        }
    }

    private void compare(String key) {
        String expected = digest(trusted, key);
        String actual = digest(tried, key);
        if (!expected.equals(actual)) {
            differ(List.of("DEBUG", "DIGEST-VALUE", key), expected, actual);
            return;
        }
        travel(trusted, tried, key, expected);
        travel(tried, trusted, key, expected);
    }

    private static String digest(RespClient client, String key) {
        return client.ask("DEBUG", "DIGEST-VALUE", key).toString();
    }

    private void travel(RespClient from, RespClient to, String key, String digest) {
        Reply payload = from.ask("DUMP", key);
        if (payload.isNull()) {
            return;
        }
        String copy = "copy-of-a-payload";
        Reply restored = to.ask("RESTORE", copy, "0", payload.text(), "REPLACE");
        boolean expires = from.ask("PEXPIRETIME", key).integer() > 0;
        if (expires) {
            to.ask("PEXPIREAT", copy, Long.toString(from.ask("PEXPIRETIME", key).integer()));
        }
        String arrived = digest(to, copy);
        if (!arrived.equals(digest)) {
            String way = from == trusted ? "from the trusted" : "to the trusted";
            differ(List.of("RESTORE", key, way), digest, restored + " " + arrived);
        }
        to.ask("DEL", copy);
    }

    private void differ(List<String> command, String expected, String actual) {
        differences++;
        StringBuilder text = new StringBuilder();
        text.append("difference ").append(differences).append(" at command ").append(commands);
        text.append("\n  command:  ").append(line(command));
        text.append("\n  expected: ").append(cut(expected)).append("\n  actual:   ");
        text.append(cut(actual)).append("\n  before it, with the same keys:\n");
        List<String> before = new ArrayList<>();
        for (int i = history.size() - 2; i >= 0 && before.size() < 12; i--) {
            if (sharesKey(history.get(i), command)) {
                before.add("    " + cut(line(history.get(i))));
            }
        }
        before.reversed().forEach(l -> text.append(l).append('\n'));
        report.accept(text.toString());
    }

    private static boolean sharesKey(List<String> one, List<String> other) {
        for (String word : one) {
            if (word.indexOf(':') > 0 && other.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static String cut(String text) {
        return text.length() > 600 ? text.substring(0, 600) + "..." : text;
    }

    private static String line(List<String> command) {
        return String.join(" ", command.stream().map(Quoting::word).toList());
    }

    @Override
    public void close() {
        trusted.close();
        tried.close();
    }
}
