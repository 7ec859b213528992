// SPDX-License-Identifier: Apache-2.0
/**
 * The way in and out: the command line, the configuration file, and CONFIG REWRITE.
 *
 * <p>Purpose: valkey-server's command line and files work unchanged, and so do its error messages.
 * Owner thread: all of it; loading happens before there are clients. Invariant: whatever bytes a
 * file holds, loading ends well or with a {@link dev.sigrun.kernel.config.file.ConfigError}.
 * Allowed dependencies: {@code config} and its parts, slf4j.
 */
package dev.sigrun.kernel.config.file;
