// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.core.generic;

import dev.sigrun.spi.type.RdbException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The serialised form of strings, as much of it as the case file needs. */
final class FakePayload {
    private static final int FOOTER = 10;
    private static final int VERSION = 80;
    private static final long POLYNOMIAL = 0x95AC9329AC4BC9B5L;

    private FakePayload() {}

    static byte[] encode(String value) {
        ByteBuffer out = ByteBuffer.allocate(value.length() + 30).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 0);
        if (!value.matches("0|-?[1-9][0-9]{0,10}") || !putNumber(out, Long.parseLong(value))) {
            out.put((byte) value.length());
            out.put(value.getBytes(StandardCharsets.ISO_8859_1));
        }
        out.putShort((short) VERSION);
        out.putLong(checksum(out.array(), out.position()));
        return Arrays.copyOf(out.array(), out.position());
    }

    private static boolean putNumber(ByteBuffer out, long number) {
        if (number == (byte) number) {
            out.put((byte) 0xC0).put((byte) number);
        } else if (number == (short) number) {
            out.put((byte) 0xC1).putShort((short) number);
        } else if (number == (int) number) {
            out.put((byte) 0xC2).putInt((int) number);
        } else {
            return false;
        }
        return true;
    }

    static String decode(byte[] payload) throws RdbException {
        ByteBuffer in = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
        int end = payload.length - FOOTER;
        if (end < 0
                || !isKnown(in.getShort(end) & 0xFFFF)
                || checksum(payload, end + 2) != in.getLong(end + 2)) {
            throw new RdbException(RdbException.Reason.CHECKSUM, "footer");
        }
        in.limit(end);
        try {
            if (in.get() != 0) {
                throw new RdbException(RdbException.Reason.UNKNOWN_TYPE, "type");
            }
            return string(in);
        } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
            throw RdbException.corrupt("truncated");
        }
    }

    private static boolean isKnown(int version) {
        return version >= 1 && (version <= 11 || version == VERSION);
    }

    private static String string(ByteBuffer in) throws RdbException {
        in.mark();
        int first = in.get() & 0xFF;
        return switch (first) {
            case 0xC0 -> Integer.toString(in.get());
            case 0xC1 -> Integer.toString(in.getShort());
            case 0xC2 -> Integer.toString(in.getInt());
            case 0xC3 -> decompress(in);
            default -> {
                in.reset();
                yield raw(in, length(in));
            }
        };
    }

    private static String raw(ByteBuffer in, long length) throws RdbException {
        if (length < 0 || length > in.remaining()) {
            throw RdbException.corrupt("length");
        }
        byte[] content = new byte[(int) length];
        in.get(content);
        return new String(content, StandardCharsets.ISO_8859_1);
    }

    private static long length(ByteBuffer in) throws RdbException {
        int first = in.get() & 0xFF;
        return switch (first >> 6) {
            case 0 -> first;
            case 1 -> (first & 0x3F) << 8 | (in.get() & 0xFF);
            case 2 ->
                    first == 0x80
                            ? Integer.toUnsignedLong(Integer.reverseBytes(in.getInt()))
                            : Long.reverseBytes(in.getLong());
            default -> throw RdbException.corrupt("encoding");
        };
    }

    private static String decompress(ByteBuffer in) throws RdbException {
        long packed = length(in);
        long length = length(in);
        String block = raw(in, packed);
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < block.length()) {
            int control = block.charAt(at++);
            if (control < 32) {
                int end = Math.min(at + control + 1, block.length());
                out.append(block, at, end);
                at = end;
                continue;
            }
            int run = control >> 5;
            if (run == 7) {
                run += block.charAt(at++);
            }
            int from = out.length() - ((control & 31) << 8 | block.charAt(at++)) - 1;
            for (int i = 0; i < run + 2; i++) {
                out.append(out.charAt(from + i));
            }
        }
        if (out.length() != length) {
            throw RdbException.corrupt("compressed");
        }
        return out.toString();
    }

    private static long checksum(byte[] content, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum ^= content[i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                sum = (sum & 1) == 0 ? sum >>> 1 : (sum >>> 1) ^ POLYNOMIAL;
            }
        }
        return sum;
    }
}
