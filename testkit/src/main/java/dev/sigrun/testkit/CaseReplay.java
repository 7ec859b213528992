// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import java.util.ArrayList;
import java.util.List;

/** Runs the groups of a case file and collects what differs. Confined to the test's thread. */
final class CaseReplay {
    private final SigrunServer server;
    private final int protocol;

    CaseReplay(SigrunServer server, int protocol) {
        this.server = server;
        this.protocol = protocol;
    }

    void run(CaseFile.Group group) {
        server.flush();
        server.set("proto-max-bulk-len", "536870912");
        Recording recording = server.record();
        List<String> differences = new ArrayList<>();
        try (RespClient client = server.connect(protocol)) {
            for (CaseFile.Case one : group.cases()) {
                recording.takeLines();
                String reply = client.run(one.command()).toString();
                compare(one, reply, recording.takeLines(), differences);
            }
        }
        if (!differences.isEmpty()) {
            throw new AssertionError(
                    differences.size() + " differ\n" + String.join("\n", differences));
        }
    }

    private void compare(
            CaseFile.Case one, String reply, List<String> effects, List<String> differences) {
        boolean replyDiffers = one.reply() != null && !reply.equals(one.reply(protocol));
        if (replyDiffers) {
            differences.add(
                    "line "
                            + one.line()
                            + ": "
                            + one.command()
                            + "\n  expected "
                            + one.reply(protocol)
                            + "\n  but was  "
                            + reply);
        }
        if (one.effects() != null && !effects.equals(one.effects())) {
            differences.add(
                    "line "
                            + one.line()
                            + ": "
                            + one.command()
                            + "\n  expected "
                            + one.effects()
                            + "\n  but did  "
                            + effects);
        }
    }
}
