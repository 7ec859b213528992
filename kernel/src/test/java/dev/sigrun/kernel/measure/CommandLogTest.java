// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CommandLogTest {
    private final CommandLog log = new CommandLog(new Ticking());

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            log.add(i, List.of(), "127.0.0.1:1", "");
        }
    }

    @Test
    void theOldestGoWhenThereAreTooMany() {
        log.configure(0, 3);
        add(5);
        assertEquals(3, log.length());
        assertEquals(4, log.newest().next().id());
    }

    @Test
    void numbersGoOnAfterAReset() {
        log.configure(0, 3);
        add(5);
        log.reset();
        assertEquals(0, log.length());
        add(1);
        assertEquals(5, log.newest().next().id());
    }

    @Test
    void aLogWithoutRoomOrWithANegativeThresholdIsOff() {
        log.configure(-1, 3);
        assertEquals(Long.MAX_VALUE, log.threshold());
        log.configure(5, 0);
        assertEquals(Long.MAX_VALUE, log.threshold());
        log.configure(5, -1);
        assertEquals(5, log.threshold());
    }
}
