// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.server;

import dev.sigrun.kernel.admin.ShutdownWish;
import dev.sigrun.kernel.config.Config;
import dev.sigrun.kernel.config.ServerParameters;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins the end when the system asks for it. The JVM's own way, shutdown hooks, knows no return:
 * but the server goes on when its data cannot be saved. So the signals are taken over, through
 * {@code sun.misc.Signal}, which every JDK has but no compiler lets pass without a warning.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private final Kernel kernel;
    private final Config config;
    private volatile boolean asked;

    Signals(Kernel kernel, Config config) {
        this.kernel = kernel;
        this.config = config;
    }

    /** Takes them over; where that is not possible they end the process as the JVM likes. */
    void handle() {
        try {
            take("TERM", this::terminate);
            take("INT", this::interrupt);
        } catch (ReflectiveOperationException | IllegalArgumentException e) {
            LOG.warn("Signals end the server without saving: {}", e.toString());
        }
    }

    @SuppressWarnings("ReferenceEquality") // What hears of a signal is one object or another.
    private static void take(String name, Runnable action) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object hearer =
                Proxy.newProxyInstance(
                        Signals.class.getClassLoader(),
                        new Class<?>[] {handler},
                        (proxy, method, arguments) ->
                                switch (method.getName()) {
                                    case "handle" -> {
                                        action.run();
                                        yield null;
                                    }
                                    case "equals" -> proxy == arguments[0];
                                    case "hashCode" -> System.identityHashCode(proxy);
                                    default -> "handler of SIG" + name;
                                });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), hearer);
    }

    private void terminate() {
        begin("SIGTERM", config.code(ServerParameters.SHUTDOWN_ON_SIGTERM));
    }

    @SuppressWarnings("SystemExitOutsideMain") // Who insists on the end does not want to wait.
    private void interrupt() {
        if (asked) {
            LOG.warn("You insist... exiting now.");
            Runtime.getRuntime().halt(1);
        }
        begin("SIGINT", config.code(ServerParameters.SHUTDOWN_ON_SIGINT));
    }

    private void begin(String name, long bits) {
        asked = true;
        if (kernel.isLoading()) {
            LOG.warn("Received shutdown signal during loading, scheduling shutdown.");
        } else {
            LOG.warn("Received {} scheduling shutdown...", name);
        }
        kernel.shutdown(ShutdownWish.of(bits), () -> asked = false);
    }
}
