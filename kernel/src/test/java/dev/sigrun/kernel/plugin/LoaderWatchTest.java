// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoaderWatchTest {
    private static final int ROUNDS = 100;

    private final LoaderWatch watch = new LoaderWatch();

    @Test
    void aLoaderThatIsInUseIsALeak() throws Exception {
        try (URLClassLoader loader = new URLClassLoader(new URL[0])) {
            watch.watch(info(), loader);
            System.gc();
            assertEquals(List.of(new Leak("demo", "1.2.3", List.of())), watch.leaks());
        }
    }

    @Test
    void aCollectedLoaderIsNoLeakFromThatMomentOn() {
        for (int i = 0; i < ROUNDS; i++) {
            WeakReference<ClassLoader> loader = watchOne();
            Scene.awaitCollected(loader);
            assertEquals(List.of(), watch.leaks());
        }
    }

    private WeakReference<ClassLoader> watchOne() {
        ClassLoader loader = new URLClassLoader(new URL[0]);
        watch.watch(info(), loader);
        return new WeakReference<>(loader);
    }

    private static PluginInfo info() {
        return new PluginInfo("demo", "demo", 1, "1.2.3", null, "", List.of());
    }
}
