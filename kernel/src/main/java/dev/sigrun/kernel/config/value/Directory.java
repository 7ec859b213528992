// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config.value;

import dev.sigrun.kernel.config.text.ByteText;
import dev.sigrun.kernel.config.text.Words;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The directive dir, as an absolute path.
 *
 * <p>A JVM cannot change its working directory, so the server resolves every relative name against
 * this value instead. The form works out the path; whether there is such a directory is for the
 * configuration to ask.
 */
public final class Directory implements Form<String> {

    @Override
    public String initial() {
        return "/";
    }

    @Override
    public String parse(List<String> words, String old, boolean loading) {
        if (words.size() != 1) {
            throw new ConfigRejected("wrong number of arguments");
        }
        if (words.get(0).isEmpty()) {
            throw new ConfigRejected("dir can't be empty");
        }
        try {
            Path directory = Path.of(ByteText.toPeople(old));
            Path entered = directory.resolve(ByteText.toPeople(words.get(0)));
            return ByteText.fromPeople(entered.normalize().toString());
        } catch (InvalidPathException malformed) {
            throw new ConfigRejected("No such file or directory");
        }
    }

    @Override
    public String print(String directory) {
        return directory;
    }

    @Override
    public List<RewriteLine> lines(String name, String directory) {
        return List.of(new RewriteLine(name + " " + Words.quote(directory), true));
    }

    @Override
    public boolean takesSeveralWords() {
        return false;
    }
}
