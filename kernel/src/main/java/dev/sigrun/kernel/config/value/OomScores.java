// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.value;

import dev.sigrun.kernel.config.text.Numbers;
import java.util.List;

/**
 * The directive oom-score-adj-values: how readily Linux should kill a primary, a replica and a
 * background child.
 */
public final class OomScores implements Form<OomScores.Scores> {
    private static final int SCORE_MAX = 2000;

    /** One score per role. */
    public record Scores(int primary, int replica, int child) {}

    @Override
    public Scores initial() {
        return new Scores(0, 200, 800);
    }

    @Override
    public Scores parse(List<String> words, Scores old, boolean loading) {
        if (words.size() != 3) {
            throw new ConfigRejected("wrong number of arguments");
        }
        return new Scores(score(words.get(0)), score(words.get(1)), score(words.get(2)));
    }

    @Override
    public String print(Scores scores) {
        return scores.primary() + " " + scores.replica() + " " + scores.child();
    }

    @Override
    public List<RewriteLine> lines(String name, Scores scores) {
        return List.of(new RewriteLine(name + " " + print(scores), !scores.equals(initial())));
    }

    private static int score(String word) {
        Long score = Numbers.lenient(word);
        if (score == null || score < -SCORE_MAX || score > SCORE_MAX) {
            throw new ConfigRejected(
                    "Invalid oom-score-adj-values, elements must be between -2000 and 2000.");
        }
        return (int) (long) score;
    }
}
