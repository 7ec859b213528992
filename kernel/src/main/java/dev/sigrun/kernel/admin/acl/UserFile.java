// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.acl;

import dev.sigrun.kernel.acl.AclFile;
import dev.sigrun.kernel.acl.User;
import dev.sigrun.kernel.acl.Users;
import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ConfigFiles;
import dev.sigrun.kernel.config.SecurityParameters;
import dev.sigrun.kernel.config.text.ByteText;
import dev.sigrun.kernel.config.text.Errno;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The file that {@code aclfile} names. Owner thread only, and before the start. */
public final class UserFile {
    private static final Logger LOG = LoggerFactory.getLogger(UserFile.class);

    private final Config config;
    private final Users users;
    private final ConfigFiles files;

    /** The file of one server. */
    public UserFile(AdminContext admin, ConfigFiles files) {
        this.config = admin.config();
        this.users = admin.access().users();
        this.files = files;
    }

    /** Whether there is one. */
    public boolean isConfigured() {
        return !config.text(SecurityParameters.ACLFILE).isEmpty();
    }

    private String name() {
        return config.text(SecurityParameters.ACLFILE);
    }

    private Path path() {
        return config.directory().resolve(name());
    }

    /**
     * Puts what the file says in the place of all users, or changes nothing.
     *
     * @param whenGone what becomes of the clients of users that are no more
     * @return all that is wrong, or null
     */
    public String load(Consumer<User> whenGone) {
        String content;
        try {
            content = ByteText.fromBytes(files.read(path()));
        } catch (IOException e) {
            return "Error loading ACLs, opening file '" + name() + "': " + Errno.text(e);
        }
        return new AclFile(users, name()).load(content, whenGone);
    }

    /** Writes all users into the file; says in the log why it does not go. */
    boolean save() {
        try {
            files.replaceAtomically(path(), ByteText.toBytes(AclFile.content(users)));
            return true;
        } catch (IOException e) {
            LOG.warn("Writing ACL file for ACL SAVE: {}", Errno.text(e));
            return false;
        }
    }
}
