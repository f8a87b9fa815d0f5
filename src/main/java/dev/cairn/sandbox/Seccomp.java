package dev.cairn.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The system call filter of `seccomp.tsv` in the two forms that the engines take: OCI's `linux.seccomp` and a classic
/// BPF program (seccomp(2)). Both refuse other ABIs of the same machine (i386, x32). The BPF form also answers ENOSYS
/// to
/// calls newer than [#NEWEST], which nobody has reviewed; libseccomp has no such rule.
final class Seccomp {
    static final int NEWEST = 470;

    private static final int EPERM = 1;
    private static final int ENOSYS = 38;

    /// Conditions: `mask` and `value` are of argument `argument`; an argument of -1 denies always.
    record Rule(String name, int errno, int x86, int arm, String unless, int argument, boolean mask, long value) {}

    private final List<Rule> rules;

    private Seccomp(List<Rule> rules) {
        this.rules = rules;
    }

    /// The filter for a program that has these capabilities.
    static Seccomp load(Set<String> capabilities) throws IOException {
        List<Rule> rules = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(Seccomp.class.getResourceAsStream("seccomp.tsv"), "seccomp.tsv")) {
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    Rule rule = rule(line.split("\t", -1));
                    if (!capabilities.contains(rule.unless)) {
                        rules.add(rule);
                    }
                }
            }
        }
        return new Seccomp(rules);
    }

    private static Rule rule(String[] row) {
        String condition = row[5];
        boolean always = condition.equals("-");
        boolean mask = condition.indexOf('&') >= 0;
        return new Rule(
                row[0],
                row[1].equals("ENOSYS") ? ENOSYS : EPERM,
                row[2].equals("-") ? -1 : Integer.parseInt(row[2]),
                row[3].equals("-") ? -1 : Integer.parseInt(row[3]),
                row[4],
                always ? -1 : condition.charAt(0) - '0',
                mask,
                always ? 0 : Long.decode(condition.substring(2)));
    }

    List<Rule> rules() {
        return rules;
    }

    /// OCI runtime specification, "Seccomp". Its masked comparison is for equality, so a mask becomes a rule a bit.
    Map<String, Object> oci(boolean arm) {
        List<Object> calls = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.argument < 0) {
                calls.add(call(rule, List.of()));
            } else if (!rule.mask) {
                calls.add(call(rule, List.of(argument(rule, "SCMP_CMP_EQ", rule.value, 0))));
            } else {
                for (long bit = 1; bit <= rule.value; bit <<= 1) {
                    if ((rule.value & bit) != 0) {
                        calls.add(call(rule, List.of(argument(rule, "SCMP_CMP_MASKED_EQ", bit, bit))));
                    }
                }
            }
        }
        return Map.of(
                "defaultAction",
                "SCMP_ACT_ALLOW",
                "architectures",
                List.of(arm ? "SCMP_ARCH_AARCH64" : "SCMP_ARCH_X86_64"),
                "syscalls",
                calls);
    }

    private static Map<String, Object> call(Rule rule, List<Object> arguments) {
        Map<String, Object> call = new LinkedHashMap<>();
        call.put("names", List.of(rule.name));
        call.put("action", "SCMP_ACT_ERRNO");
        call.put("errnoRet", rule.errno);
        call.put("args", arguments);
        return call;
    }

    private static Map<String, Object> argument(Rule rule, String operator, long value, long valueTwo) {
        return Map.of("index", rule.argument, "op", operator, "value", value, "valueTwo", valueTwo);
    }

    /// An array of `struct sock_filter`.
    byte[] bpf(boolean arm) {
        ByteBuffer out = ByteBuffer.allocate(8 * (16 + 6 * rules.size())).order(ByteOrder.LITTLE_ENDIAN);
        load(out, 4);
        jump(out, JEQ, arm ? 0xC00000B7 : 0xC000003E, 1, 0);
        answer(out, ENOSYS);
        load(out, 0);
        // x32 numbers lie above, too
        jump(out, JGT, NEWEST, 0, 1);
        answer(out, ENOSYS);
        for (Rule rule : rules) {
            int number = arm ? rule.arm : rule.x86;
            if (number < 0) {
                continue;
            }
            if (rule.argument < 0) {
                jump(out, JEQ, number, 0, 1);
                answer(out, rule.errno);
            } else {
                jump(out, JEQ, number, 0, 4);
                load(out, 16 + 8 * rule.argument);
                jump(out, rule.mask ? JSET : JEQ, (int) rule.value, 0, 1);
                answer(out, rule.errno);
                load(out, 0);
            }
        }
        instruction(out, 0x06, 0, 0, 0x7fff0000);
        byte[] program = new byte[out.position()];
        out.flip().get(program);
        return program;
    }

    private static final int JEQ = 0x15;
    private static final int JGT = 0x25;
    private static final int JSET = 0x45;

    private static void load(ByteBuffer out, int offset) {
        instruction(out, 0x20, 0, 0, offset);
    }

    private static void jump(ByteBuffer out, int comparison, int value, int yes, int no) {
        instruction(out, comparison, yes, no, value);
    }

    private static void answer(ByteBuffer out, int errno) {
        instruction(out, 0x06, 0, 0, 0x00050000 | errno);
    }

    private static void instruction(ByteBuffer out, int code, int yes, int no, int value) {
        out.putShort((short) code).put((byte) yes).put((byte) no).putInt(value);
    }
}
