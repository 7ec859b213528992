// SPDX-License-Identifier: Apache-2.0
/**
 * The configuration: every directive of Valkey 9.1 as a typed parameter, and the values they hold.
 *
 * <p>Purpose: {@link dev.sigrun.kernel.config.Config} holds the values, answers CONFIG GET and
 * carries out CONFIG SET; the {@code *Parameters} classes are the table of directives by topic;
 * {@code config.file} reads and rewrites the file.
 *
 * <p>Owner thread: everything that changes a value. Any thread may read one, and sees either the
 * value before a change or the one after it; who needs to know of the change at once registers a
 * listener.
 *
 * <p>Invariants: text is kept with one {@code char} per byte (ISO 8859-1), so any bytes survive; a
 * refused CONFIG SET leaves every value as it was.
 *
 * <p>Allowed dependencies: the JDK and slf4j, {@code config.text}, {@code config.value}. Files are
 * reached through {@link dev.sigrun.kernel.config.ConfigFiles} alone.
 */
package dev.sigrun.kernel.config;
