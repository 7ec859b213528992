// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static dev.sigrun.kernel.config.BooleanParameter.flag;
import static dev.sigrun.kernel.config.EnumParameter.choice;
import static dev.sigrun.kernel.config.LongParameter.number;
import static dev.sigrun.kernel.config.TextParameter.ruled;
import static dev.sigrun.kernel.config.TextParameter.text;
import static dev.sigrun.kernel.config.Trait.COMBINED;
import static dev.sigrun.kernel.config.Trait.DENY_LOADING;
import static dev.sigrun.kernel.config.Trait.HIDDEN;
import static dev.sigrun.kernel.config.Trait.HONOURED;
import static dev.sigrun.kernel.config.Trait.IMMUTABLE;
import static dev.sigrun.kernel.config.Trait.MEANINGLESS;
import static dev.sigrun.kernel.config.Trait.PROTECTED;
import static dev.sigrun.kernel.config.ValueParameter.value;

import dev.sigrun.kernel.config.value.Directory;

/** The process and everything that is about the server as a whole. */
public final class ServerParameters {
    public static final BooleanParameter DAEMONIZE = flag("daemonize", false, HONOURED, IMMUTABLE);
    public static final BooleanParameter ALWAYS_SHOW_LOGO =
            flag("always-show-logo", false, MEANINGLESS, IMMUTABLE);
    public static final BooleanParameter SET_PROC_TITLE =
            flag("set-proc-title", true, HONOURED, IMMUTABLE);
    public static final BooleanParameter USE_EXIT_ON_PANIC =
            flag("use-exit-on-panic", false, MEANINGLESS, HIDDEN);
    public static final BooleanParameter EXTENDED_REDIS_COMPATIBILITY =
            flag("extended-redis-compatibility", false, HONOURED);
    public static final BooleanParameter IMPORT_MODE = flag("import-mode", false, HONOURED);
    public static final TextParameter PIDFILE = text("pidfile", null, HONOURED, IMMUTABLE);
    public static final TextParameter SERVER_CPULIST =
            text("server-cpulist server_cpulist", null, MEANINGLESS, IMMUTABLE);
    public static final TextParameter BIO_CPULIST =
            text("bio-cpulist bio_cpulist", null, MEANINGLESS, IMMUTABLE);
    public static final TextParameter BGSAVE_CPULIST =
            text("bgsave-cpulist bgsave_cpulist", null, MEANINGLESS, IMMUTABLE);
    public static final TextParameter PROC_TITLE_TEMPLATE =
            ruled(
                    "proc-title-template",
                    "{title} {listen-addr} {server-mode}",
                    TextRule.TITLE_TEMPLATE);
    public static final TextParameter LOCALE_COLLATE = text("locale-collate", "");
    public static final EnumParameter SUPERVISED =
            choice("supervised", "upstart systemd auto no", "no", IMMUTABLE);
    public static final EnumParameter SHUTDOWN_ON_SIGINT =
            choice(
                    "shutdown-on-sigint",
                    "default save nosave now force safe failover",
                    "default",
                    HONOURED,
                    COMBINED);
    public static final EnumParameter SHUTDOWN_ON_SIGTERM =
            choice(
                    "shutdown-on-sigterm",
                    "default save nosave now force safe failover",
                    "default",
                    HONOURED,
                    COMBINED);
    public static final LongParameter DATABASES =
            number("databases", 16, HONOURED, IMMUTABLE).between(1, Integer.MAX_VALUE);
    public static final LongParameter HZ = number("hz", 10, HONOURED);
    public static final LongParameter SHUTDOWN_TIMEOUT = number("shutdown-timeout", 10, HONOURED);
    public static final LongParameter BUSY_REPLY_THRESHOLD =
            number("busy-reply-threshold lua-time-limit", 5000, HONOURED)
                    .between(0, Long.MAX_VALUE);
    public static final ValueParameter<String> DIR =
            value("dir", new Directory(), HONOURED, PROTECTED, DENY_LOADING);

    private ServerParameters() {}

    static Parameter[] all() {
        return new Parameter[] {
            DAEMONIZE,
            ALWAYS_SHOW_LOGO,
            SET_PROC_TITLE,
            USE_EXIT_ON_PANIC,
            EXTENDED_REDIS_COMPATIBILITY,
            IMPORT_MODE,
            PIDFILE,
            SERVER_CPULIST,
            BIO_CPULIST,
            BGSAVE_CPULIST,
            PROC_TITLE_TEMPLATE,
            LOCALE_COLLATE,
            SUPERVISED,
            SHUTDOWN_ON_SIGINT,
            SHUTDOWN_ON_SIGTERM,
            DATABASES,
            HZ,
            SHUTDOWN_TIMEOUT,
            BUSY_REPLY_THRESHOLD,
            DIR,
        };
    }
}
