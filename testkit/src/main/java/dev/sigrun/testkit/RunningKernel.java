// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.testkit;

import dev.sigrun.kernel.acl.ConfiguredUsers;
import dev.sigrun.kernel.base.Clock;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.file.CommandLine;
import dev.sigrun.kernel.config.file.ConfigError;
import dev.sigrun.kernel.config.file.ConfigLoader;
import dev.sigrun.kernel.plugin.PluginException;
import dev.sigrun.kernel.server.Kernel;
import dev.sigrun.kernel.server.ListenFailed;
import dev.sigrun.kernel.server.Seeds;
import dev.sigrun.kernel.server.StartUsers;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A kernel that serves, with what watches over it. Confined to the test's thread. */
final class RunningKernel {
    private static final int STOP_SECONDS_MAX = 20;
    private static final int LOOK_MILLIS = 20;

    private final Kernel kernel;
    private final CountDownLatch stopped;
    private final ErrorWatch errors;
    private final ThreadWatch threads;
    private final OwnFolder folder;
    private long emptyBytes;

    private RunningKernel(
            Kernel kernel,
            CountDownLatch stopped,
            ErrorWatch errors,
            ThreadWatch threads,
            OwnFolder folder) {
        this.folder = folder;
        this.kernel = kernel;
        this.stopped = stopped;
        this.errors = errors;
        this.threads = threads;
    }

    static RunningKernel start(
            List<String> options, List<PluginSource> plugins, Clock clock, long seed) {
        ThreadWatch threads = new ThreadWatch();
        ErrorWatch errors = ErrorWatch.begin();
        CountDownLatch stopped = new CountDownLatch(1);
        TestFiles files = new TestFiles();
        OwnFolder folder = new OwnFolder();
        Config config = new Config(files);
        try {
            List<String> words =
                    new ArrayList<>(List.of("--port", "0", "--bind", "127.0.0.1", "--save", ""));
            if (!options.contains("--dir")) {
                words.addAll(List.of("--dir", folder.path().toString()));
            }
            words.addAll(options);
            ConfigLoader loader = new ConfigLoader(config, files, InputStream.nullInputStream());
            loader.load(CommandLine.parse(words));
            ConfiguredUsers users = StartUsers.read(config, loader.users());
            Kernel kernel =
                    new Kernel(config, files, clock, Seeds.of(seed), null, stopped::countDown);
            kernel.anyPort();
            kernel.loadBundled();
            try {
                kernel.rename(loader.renames());
            } catch (ConfigError e) {
                new RunningKernel(kernel, stopped, errors, threads, folder).stop();
                throw e;
            }
            for (PluginSource plugin : plugins) {
                plugin.loadInto(kernel);
            }
            if (!kernel.loadUsers(users)) {
                new RunningKernel(kernel, stopped, errors, threads, folder).stop();
                throw new IllegalArgumentException("the log says what is wrong with the users");
            }
            kernel.start();
            RunningKernel running = new RunningKernel(kernel, stopped, errors, threads, folder);
            running.load();
            return running;
        } catch (ConfigError e) {
            throw new IllegalArgumentException(e.report(), e);
        } catch (PluginException e) {
            throw new IllegalArgumentException(e.logText(), e);
        } catch (ListenFailed e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the server serves, or has ended because it cannot. */
    private void load() {
        CountDownLatch loaded = new CountDownLatch(1);
        // The owner takes it right before it loads, and the latch hands it over.
        kernel.context().owner().execute(() -> emptyBytes = kernel.context().store().usedBytes());
        kernel.load(loaded::countDown);
        try {
            while (!loaded.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                if (stopped.getCount() == 0) {
                    errors.close();
                    folder.close();
                    throw new IllegalStateException(
                            kernel.isLoading()
                                    ? "the server could not load its data"
                                    : "the server would have served what it could not load");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What was in use before the server had any data. */
    long emptyBytes() {
        return emptyBytes;
    }

    Kernel kernel() {
        return kernel;
    }

    ErrorWatch errors() {
        return errors;
    }

    void stop() {
        kernel.shutdown();
        try {
            if (!stopped.await(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new AssertionError("the server did not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            errors.close();
            folder.close();
        }
        threads.awaitEnd();
    }
}
