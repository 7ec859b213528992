// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.hardening;

import dev.sigrun.testkit.Quoting;
import dev.sigrun.testkit.Reply;
import dev.sigrun.testkit.RespClient;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the extreme words in the place of each argument of a command and says what comes of it: the
 * reply and, behind an arrow, what the keys hold when that has changed. An error that changes
 * anything is marked with an exclamation mark, which no file holds. Confined to the test's thread.
 */
final class ExtremesReplay {
    /** A word that begins with this stays, and so does a letter alone, which may be anything. */
    private static final String KEPT = "~";

    /** What is looked at besides that which the file reads. */
    private static final List<List<String>> LOOKS =
            List.of(
                    List.of("DEBUG", "DIGEST-VALUE", "k", "l", "d"),
                    List.of("PEXPIRETIME", "k"),
                    List.of("PING"));

    private static final int SHOWN_MAX = 100;

    private final RespClient client;
    private List<String> unchanged;
    private List<List<String>> setup;
    private List<List<String>> looks;

    ExtremesReplay(RespClient client) {
        this.client = client;
    }

    /** The outcomes of a command, as the lines of a file. */
    List<String> outcomes(ExtremesFile.Sample sample) {
        looks = new ArrayList<>(LOOKS);
        sample.reads().forEach(line -> looks.add(Quoting.split(line)));
        setup = new ArrayList<>(List.of(List.of("DEL", "k", "l", "d")));
        sample.setup().forEach(line -> setup.add(Quoting.split(line)));
        makeKeys();
        List<String> words = new ArrayList<>(Quoting.split(sample.command()));
        List<Integer> positions = new ArrayList<>();
        for (int position = 1; position < words.size(); position++) {
            String word = words.get(position);
            if (word.startsWith(KEPT)) {
                words.set(position, word.substring(KEPT.length()));
            } else if (!word.matches("[a-z]")) {
                positions.add(position);
            }
        }
        List<String> lines = new ArrayList<>();
        positions.forEach(position -> addOutcomes(words, position, lines));
        return lines;
    }

    private void makeKeys() {
        for (Reply reply : client.pipeline(setup)) {
            if (reply.isError()) {
                throw new AssertionError(setup + " answered " + reply);
            }
        }
        unchanged = texts(client.pipeline(looks));
    }

    private void addOutcomes(List<String> words, int position, List<String> lines) {
        Map<String, List<String>> outcomes = new LinkedHashMap<>();
        List<String> changed = new ArrayList<>(words);
        for (String word : ExtremeWords.ALL) {
            changed.set(position, word);
            outcomes.computeIfAbsent(outcome(changed), key -> new ArrayList<>())
                    .add(ExtremeWords.shown(word));
        }
        String usual =
                outcomes.entrySet().stream()
                        .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                        .orElseThrow()
                        .getKey();
        lines.add(position + " *: " + usual);
        outcomes.forEach((outcome, found) -> {
            if (!outcome.equals(usual)) {
                lines.add(position + " " + String.join(" ", found) + ": " + outcome);
            }
        });
    }

    private String outcome(List<String> command) {
        List<List<String>> commands = new ArrayList<>(List.of(command));
        commands.addAll(looks);
        List<Reply> replies = client.pipeline(commands);
        Reply reply = replies.getFirst();
        List<String> seen = texts(replies.subList(1, replies.size()));
        if (seen.equals(unchanged)) {
            return shown(reply);
        }
        StringBuilder state = new StringBuilder(shown(reply));
        state.append(reply.isError() ? " !" : "").append(" =>");
        replies.subList(1 + LOOKS.size(), replies.size())
                .forEach(read -> state.append(' ').append(shown(read)));
        boolean expires = !seen.get(1).startsWith(":-") && !seen.get(1).equals(unchanged.get(1));
        makeKeys();
        return state.append(expires ? " expires" : "").toString();
    }

    private static List<String> texts(List<Reply> replies) {
        return replies.stream().map(Reply::toString).toList();
    }

    /** The reply, or where that is long, its begin and what tells it from others. */
    private static String shown(Reply reply) {
        String text = sorted(reply).toString();
        return text.length() <= SHOWN_MAX
                ? text
                : text.substring(0, 40) + "..." + text.length() + "/" + text.hashCode();
    }

    /** Members of a set in one order, since it is chance which they come in. */
    private static Reply sorted(Reply reply) {
        if (reply.kind() != '~') {
            return reply;
        }
        List<Reply> items = new ArrayList<>(reply.items());
        items.sort(Comparator.comparing(Reply::toString));
        return new Reply('~', "", items);
    }
}
