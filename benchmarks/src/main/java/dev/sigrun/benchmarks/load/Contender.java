// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.benchmarks.load;

import java.nio.file.Path;

/** One of the two servers under comparison: its name in the report and the program to start. */
record Contender(String name, Path program) {}
