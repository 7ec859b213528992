// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import java.lang.ref.PhantomReference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * Owner thread only. Remembers the class loaders of plugins that are gone until the garbage
 * collector has taken them.
 */
final class LoaderWatch {
    private final List<Watched> watched = new ArrayList<>();

    /** Says that nothing should refer to a loader any more. */
    void watch(PluginInfo plugin, ClassLoader loader) {
        forgetCollected();
        watched.add(new Watched(plugin, loader));
    }

    /** The loaders that are still reachable. */
    List<Leak> leaks() {
        forgetCollected();
        List<Leak> leaks = new ArrayList<>();
        for (Watched each : watched) {
            leaks.add(new Leak(each.id, each.version, threadsOf(each.loader.get())));
        }
        return leaks;
    }

    /**
     * Asks the references themselves: a queue would tell of them some time after the collection.
     */
    private void forgetCollected() {
        watched.removeIf(each -> each.refersTo(null));
    }

    private static List<String> threadsOf(ClassLoader loader) {
        List<String> names = new ArrayList<>();
        if (loader == null) {
            return names;
        }
        ThreadGroup root = Thread.currentThread().getThreadGroup();
        while (root.getParent() != null) {
            root = root.getParent();
        }
        // Threads may start meanwhile; a list that is not quite complete is good enough.
        Thread[] threads = new Thread[root.activeCount() * 2 + 16];
        int count = root.enumerate(threads);
        for (int i = 0; i < count; i++) {
            if (loader.equals(threads[i].getContextClassLoader())) {
                names.add(threads[i].getName());
            }
        }
        return names;
    }

    /** The phantom says when the loader is gone, the weak reference names its threads till then. */
    private static final class Watched extends PhantomReference<ClassLoader> {
        private final String id;
        private final String version;
        private final WeakReference<ClassLoader> loader;

        Watched(PluginInfo plugin, ClassLoader loader) {
            super(loader, null);
            this.id = plugin.id();
            this.version = plugin.version();
            this.loader = new WeakReference<>(loader);
        }
    }
}
