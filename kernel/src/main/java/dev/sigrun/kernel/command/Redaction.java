// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.command;

import dev.sigrun.spi.command.Args;
import java.util.BitSet;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Knows which arguments of the kernel's commands are secrets or tell who the users are, so that
 * they stay out of logs and of {@code MONITOR}. It looks when something is about to be shown, which
 * is rare, rather than whenever a command runs. Owner thread only.
 */
public final class Redaction {
    /** What stands in the place of such an argument. */
    public static final String SHOWN = "(redacted)";

    private final BitSet hidden = new BitSet();
    private Predicate<String> isSensitive = name -> false;

    /** Says which parameters of the configuration have values that nobody may see. */
    public void sensitiveParameters(Predicate<String> names) {
        isSensitive = names;
    }

    /** Looks at a command; {@link #hides} is about this one from now on. */
    public Redaction of(Command command, Args args) {
        hidden.clear();
        if (command.owner().equals(Registry.KERNEL)) {
            look(command.fullName(), args);
        }
        return this;
    }

    private void look(String name, Args args) {
        switch (name) {
            case "auth" -> hidden.set(1, args.count());
            case "acl|setuser", "acl|deluser", "acl|getuser" -> hidden.set(2, args.count());
            case "config|set" -> lookAtParameters(args);
            case "hello" -> lookForPassword(args, 2);
            case "migrate" -> lookForPassword(args, 6);
            default -> {
                // Nothing is secret about the others.
            }
        }
    }

    private void lookAtParameters(Args args) {
        for (int i = 2; i + 1 < args.count(); i += 2) {
            if (isSensitive.test(args.bytes(i).text().toLowerCase(Locale.ROOT))) {
                hidden.set(i + 1);
            }
        }
    }

    /** {@code AUTH} has two arguments in {@code HELLO}, and one in {@code MIGRATE}. */
    private void lookForPassword(Args args, int from) {
        boolean isMigrate = from == 6;
        for (int i = from; i < args.count(); i++) {
            if (isMigrate && args.is(i, "keys")) {
                return;
            }
            if (args.is(i, "setname")) {
                i++;
            } else if (args.is(i, "auth") || args.is(i, "auth2")) {
                int words = isMigrate && args.is(i, "auth") ? 1 : 2;
                hidden.set(i + 1, Math.min(i + 1 + words, Math.max(args.count(), i + 1)));
                i += words;
            }
        }
    }

    /** Whether an argument must not be shown. */
    public boolean hides(int index) {
        return hidden.get(index);
    }
}
