// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a type that the kernel implements and plugins only call. Such a type may gain methods in a
 * minor version of the SPI, so a plugin must never implement or extend it.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ForKernel {}
