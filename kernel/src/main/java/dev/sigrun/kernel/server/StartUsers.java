// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.acl.ConfiguredUsers;
import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.admin.acl.UserFile;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ConfigFiles;
import dev.sigrun.kernel.config.file.ConfigError;
import dev.sigrun.kernel.config.file.Directive;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users that a server starts with: those in its configuration, or those in a file of their own,
 * not both. What is wrong is said in Valkey's words, and then the server must not start, since a
 * rule that is missing may be the one that keeps somebody out. Before the start.
 */
public final class StartUsers {
    private static final Logger LOG = LoggerFactory.getLogger(StartUsers.class);

    private final AdminContext context;
    private final UserFile file;

    StartUsers(AdminContext context, ConfigFiles files) {
        this.context = context;
        this.file = new UserFile(context, files);
    }

    /**
     * Reads the lines of the configuration, as soon as all of it is read.
     *
     * @param lines those that begin with {@code user}
     */
    public static ConfiguredUsers read(Config config, List<Directive> lines) throws ConfigError {
        ConfiguredUsers users = new ConfiguredUsers(UserSettings.isEveryChannel(config));
        for (Directive line : lines) {
            String complaint = users.add(line.words());
            if (complaint != null) {
                throw line.refused(complaint);
            }
        }
        return users;
    }

    /** Makes the users, once all plugins are there; false when the server must not start. */
    boolean load(ConfiguredUsers configured) {
        if (file.isConfigured() && !configured.isEmpty()) {
            LOG.warn(
                    "Configuring Valkey with users defined in valkey.conf and at the same setting"
                            + " an ACL file path is invalid. This setup is very likely to lead to"
                            + " configuration errors and security holes, please define either an"
                            + " ACL file or declare users directly in your valkey.conf, but not"
                            + " both.");
            return false;
        }
        if (!configured.load(context.access().users())) {
            LOG.warn("Critical error while loading ACLs. Exiting.");
            return false;
        }
        // Nobody is connected yet.
        String complaint = file.isConfigured() ? file.load(user -> {}) : null;
        if (complaint != null) {
            LOG.warn("Aborting Valkey startup because of ACL errors: {}", complaint);
        }
        return complaint == null;
    }
}
