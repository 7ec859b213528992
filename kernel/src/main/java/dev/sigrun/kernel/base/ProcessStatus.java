// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.base;

/** What the operating system knows of this process and its machine. Any thread. */
public interface ProcessStatus {
    /**
     * Time on the processor, in microseconds.
     *
     * @param user in the program
     * @param system in the operating system on its behalf
     * @param childrenUser in programs that it started and that have ended
     * @param childrenSystem in the operating system on their behalf
     */
    record CpuTimes(long user, long system, long childrenUser, long childrenSystem) {
        /** Nothing is known. */
        public static final CpuTimes NONE = new CpuTimes(0, 0, 0, 0);
    }

    /** The number of the process. */
    long processId();

    /** Bytes of real memory that the process has; 0 when unknown. */
    long residentBytes();

    /** Bytes of real memory that the machine has; 0 when unknown. */
    long machineBytes();

    /** What the process has used. */
    CpuTimes processTimes();

    /** What the calling thread has used. */
    CpuTimes threadTimes();

    /** Name and release of the operating system and the kind of the machine. */
    String operatingSystem();
}
