// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static dev.sigrun.kernel.config.BooleanParameter.flag;
import static dev.sigrun.kernel.config.EnumParameter.choice;
import static dev.sigrun.kernel.config.TextParameter.binary;
import static dev.sigrun.kernel.config.TextParameter.ruled;
import static dev.sigrun.kernel.config.TextParameter.text;
import static dev.sigrun.kernel.config.Trait.HIDDEN;
import static dev.sigrun.kernel.config.Trait.HONOURED;
import static dev.sigrun.kernel.config.Trait.IMMUTABLE;
import static dev.sigrun.kernel.config.Trait.MEANINGLESS;
import static dev.sigrun.kernel.config.Trait.PROTECTED;
import static dev.sigrun.kernel.config.Trait.SENSITIVE;

/** Passwords, access lists and what must be switched on before it can be used. */
public final class SecurityParameters {
    public static final BooleanParameter PROTECTED_MODE = flag("protected-mode", true, HONOURED);
    public static final BooleanParameter ENABLE_DEBUG_ASSERT =
            flag("enable-debug-assert", false, MEANINGLESS, IMMUTABLE, HIDDEN);
    public static final BooleanParameter LUA_ENABLE_INSECURE_API =
            flag(
                    "lua-enable-insecure-api lua-enable-deprecated-api",
                    false,
                    HONOURED,
                    HIDDEN,
                    PROTECTED);
    public static final TextParameter ACLFILE = text("aclfile", "", HONOURED, IMMUTABLE);
    public static final TextParameter IGNORE_WARNINGS = text("ignore-warnings", "");
    public static final TextParameter REQUIREPASS =
            binary("requirepass", null, HONOURED, SENSITIVE);
    public static final TextParameter HASH_SEED =
            ruled("hash-seed", null, TextRule.HASH_SEED, HONOURED, IMMUTABLE);
    public static final EnumParameter ACL_PUBSUB_DEFAULT =
            choice("acl-pubsub-default", "allchannels resetchannels", "resetchannels", HONOURED);
    public static final EnumParameter ENABLE_PROTECTED_CONFIGS =
            choice("enable-protected-configs", "no yes local", "no", HONOURED, IMMUTABLE);
    public static final EnumParameter ENABLE_DEBUG_COMMAND =
            choice("enable-debug-command", "no yes local", "no", HONOURED, IMMUTABLE);
    public static final EnumParameter ENABLE_MODULE_COMMAND =
            choice("enable-module-command", "no yes local", "no", HONOURED, IMMUTABLE);

    private SecurityParameters() {}

    static Parameter[] all() {
        return new Parameter[] {
            PROTECTED_MODE,
            ENABLE_DEBUG_ASSERT,
            LUA_ENABLE_INSECURE_API,
            ACLFILE,
            IGNORE_WARNINGS,
            REQUIREPASS,
            HASH_SEED,
            ACL_PUBSUB_DEFAULT,
            ENABLE_PROTECTED_CONFIGS,
            ENABLE_DEBUG_COMMAND,
            ENABLE_MODULE_COMMAND,
        };
    }
}
