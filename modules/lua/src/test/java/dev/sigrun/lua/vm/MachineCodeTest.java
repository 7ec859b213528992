// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.lua.vm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * The machine code is what it was when it was tried: each function was run in an emulator of its
 * processor, on every way through it, with a look at the arguments of what it calls, at the
 * alignment of the stack and at the registers that it has to leave as they were. Whoever changes it
 * does that again.
 */
final class MachineCodeTest {
    private static final long DISPATCH = 0x100000;
    private static final long RAISE = 0x101000;
    private static final long PROBE = 0x102000;
    private static final long ORIGINAL = 0x103000;
    private static final long RESIZE = 0x104000;
    private static final long FREE = 0x105000;

    private static String hex(byte[] code) {
        assertTrue(code.length <= MachineCode.BYTES_MAX);
        return HexFormat.of().formatHex(code);
    }

    @Test
    void codeForArm64IsAsItWasTried() {
        MachineCode code = new ArmCode();
        assertEquals(
                "fd7bbea9f30b00f9f30300aae10080525001005800023fd68000f837"
                        + "f30b40f9fd7bc2a8c0035fd6e00313aab000005800023fd6000020d4"
                        + "00001000000000000010100000000000",
                hex(code.function(7, DISPATCH, RAISE)));
        assertEquals(
                "fd7bbea9f30b00f9f30300aa410080529002005800023fd611208052"
                        + "1f0011ebc9000054e00313aa21018052f001005800023fd6c000f837"
                        + "e00313aaf30b40f9fd7bc2a87001005800021fd6e00313aa50010058"
                        + "00023fd6000020d4000020d400201000000000000000100000000000"
                        + "00301000000000000010100000000000",
                hex(code.guard(9, DISPATCH, RAISE, PROBE, 2, true, 256, ORIGINAL)));
        assertEquals(
                "fd7bbea9f30b00f9f30300aa010080529002005800023fd631008052"
                        + "1f00116bc9000054e00313aa21018052f001005800023fd6c000f837"
                        + "e00313aaf30b40f9fd7bc2a87001005800021fd6e00313aa50010058"
                        + "00023fd6000020d4000020d400201000000000000000100000000000"
                        + "00301000000000000010100000000000",
                hex(code.guard(9, DISPATCH, RAISE, PROBE, 0, false, 1, ORIGINAL)));
        assertEquals(
                "090040f9290102cb2901038b7f0002eb890000540a0440f93f010aeb"
                        + "68010054090000f9e00301aa830000b4e10303aa1001005800021fd6"
                        + "fd7bbfa9f000005800023fd6fd7bc1a8000080d2c0035fd600401000"
                        + "000000000050100000000000",
                hex(code.allocator(RESIZE, FREE)));
    }

    @Test
    void codeForX86IsAsItWasTried() {
        MachineCode code = new X86Code();
        assertEquals(
                "534889fbbe0700000048b80000100000000000ffd085c078025bc348"
                        + "89df48b80010100000000000ffd00f0b",
                hex(code.function(7, DISPATCH, RAISE)));
        assertEquals(
                "534889fbbe0200000048b80020100000000000ffd0483d0001000076"
                        + "184889dfbe0900000048b80000100000000000ffd085c078104889df"
                        + "5b48b80030100000000000ffe04889df48b80010100000000000ffd0"
                        + "0f0b",
                hex(code.guard(9, DISPATCH, RAISE, PROBE, 2, true, 256, ORIGINAL)));
        assertEquals(
                "534889fbbe0000000048b80020100000000000ffd03d010000007618"
                        + "4889dfbe0900000048b80000100000000000ffd085c078104889df5b"
                        + "48b80030100000000000ffe04889df48b80010100000000000ffd00f"
                        + "0b",
                hex(code.guard(9, DISPATCH, RAISE, PROBE, 0, false, 1, ORIGINAL)));
        assertEquals(
                "488b074829d04801c84839d17606483b4708772e4889074889f74885"
                        + "c9740f4889ce48b80040100000000000ffe04883ec0848b800501000"
                        + "00000000ffd04883c40831c0c3",
                hex(code.allocator(RESIZE, FREE)));
    }

    @Test
    void anArm64NumberHas16Bits() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new ArmCode().function(0x10000, DISPATCH, RAISE));
    }
}
