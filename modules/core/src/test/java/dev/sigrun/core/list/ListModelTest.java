// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.list;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sigrun.testkit.RespClient;
import dev.sigrun.testkit.SigrunServer;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Commands at random do what lists of the Java library say they do, in every form of a list. */
final class ListModelTest {
    private static final int COMMANDS = 2500;
    private static final String[] SIZES = {"-2", "4", "-1", "1", "-2", "4"};
    private static final String[] PACKED_THRESHOLDS = {"0", "0", "0", "0", "3b", "1"};

    @RegisterExtension
    static final SigrunServer SERVER =
            SigrunServer.withConfig("--enable-debug-command", "yes").virtualClock();

    @AfterEach
    void usualLimits() {
        SERVER.connect().call("DEBUG", "QUICKLIST-PACKED-THRESHOLD", "0");
        SERVER.set("list-max-listpack-size", "-2");
    }

    @RepeatedTest(6)
    void theServerDoesWhatTheModelDoes(RepetitionInfo repetition) {
        int round = repetition.getCurrentRepetition() - 1;
        long seed = Long.getLong("sigrun.test.seed", new Random().nextLong()) + round;
        System.out.println("ListModelTest: -Dsigrun.test.seed=" + seed);
        SERVER.flush();
        SERVER.set("list-max-listpack-size", SIZES[round]);
        RespClient client = SERVER.connect(2 + round % 2);
        client.call("DEBUG", "QUICKLIST-PACKED-THRESHOLD", PACKED_THRESHOLDS[round]);
        SplittableRandom random = new SplittableRandom(seed);
        ListModel model = new ListModel();
        ListCommandChoice choice = new ListCommandChoice(random, round % 2 == 0);
        for (int step = 0; step < COMMANDS; step++) {
            String[] command = choice.next();
            int number = step;
            assertEquals(
                    model.run(command),
                    client.ask(command).toString(),
                    () ->
                            "seed "
                                    + seed
                                    + ", command "
                                    + number
                                    + ": "
                                    + String.join(" ", command));
            if (step % 50 == 0) {
                transfer(client, command[1]);
            }
        }
    }

    /** A payload and a copy hold the same. */
    private static void transfer(RespClient client, String key) {
        if (client.ask("EXISTS", key).integer() == 0) {
            return;
        }
        String expected = client.call("LRANGE", key, "0", "-1");
        String payload = client.ask("DUMP", key).bulk();
        assertEquals("+OK", client.call("RESTORE", "spare", "0", payload, "REPLACE"));
        assertEquals(expected, client.call("LRANGE", "spare", "0", "-1"));
        assertEquals(":1", client.call("COPY", key, "spare", "REPLACE"));
        assertEquals(expected, client.call("LRANGE", "spare", "0", "-1"));
    }
}
