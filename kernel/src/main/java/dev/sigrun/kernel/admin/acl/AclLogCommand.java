// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.acl;

import dev.sigrun.kernel.acl.AclLog;
import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Execution;
import dev.sigrun.kernel.command.Registry;
import dev.sigrun.spi.command.CommandException;
import dev.sigrun.spi.reply.ReplyWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** ACL LOG: what was refused. Owner thread only. */
final class AclLogCommand {
    private static final int SHOWN = 10;

    private final AclLog log;

    AclLogCommand(AdminContext admin) {
        this.log = admin.access().log();
    }

    void register(Registry registry, Command acl) {
        AclCommandSet.add(registry, acl, AclCommandSet.admin("log", -2), this::log);
    }

    private void log(Execution execution) throws CommandException {
        TrialCommands.onlyArguments(execution, 3);
        long wanted = SHOWN;
        if (execution.args().count() == 3) {
            if (execution.args().is(2, "reset")) {
                log.clear();
                execution.reply().ok();
                return;
            }
            wanted = execution.args().longAt(2);
        }
        int count = Math.clamp(wanted, 0, log.entries().size());
        execution.reply().array(count);
        for (AclLog.Entry entry : log.entries()) {
            if (count == 0) {
                return;
            }
            show(execution.reply(), entry, execution.nowMillis());
            count--;
        }
    }

    private static void show(ReplyWriter reply, AclLog.Entry entry, long nowMillis) {
        reply.map(10);
        reply.bulk("count");
        reply.integer(entry.count());
        reply.bulk("reason");
        reply.bulk(entry.reason().word());
        reply.bulk("context");
        reply.bulk(entry.context().name().toLowerCase(Locale.ROOT));
        reply.bulk("object");
        text(reply, entry.object());
        reply.bulk("username");
        text(reply, entry.userName());
        reply.bulk("age-seconds");
        reply.dbl((nowMillis - entry.updatedMillis()) / 1000.0);
        reply.bulk("client-info");
        text(reply, entry.clientInfo());
        reply.bulk("entry-id");
        reply.integer(entry.id());
        reply.bulk("timestamp-created");
        reply.integer(entry.createdMillis());
        reply.bulk("timestamp-last-updated");
        reply.integer(entry.updatedMillis());
    }

    private static void text(ReplyWriter reply, String text) {
        reply.bulk(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
