package dev.cairn.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeccompTest {
    private static final int X86 = 0xC000003E;
    private static final int ARM = 0xC00000B7;
    private static final int ALLOW = 0x7fff0000;
    private static final int EPERM = 0x00050001;
    private static final int ENOSYS = 0x00050026;

    @Test
    void everyRuleDeniesInBothPrograms() throws IOException {
        Seccomp filter = Seccomp.load(Set.of());
        for (Seccomp.Rule rule : filter.rules()) {
            long[] arguments = new long[6];
            if (rule.argument() >= 0) {
                arguments[rule.argument()] = rule.value();
            }
            int denied = 0x00050000 | rule.errno();
            if (rule.x86() >= 0) {
                assertThat(answer(filter.bpf(false), X86, rule.x86(), arguments))
                        .as(rule.name())
                        .isEqualTo(denied);
            }
            if (rule.arm() >= 0) {
                assertThat(answer(filter.bpf(true), ARM, rule.arm(), arguments))
                        .as(rule.name())
                        .isEqualTo(denied);
            }
        }
    }

    @Test
    void theRestIsAllowed() throws IOException {
        byte[] filter = Seccomp.load(Set.of()).bpf(false);
        assertThat(answer(filter, X86, 0)).as("read").isEqualTo(ALLOW);
        assertThat(answer(filter, X86, 56, 0x01200011)).as("fork").isEqualTo(ALLOW);
        assertThat(answer(filter, X86, 56, 0x10000000))
                .as("clone(CLONE_NEWUSER)")
                .isEqualTo(EPERM);
        assertThat(answer(filter, X86, 41, 2)).as("socket(AF_INET)").isEqualTo(ALLOW);
        assertThat(answer(filter, X86, 16, 0, 0x5401)).as("ioctl(TCGETS)").isEqualTo(ALLOW);
        assertThat(answer(filter, X86, 437)).as("openat2").isEqualTo(ALLOW);
    }

    @Test
    void otherInterfacesOfTheKernelAreAbsent() throws IOException {
        byte[] filter = Seccomp.load(Set.of()).bpf(false);
        assertThat(answer(filter, 0x40000003, 4)).as("i386").isEqualTo(ENOSYS);
        assertThat(answer(filter, X86, 0x40000000)).as("x32").isEqualTo(ENOSYS);
        assertThat(answer(filter, X86, Seccomp.NEWEST + 1)).as("newer").isEqualTo(ENOSYS);
    }

    @Test
    void aCapabilityLiftsItsRules() throws IOException {
        byte[] filter = Seccomp.load(Set.of("SYS_ADMIN")).bpf(false);
        assertThat(answer(filter, X86, 165)).as("mount").isEqualTo(ALLOW);
        assertThat(answer(filter, X86, 246)).as("kexec_load").isEqualTo(EPERM);
    }

    @Test
    void runcGetsARulePerBitOfAMask() throws IOException {
        String json = Json.of(Seccomp.load(Set.of()).oci(false));
        assertThat(json).contains("SCMP_ARCH_X86_64").doesNotContain("AARCH64");
        assertThat(json.split("\"clone\"", -1)).hasSize(1 + 7);
    }

    /// Runs the program as the kernel would (seccomp(2), bpf(4)): the few instructions that it is made of.
    private static int answer(byte[] program, int architecture, int number, long... arguments) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(number).putInt(architecture).putLong(0);
        for (long argument : arguments) {
            data.putLong(argument);
        }
        ByteBuffer code = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
        int accumulator = 0;
        int at = 0;
        while (true) {
            int operation = code.getShort(8 * at);
            int value = code.getInt(8 * at + 4);
            boolean yes = false;
            switch (operation) {
                case 0x20 -> accumulator = data.getInt(value);
                case 0x06 -> {
                    return value;
                }
                case 0x15 -> yes = accumulator == value;
                case 0x25 -> yes = Integer.compareUnsigned(accumulator, value) > 0;
                case 0x45 -> yes = (accumulator & value) != 0;
                default -> throw new AssertionError("instruction " + operation);
            }
            at += 1 + (operation == 0x20 ? 0 : code.get(8 * at + (yes ? 2 : 3)));
        }
    }
}
