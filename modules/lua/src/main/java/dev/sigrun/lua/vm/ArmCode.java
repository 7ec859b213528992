// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.vm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Machine code for arm64. Addresses stand behind the code, from where they are loaded. */
final class ArmCode implements MachineCode {
    private static final int STATE_TO_X19 = 0xAA0003F3; // mov x19, x0
    private static final int STATE_FROM_X19 = 0xAA1303E0; // mov x0, x19
    private static final int ENTER = 0xA9BE7BFD; // stp x29, x30, [sp, #-32]!
    private static final int LEAVE = 0xA8C27BFD; // ldp x29, x30, [sp], #32
    private static final int KEEP_X19 = 0xF9000BF3; // str x19, [sp, #16]
    private static final int X19_BACK = 0xF9400BF3; // ldr x19, [sp, #16]
    private static final int CALL_X16 = 0xD63F0200; // blr x16
    private static final int JUMP_X16 = 0xD61F0200; // br x16
    private static final int RETURN = 0xD65F03C0; // ret
    private static final int STOP = 0xD4200000; // brk #0
    private static final int NUMBER_TO_W1 = 0x52800001; // mov w1, #0
    private static final int NUMBER_TO_W17 = 0x52800011; // mov w17, #0
    private static final int LOAD_X16 = 0x58000010; // ldr x16, +0
    private static final int IF_NEGATIVE = 0x37F80000; // tbnz w0, #31, +0
    private static final int COMPARE_32 = 0x6B11001F; // cmp w0, w17
    private static final int COMPARE_64 = 0xEB11001F; // cmp x0, x17
    private static final int IF_NOT_HIGHER = 0x54000009; // b.ls +0

    private final ByteBuffer out = ByteBuffer.allocate(BYTES_MAX).order(ByteOrder.LITTLE_ENDIAN);
    private final List<Integer> loads = new ArrayList<>();
    private final List<Long> addresses = new ArrayList<>();

    private void clear() {
        out.clear();
        loads.clear();
        addresses.clear();
    }

    private void enter() {
        clear();
        out.putInt(ENTER).putInt(KEEP_X19).putInt(STATE_TO_X19);
    }

    private void leave() {
        out.putInt(X19_BACK).putInt(LEAVE);
    }

    private void second(int number) {
        out.putInt(NUMBER_TO_W1 | small(number) << 5);
    }

    private static int small(int number) {
        if (number < 0 || number > 0xFFFF) {
            throw new IllegalArgumentException(number + " takes more than 16 bits");
        }
        return number;
    }

    private void address(long address) {
        loads.add(out.position());
        addresses.add(address);
        out.putInt(LOAD_X16);
    }

    private void call(long address) {
        address(address);
        out.putInt(CALL_X16);
    }

    private int jump(int instruction) {
        int at = out.position();
        out.putInt(instruction);
        return at;
    }

    /** How far a jump goes stands in words from bit 5 on. */
    private void land(int jump) {
        out.putInt(jump, out.getInt(jump) | (out.position() - jump) / 4 << 5);
    }

    private byte[] raising(int failed, long raise) {
        land(failed);
        out.putInt(STATE_FROM_X19);
        call(raise);
        out.putInt(STOP);
        return withAddresses();
    }

    private byte[] withAddresses() {
        if (out.position() % Long.BYTES != 0) {
            out.putInt(STOP);
        }
        for (int i = 0; i < loads.size(); i++) {
            land(loads.get(i));
            out.putLong(addresses.get(i));
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    @Override
    public byte[] function(int number, long dispatch, long raise) {
        enter();
        second(number);
        call(dispatch);
        int failed = jump(IF_NEGATIVE);
        leave();
        out.putInt(RETURN);
        return raising(failed, raise);
    }

    @Override
    public byte[] allocator(long resize, long free) {
        clear();
        out.putInt(0xF9400009); // ldr x9, [x0]
        out.putInt(0xCB020129); // sub x9, x9, x2
        out.putInt(0x8B030129); // add x9, x9, x3
        out.putInt(0xEB02007F); // cmp x3, x2
        int noGrowth = jump(IF_NOT_HIGHER);
        out.putInt(0xF940040A); // ldr x10, [x0, #8]
        out.putInt(0xEB0A013F); // cmp x9, x10
        int refused = jump(0x54000008); // b.hi
        land(noGrowth);
        out.putInt(0xF9000009); // str x9, [x0]
        out.putInt(0xAA0103E0); // mov x0, x1
        int gone = jump(0xB4000003); // cbz x3
        out.putInt(0xAA0303E1); // mov x1, x3
        address(resize);
        out.putInt(JUMP_X16);
        land(gone);
        out.putInt(0xA9BF7BFD); // stp x29, x30, [sp, #-16]!
        call(free);
        out.putInt(0xA8C17BFD); // ldp x29, x30, [sp], #16
        land(refused);
        out.putInt(0xD2800000); // mov x0, #0
        out.putInt(RETURN);
        return withAddresses();
    }

    @Override
    public byte[] guard(
            int number,
            long dispatch,
            long raise,
            long probe,
            int argument,
            boolean wide,
            int limit,
            long original) {
        enter();
        second(argument);
        call(probe);
        out.putInt(NUMBER_TO_W17 | small(limit) << 5);
        out.putInt(wide ? COMPARE_64 : COMPARE_32);
        int harmless = jump(IF_NOT_HIGHER);
        out.putInt(STATE_FROM_X19);
        second(number);
        call(dispatch);
        int failed = jump(IF_NEGATIVE);
        land(harmless);
        out.putInt(STATE_FROM_X19);
        leave();
        address(original);
        out.putInt(JUMP_X16);
        return raising(failed, raise);
    }
}
