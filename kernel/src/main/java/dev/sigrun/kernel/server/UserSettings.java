// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.acl.AccessControl;
import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.MonitoringParameters;
import dev.sigrun.kernel.config.Parameter;
import dev.sigrun.kernel.config.SecurityParameters;

/** Tells the users and the log of refusals what the configuration says. Owner thread only. */
final class UserSettings {
    private final Config config;
    private final AccessControl access;

    UserSettings(AdminContext context) {
        this.config = context.config();
        this.access = context.access();
    }

    /** What {@link #apply} looks at. */
    static Parameter[] parameters() {
        return new Parameter[] {
            SecurityParameters.ACL_PUBSUB_DEFAULT, MonitoringParameters.ACLLOG_MAX_LEN,
        };
    }

    /** Whether new users may use all channels. */
    static boolean isEveryChannel(Config config) {
        return config.choice(SecurityParameters.ACL_PUBSUB_DEFAULT).equals("allchannels");
    }

    void apply() {
        access.users().everyChannel(isEveryChannel(config));
        access.log().entriesMax(config.longValue(MonitoringParameters.ACLLOG_MAX_LEN));
    }
}
