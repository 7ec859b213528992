// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.acl.ConfiguredUsers;
import dev.sigrun.kernel.admin.ServerFacts;
import dev.sigrun.kernel.base.SystemClock;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.MonitoringParameters;
import dev.sigrun.kernel.config.SecurityParameters;
import dev.sigrun.kernel.config.ServerParameters;
import dev.sigrun.kernel.config.file.CommandLine;
import dev.sigrun.kernel.config.file.ConfigError;
import dev.sigrun.kernel.config.file.ConfigLoader;
import dev.sigrun.kernel.config.file.Directive;
import dev.sigrun.kernel.plugin.PluginException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program: reads the configuration, starts one server and waits for its end. */
public final class SigrunServer {
    private final SystemFiles files = new SystemFiles();
    private final PrintStream out;
    private final PrintStream err;
    private final ServerLog log;
    private final CountDownLatch stopped = new CountDownLatch(1);

    private SigrunServer(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        this.log = ServerLog.install(out);
    }

    /** Takes valkey-server's command line. */
    @SuppressWarnings("SystemExitOutsideMain") // The exit status is part of the command line.
    public static void main(String[] args) {
        // A call to the class would make the JDK's own manager first.
        System.setProperty(LastingLogManager.PROPERTY, LastingLogManager.class.getName());
        int status = new SigrunServer(System.out, System.err).guarded(List.of(args));
        System.out.flush();
        Runtime.getRuntime().halt(status);
    }

    /** Threads of a server that is half started would keep the process for ever. */
    private int guarded(List<String> words) {
        try {
            return run(CommandLine.parse(words));
        } catch (RuntimeException | Error e) {
            LoggerFactory.getLogger(SigrunServer.class).error("The server cannot go on", e);
            return 1;
        }
    }

    private int run(CommandLine line) {
        return switch (line.mode()) {
            case VERSION -> print(Usage.version() + "\n");
            case HELP -> print(Usage.help());
            case SENTINEL, TEST_MEMORY, CHECK_SYSTEM -> {
                err.println("sigrun-server does not do this: " + line.mode());
                yield 1;
            }
            default -> serve(line);
        };
    }

    private int print(String text) {
        out.print(text);
        return 0;
    }

    private int serve(CommandLine line) {
        Config config = new Config(files);
        ConfigLoader loader = new ConfigLoader(config, files, System.in);
        ConfiguredUsers users;
        try {
            loader.load(line);
            users = StartUsers.read(config, loader.users());
        } catch (ConfigError e) {
            err.print(e.report());
            return 1;
        }
        String logFile = config.text(MonitoringParameters.LOGFILE);
        log.configure(
                config.choice(MonitoringParameters.LOGLEVEL),
                logFile.isEmpty() ? null : config.directory().resolve(logFile));
        config.onChange(
                MonitoringParameters.LOGLEVEL,
                () ->
                        log.configure(
                                config.choice(MonitoringParameters.LOGLEVEL),
                                logFile.isEmpty() ? null : config.directory().resolve(logFile)));
        followLogForm(config);
        Logger logger = LoggerFactory.getLogger(SigrunServer.class);
        long pid = ProcessHandle.current().pid();
        logger.info("oO0OoO0OoO0Oo Sigrun is starting oO0OoO0OoO0Oo");
        logger.info(
                "Sigrun version={}, Valkey version={}, bits=64, java={}, pid={}, just started",
                ServerFacts.SIGRUN_VERSION,
                ServerFacts.VALKEY_VERSION,
                Runtime.version(),
                pid);
        logger.info("Configuration loaded");
        if (config.booleanValue(MonitoringParameters.SYSLOG_ENABLED)) {
            logger.warn(
                    "syslog-enabled has no effect; have standard output taken to the system log");
        }
        return start(config, loader, users, logger);
    }

    private void followLogForm(Config config) {
        Runnable choose =
                () ->
                        log.form(
                                new LogLine(
                                        config.choice(MonitoringParameters.LOG_FORMAT),
                                        config.choice(MonitoringParameters.LOG_TIMESTAMP_FORMAT)));
        choose.run();
        config.onChange(MonitoringParameters.LOG_FORMAT, choose);
        config.onChange(MonitoringParameters.LOG_TIMESTAMP_FORMAT, choose);
    }

    private int start(Config config, ConfigLoader loader, ConfiguredUsers users, Logger logger) {
        String hashSeed = config.text(SecurityParameters.HASH_SEED);
        Seeds seeds =
                hashSeed == null || hashSeed.isEmpty()
                        ? Seeds.fresh()
                        : Seeds.withHashSeed(hashSeed);
        Kernel kernel =
                new Kernel(
                        config,
                        files,
                        new SystemClock(),
                        seeds,
                        loader.configFile(),
                        stopped::countDown);
        try {
            kernel.loadBundled();
            kernel.rename(loader.renames());
            for (Directive module : loader.modules()) {
                List<String> words = module.words();
                kernel.load(
                        config.directory().resolve(words.get(1)), words.subList(2, words.size()));
            }
        } catch (PluginException e) {
            logger.warn("{}", e.logText());
            return 1;
        } catch (ConfigError e) {
            err.print(e.report());
            return 1;
        }
        if (!config.pendingModuleValues().isEmpty()) {
            logger.warn(
                    "Module Configuration detected without loadmodule directive or no matching"
                            + " parameter: {}",
                    config.pendingModuleValues().keySet());
            return 1;
        }
        if (!kernel.loadUsers(users)) {
            return 1;
        }
        try {
            kernel.start();
        } catch (ListenFailed e) {
            logger.warn("{}", e.getMessage());
            return 1;
        }
        // Whoever waits for the banner's process id in the log may connect as soon as it is there.
        log.raw(Usage.banner(config));
        logger.info("Server initialized");
        writePidFile(config, logger);
        new Signals(kernel, config).handle();
        kernel.load(kernel::announce);
        return awaitEnd(kernel, config, logger);
    }

    private int awaitEnd(Kernel kernel, Config config, Logger logger) {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        removePidFile(config);
        if (kernel.exitStatus() == 0) {
            logger.warn("Sigrun is now ready to exit, bye bye...");
        }
        return kernel.exitStatus();
    }

    private static Path pidFile(Config config) {
        String name = config.text(ServerParameters.PIDFILE);
        return name == null || name.isEmpty() ? null : config.directory().resolve(name);
    }

    private static void writePidFile(Config config, Logger logger) {
        Path file = pidFile(config);
        if (file != null) {
            try {
                Files.writeString(file, ProcessHandle.current().pid() + "\n");
            } catch (java.io.IOException e) {
                logger.warn("Failed to write PID file: {}", e.getMessage());
            }
        }
    }

    private static void removePidFile(Config config) {
        Path file = pidFile(config);
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (java.io.IOException e) {
                // The file is of no use any more, and there is nobody left to tell.
                return;
            }
        }
    }
}
