// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

import static dev.sigrun.kernel.config.EnumParameter.choice;
import static dev.sigrun.kernel.config.LongParameter.number;
import static dev.sigrun.kernel.config.TextParameter.text;
import static dev.sigrun.kernel.config.Trait.HONOURED;

/** Directives that Valkey does not have. */
public final class OwnParameters {
    public static final LongParameter METRICS_PORT =
            number("metrics-port", 0, HONOURED).between(0, 65_535);
    public static final TextParameter METRICS_BIND = text("metrics-bind", "127.0.0.1", HONOURED);
    public static final LongParameter BUSY_WARNING_THRESHOLD =
            number("busy-warning-threshold", 500, HONOURED).between(0, Integer.MAX_VALUE);
    public static final EnumParameter REPLICA_UNKNOWN_TYPE_POLICY =
            choice("replica-unknown-type-policy", "refuse skip", "refuse", HONOURED);
    public static final EnumParameter RDB_VERSION = choice("rdb-version", "80 11", "80", HONOURED);
    public static final EnumParameter PLUGIN_MISSING_POLICY =
            choice("plugin-missing-policy", "fail keep skip", "fail", HONOURED);

    private OwnParameters() {}

    /** All of them, in the order of their slots. */
    static Parameter[] all() {
        return new Parameter[] {
            METRICS_PORT,
            METRICS_BIND,
            BUSY_WARNING_THRESHOLD,
            REPLICA_UNKNOWN_TYPE_POLICY,
            RDB_VERSION,
            PLUGIN_MISSING_POLICY
        };
    }
}
