// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.spi;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a type that plugins implement. After the first stable version of the SPI such a type grows
 * by {@code default} methods alone, so that a plugin built against an older minor keeps working.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ForPlugin {}
