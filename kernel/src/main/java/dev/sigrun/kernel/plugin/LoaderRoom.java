// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import java.net.URLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.ResourceBundle;
import java.util.Set;
import org.pf4j.AbstractPluginManager;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultPluginDescriptor;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.ExtensionWrapper;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginStatusProvider;
import org.pf4j.VersionManager;

/**
 * Owner thread only. Makes and closes the class loaders of plugins, with PF4J as plumbing.
 *
 * <p>PF4J keeps the loaders and closes them. Everything in it that looks around by itself is
 * switched off: it scans no folder, reads no manifest (the gate has), finds no extensions, and
 * starts nothing, since a plugin here is started through the contract and not through PF4J's.
 */
final class LoaderRoom extends AbstractPluginManager {
    private Candidate arriving;

    LoaderRoom() {
        // A cached jar file outlives its loader: it would keep the file open for ever.
        URLConnection.setDefaultUseCaches("jar", false);
    }

    /** Makes the class loader of a plugin; loads no class. */
    ClassLoader open(Candidate candidate) {
        arriving = candidate;
        try {
            return getPluginClassLoader(loadPlugin(candidate.root()));
        } finally {
            arriving = null;
        }
    }

    /** Closes the class loader of a plugin. */
    void close(String id) {
        ClassLoader loader = getPluginClassLoader(id);
        if (loader != null) {
            ResourceBundle.clearCache(loader);
            unloadPlugin(id);
        }
    }

    private PluginDescriptor describe() {
        PluginManifest manifest = arriving.manifest();
        return new DefaultPluginDescriptor(
                manifest.id(), "", manifest.className(), manifest.version(), "*", null, null);
    }

    private ClassLoader loaderOf(PluginDescriptor descriptor) {
        IsolatedLoader loader = new IsolatedLoader(this, descriptor);
        for (Path part : arriving.classPath()) {
            loader.addFile(part.toFile());
        }
        return loader;
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new PluginDescriptorFinder() {
            @Override
            public boolean isApplicable(Path path) {
                return true;
            }

            @Override
            public PluginDescriptor find(Path path) {
                return describe();
            }
        };
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new PluginLoader() {
            @Override
            public boolean isApplicable(Path path) {
                return true;
            }

            @Override
            public ClassLoader loadPlugin(Path path, PluginDescriptor descriptor) {
                return loaderOf(descriptor);
            }
        };
    }

    @Override
    protected List<Path> createPluginsRoot() {
        return List.of();
    }

    @Override
    protected PluginRepository createPluginRepository() {
        return new PluginRepository() {
            @Override
            public List<Path> getPluginPaths() {
                return List.of();
            }

            @Override
            public boolean deletePluginPath(Path path) {
                return false;
            }
        };
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String id) {
                return false;
            }

            @Override
            public void disablePlugin(String id) {
                throw new UnsupportedOperationException(id);
            }

            @Override
            public void enablePlugin(String id) {
                throw new UnsupportedOperationException(id);
            }
        };
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return wrapper -> null;
    }

    @Override
    protected ExtensionFactory createExtensionFactory() {
        return new DefaultExtensionFactory();
    }

    @Override
    protected VersionManager createVersionManager() {
        return new DefaultVersionManager();
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        return new NoExtensions();
    }

    @SuppressWarnings("rawtypes") // PF4J's own signature.
    private static final class NoExtensions implements ExtensionFinder {
        @Override
        public <T> List<ExtensionWrapper<T>> find(Class<T> type) {
            return List.of();
        }

        @Override
        public <T> List<ExtensionWrapper<T>> find(Class<T> type, String id) {
            return List.of();
        }

        @Override
        public List<ExtensionWrapper> find(String id) {
            return List.of();
        }

        @Override
        public Set<String> findClassNames(String id) {
            return Set.of();
        }
    }
}
