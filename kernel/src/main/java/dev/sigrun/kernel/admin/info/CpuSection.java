// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.admin.info;

import dev.sigrun.kernel.admin.AdminContext;
import dev.sigrun.kernel.base.ProcessStatus;
import dev.sigrun.kernel.base.ProcessStatus.CpuTimes;

/** Time on the processor. The main thread is the owner. Owner thread only. */
final class CpuSection implements Section {
    private final AdminContext context;
    private final ProcessStatus process;
    private final Pulse pulse;

    CpuSection(AdminContext context, ProcessStatus process, Pulse pulse) {
        this.context = context;
        this.process = process;
        this.pulse = pulse;
    }

    @Override
    public void write(InfoText out) {
        CpuTimes all = process.processTimes();
        CpuTimes own = process.threadTimes();
        out.section("CPU");
        out.seconds("used_cpu_sys", all.system());
        out.seconds("used_cpu_user", all.user());
        out.seconds("used_cpu_sys_children", all.childrenSystem());
        out.seconds("used_cpu_user_children", all.childrenUser());
        out.seconds("used_cpu_sys_main_thread", own.system());
        out.seconds("used_cpu_user_main_thread", own.user());
        out.seconds("used_active_time_main_thread", pulse.busyMicros());
        int number = 1;
        for (long micros : context.actions().io().threadMicros()) {
            out.seconds("used_active_time_io_thread_" + number, micros);
            number++;
        }
    }
}
