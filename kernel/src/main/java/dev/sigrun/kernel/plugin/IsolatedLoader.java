// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import java.util.Set;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * The class loader of one plugin. Any thread.
 *
 * <p>A plugin sees the JDK (through the platform loader, which is the parent), the contract, the
 * off-heap memory and slf4j's API (from the server, so that there is one of each), and itself.
 * Nothing else of the server's class path is visible, so a plugin may bring any library in any
 * version; and no resource of the server is, because resources come from the plugin and the
 * platform alone.
 *
 * <p>This keeps plugins from depending on what is not theirs by accident. It is no jail: a plugin
 * that means harm can ask a shared class for its loader.
 */
final class IsolatedLoader extends PluginClassLoader {
    private static final Set<String> SLF4J_API =
            Set.of("org.slf4j", "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi");

    private final ClassLoader host = dev.sigrun.spi.Plugin.class.getClassLoader();

    IsolatedLoader(PluginManager manager, PluginDescriptor descriptor) {
        super(manager, descriptor, ClassLoader.getPlatformClassLoader());
    }

    @Override
    public Class<?> loadClass(String name) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            return isShared(name) ? host.loadClass(name) : platformOrOwn(name);
        }
    }

    private Class<?> platformOrOwn(String name) throws ClassNotFoundException {
        try {
            return getParent().loadClass(name);
        } catch (ClassNotFoundException notOfThePlatform) {
            return findClass(name);
        }
    }

    /** Whether a class comes from the server. */
    private static boolean isShared(String name) {
        return name.startsWith("dev.sigrun.spi.")
                || name.startsWith("dev.sigrun.memory.")
                || SLF4J_API.contains(name.substring(0, Math.max(name.lastIndexOf('.'), 0)));
    }
}
