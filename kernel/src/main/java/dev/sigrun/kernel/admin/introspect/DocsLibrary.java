// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.introspect;

import dev.sigrun.kernel.command.Command;
import dev.sigrun.kernel.command.Registry;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The documentation of commands. A resource is read when somebody first asks for it, and again when
 * memory was short in between or its owner was loaded anew. Owner thread only.
 */
final class DocsLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(DocsLibrary.class);

    private final Registry registry;
    private final Map<String, Volume> volumes = new HashMap<>();

    DocsLibrary(Registry registry) {
        this.registry = registry;
    }

    /**
     * A resource that was read.
     *
     * @param content what it says by the names of commands
     * @param witness a command it was read for; once that is gone, so may be what was read
     */
    private record Volume(
            SoftReference<Map<String, Object>> content, WeakReference<Command> witness) {}

    /** What is written about a command; empty when nothing is. */
    Map<String, Object> about(Command command) {
        Object text = resource(command).get(command.fullName());
        return text instanceof Map<?, ?> fields ? DocsFields.named(fields) : Map.of();
    }

    private Map<String, Object> resource(Command command) {
        String declared = command.spec().docs();
        if (declared == null) {
            return Map.of();
        }
        // Resources are found by class loaders, to whom names are absolute without a slash.
        String name = declared.startsWith("/") ? declared.substring(1) : declared;
        String key = command.owner() + " " + name;
        Volume volume = volumes.get(key);
        Map<String, Object> content = volume == null ? null : volume.content().get();
        if (content == null || !isRegistered(volume.witness().get())) {
            content = read(command.owner(), name);
            Command witness = command.container() == null ? command : command.container();
            volumes.put(
                    key, new Volume(new SoftReference<>(content), new WeakReference<>(witness)));
        }
        return content;
    }

    private boolean isRegistered(Command command) {
        return command != null && registry.isRegistered(command);
    }

    private Map<String, Object> read(String owner, String name) {
        try {
            byte[] content = registry.resource(owner, name);
            return content == null ? Map.of() : DocsParser.parse(content);
        } catch (IOException e) {
            LOG.warn("The documentation {} of '{}' cannot be read", name, owner, e);
            return Map.of();
        }
    }
}
