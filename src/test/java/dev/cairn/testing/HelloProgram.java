package dev.cairn.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A static x86-64 Linux program made by hand: an ELF header, one segment, two system calls.
public final class HelloProgram {
    private static final long BASE = 0x400000;
    private static final int HEADERS = 64 + 56;

    private HelloProgram() {}

    /// The program that prints this text and exits with 0.
    public static byte[] elf(String text) {
        byte[] message = text.getBytes(US_ASCII);
        byte[] code = code(message.length);
        int size = HEADERS + code.length + message.length;
        ByteBuffer elf = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        elf.put(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        elf.putShort((short) 2).putShort((short) 62).putInt(1);
        elf.putLong(BASE + HEADERS).putLong(64).putLong(0).putInt(0);
        elf.putShort((short) 64).putShort((short) 56).putShort((short) 1);
        elf.putShort((short) 64).putShort((short) 0).putShort((short) 0);
        elf.putInt(1)
                .putInt(5)
                .putLong(0)
                .putLong(BASE)
                .putLong(BASE)
                .putLong(size)
                .putLong(size)
                .putLong(0x1000);
        return elf.put(code).put(message).array();
    }

    private static byte[] code(int length) {
        int codeLength = 5 + 5 + 7 + 5 + 2 + 5 + 2 + 2;
        ByteBuffer code = ByteBuffer.allocate(codeLength).order(ByteOrder.LITTLE_ENDIAN);
        code.put((byte) 0xb8).putInt(1); // mov eax, write
        code.put((byte) 0xbf).putInt(1); // mov edi, stdout
        code.put(new byte[] {0x48, (byte) 0x8d, 0x35}).putInt(codeLength - 17); // lea rsi, [rip + text]
        code.put((byte) 0xba).putInt(length); // mov edx, length
        code.put(new byte[] {0x0f, 0x05}); // syscall
        code.put((byte) 0xb8).putInt(60); // mov eax, exit
        code.put(new byte[] {0x31, (byte) 0xff, 0x0f, 0x05}); // xor edi, edi; syscall
        return code.array();
    }
}
