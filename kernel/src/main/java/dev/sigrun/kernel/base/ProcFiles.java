// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads {@code /proc}, whose files are short and made from memory, so that even the owner may read
 * them. Where there is no {@code /proc}, everything is unknown. Any thread.
 */
public final class ProcFiles implements ProcessStatus {
    /** What the fields of /proc count in: Linux shows user programs a hundred ticks a second. */
    private static final long TICK_MICROS = 10_000;

    private static final int USER_FIELD = 11;
    private static final int FIELDS_NEEDED = 15;

    private final Path root;
    private final String system;

    /** Reads the real files. */
    public ProcFiles() {
        this(Path.of("/proc"));
    }

    ProcFiles(Path root) {
        this.root = root;
        String machine = System.getProperty("os.arch");
        this.system =
                System.getProperty("os.name")
                        + " "
                        + System.getProperty("os.version")
                        + " "
                        + (machine.equals("amd64") ? "x86_64" : machine);
    }

    @Override
    public long processId() {
        return ProcessHandle.current().pid();
    }

    @Override
    public long residentBytes() {
        return kibibytes("self/status", "VmRSS:") * 1024;
    }

    @Override
    public long machineBytes() {
        return kibibytes("meminfo", "MemTotal:") * 1024;
    }

    private long kibibytes(String file, String field) {
        String text = read(file);
        int at = text.indexOf(field);
        if (at < 0) {
            return 0;
        }
        long value = 0;
        for (at += field.length(); at < text.length() && text.charAt(at) != '\n'; at++) {
            int digit = text.charAt(at) - '0';
            value = digit >= 0 && digit <= 9 ? value * 10 + digit : value;
        }
        return value;
    }

    @Override
    public CpuTimes processTimes() {
        return times("self/stat");
    }

    @Override
    public CpuTimes threadTimes() {
        return times("thread-self/stat");
    }

    private CpuTimes times(String file) {
        String line = read(file);
        // The program's name is in brackets and may have blanks of its own.
        String[] fields = line.substring(line.lastIndexOf(')') + 1).strip().split(" ", -1);
        if (fields.length < FIELDS_NEEDED) {
            return CpuTimes.NONE;
        }
        return new CpuTimes(
                Long.parseLong(fields[USER_FIELD]) * TICK_MICROS,
                Long.parseLong(fields[USER_FIELD + 1]) * TICK_MICROS,
                Long.parseLong(fields[USER_FIELD + 2]) * TICK_MICROS,
                Long.parseLong(fields[USER_FIELD + 3]) * TICK_MICROS);
    }

    @Override
    public String operatingSystem() {
        return system;
    }

    private String read(String file) {
        try {
            return Files.readString(root.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
