// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.config;

/**
 * Owner thread. Judges a value that has been set but not acted on yet: the configuration it is
 * shown already holds it.
 */
@FunctionalInterface
public interface Validator {
    /** What is wrong, in words for the user, or null. */
    String complaint(Config config);
}
