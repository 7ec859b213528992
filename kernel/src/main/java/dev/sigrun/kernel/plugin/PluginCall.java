// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.plugin;

/**
 * Calls into a plugin's code, of which anything may be expected: whatever it throws comes back as
 * text, errors included, and the thread's context class loader is the plugin's meanwhile so that
 * {@code ServiceLoader} and its like look in the right place.
 */
final class PluginCall {
    /**
     * Code of a plugin.
     *
     * @param <T> class of the outcome
     */
    @FunctionalInterface
    interface Code<T> {
        T run() throws Throwable;
    }

    /** Code of a plugin without an outcome. */
    @FunctionalInterface
    interface Action {
        void run() throws Throwable;
    }

    private PluginCall() {}

    static <T> T get(ClassLoader loader, Code<T> code) throws Fault {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return code.run();
        } catch (Throwable thrown) {
            throw Fault.of(thrown);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    static void run(ClassLoader loader, Action code) throws Fault {
        get(
                loader,
                () -> {
                    code.run();
                    return null;
                });
    }
}
