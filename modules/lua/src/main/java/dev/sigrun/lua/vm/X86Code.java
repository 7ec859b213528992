// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.vm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Machine code for x86-64 with the calling convention of Unix. */
final class X86Code implements MachineCode {
    private final ByteBuffer out = ByteBuffer.allocate(BYTES_MAX).order(ByteOrder.LITTLE_ENDIAN);

    private void bytes(int... values) {
        for (int value : values) {
            out.put((byte) value);
        }
    }

    /** push rbx; mov rbx, rdi: keeps the state, and aligns the stack. */
    private void enter() {
        out.clear();
        bytes(0x53, 0x48, 0x89, 0xFB);
    }

    /** mov rdi, rbx: the state is the first argument again. */
    private void stateAgain() {
        bytes(0x48, 0x89, 0xDF);
    }

    /** mov esi, number. */
    private void second(int number) {
        bytes(0xBE);
        out.putInt(number);
    }

    /** mov rax, address. */
    private void address(long address) {
        bytes(0x48, 0xB8);
        out.putLong(address);
    }

    private void call(long address) {
        address(address);
        bytes(0xFF, 0xD0);
    }

    /** test eax, eax; js: jumps ahead when the result is negative; gives where to say how far. */
    private int jumpIfNegative() {
        bytes(0x85, 0xC0, 0x78, 0);
        return out.position();
    }

    private void land(int jump) {
        out.put(jump - 1, (byte) (out.position() - jump));
    }

    private byte[] raising(int jump, long raise) {
        land(jump);
        stateAgain();
        call(raise);
        bytes(0x0F, 0x0B); // It never comes back.
        return Arrays.copyOf(out.array(), out.position());
    }

    @Override
    public byte[] function(int number, long dispatch, long raise) {
        enter();
        second(number);
        call(dispatch);
        int failed = jumpIfNegative();
        bytes(0x5B, 0xC3); // pop rbx; ret
        return raising(failed, raise);
    }

    @Override
    public byte[] allocator(long resize, long free) {
        out.clear();
        bytes(0x48, 0x8B, 0x07); // mov rax, [rdi]
        bytes(0x48, 0x29, 0xD0); // sub rax, rdx
        bytes(0x48, 0x01, 0xC8); // add rax, rcx
        bytes(0x48, 0x39, 0xD1, 0x76, 0); // cmp rcx, rdx; jbe
        int noGrowth = out.position();
        bytes(0x48, 0x3B, 0x47, 0x08, 0x77, 0); // cmp rax, [rdi + 8]; ja
        int refused = out.position();
        land(noGrowth);
        bytes(0x48, 0x89, 0x07); // mov [rdi], rax
        bytes(0x48, 0x89, 0xF7); // mov rdi, rsi
        bytes(0x48, 0x85, 0xC9, 0x74, 0); // test rcx, rcx; jz
        int gone = out.position();
        bytes(0x48, 0x89, 0xCE); // mov rsi, rcx
        address(resize);
        bytes(0xFF, 0xE0); // jmp rax
        land(gone);
        bytes(0x48, 0x83, 0xEC, 0x08); // sub rsp, 8
        call(free);
        bytes(0x48, 0x83, 0xC4, 0x08); // add rsp, 8
        land(refused);
        bytes(0x31, 0xC0, 0xC3); // xor eax, eax; ret
        return Arrays.copyOf(out.array(), out.position());
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
        if (wide) {
            bytes(0x48);
        }
        bytes(0x3D); // cmp eax, limit
        out.putInt(limit);
        bytes(0x76, 0); // jbe
        int harmless = out.position();
        stateAgain();
        second(number);
        call(dispatch);
        int failed = jumpIfNegative();
        land(harmless);
        stateAgain();
        bytes(0x5B); // pop rbx
        address(original);
        bytes(0xFF, 0xE0); // jmp rax
        return raising(failed, raise);
    }
}
