package dev.cairn.cli;

import dev.cairn.sandbox.Limits;
import dev.cairn.sandbox.Mount;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what `cairn run`'s options say, in docker's notation.
final class RunInput {
    private static final String SIZES = "bkmg";

    private RunInput() {}

    /// `NAME=VALUE` sets, `NAME` takes the value that the caller has, if any.
    static void environment(String text, Map<String, String> callers, Map<String, String> into) {
        int equals = text.indexOf('=');
        if (equals == 0 || text.isEmpty()) {
            throw usage("a variable is NAME=VALUE or NAME: " + text);
        }
        if (equals > 0) {
            into.put(text.substring(0, equals), text.substring(equals + 1));
        } else if (callers.containsKey(text)) {
            into.put(text, callers.getOrDefault(text, ""));
        }
    }

    /// A file of such lines; empty ones and those that begin with `#` say nothing.
    static void environmentFile(Path file, Map<String, String> callers, Map<String, String> into) throws IOException {
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            String stripped = line.stripLeading();
            if (!stripped.isEmpty() && !stripped.startsWith("#")) {
                environment(stripped, callers, into);
            }
        }
    }

    /// `HOST:PLACE[:ro]`, `NAME:PLACE[:ro]` for a volume that is kept, or `PLACE` for one that goes away.
    static Mount volume(String text, NamedVolumes named) {
        String[] parts = text.split(":", -1);
        if (parts.length == 1) {
            return new Mount.Volume(text);
        }
        if (parts.length > 3) {
            throw usage("a mount is HOST:PLACE[:ro], NAME:PLACE[:ro] or PLACE: " + text);
        }
        boolean readOnly = false;
        for (String option : parts.length == 3 ? parts[2].split(",") : new String[0]) {
            if (!List.of("ro", "rw", "z", "Z").contains(option)) {
                throw usage("a mount is ro or rw, not " + option + ": " + text);
            }
            readOnly |= option.equals("ro");
        }
        boolean path = parts[0].startsWith("/") || parts[0].startsWith(".");
        return path ? new Mount.Bind(Path.of(parts[0]), parts[1], readOnly) : named.mount(parts[0], parts[1], readOnly);
    }

    /// `PLACE[:OPTIONS]`.
    static Mount tmpfs(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Mount.Tmpfs(text, "")
                : new Mount.Tmpfs(text.substring(0, colon), text.substring(colon + 1));
    }

    /// The limits; null means the default.
    static Limits limits(@Nullable String memory, @Nullable String processes, @Nullable String cpus) {
        try {
            int count = processes == null ? Limits.DEFAULT.processes() : Math.max(0, Integer.parseInt(processes));
            int milliCpus =
                    cpus == null ? 0 : new BigDecimal(cpus).movePointRight(3).intValueExact();
            return new Limits(memory == null ? 0 : size(memory), count, milliCpus);
        } catch (ArithmeticException | NumberFormatException e) {
            throw usage("a limit is a number: --memory 512m, --pids-limit 100, --cpus 1.5");
        }
    }

    private static long size(String text) {
        if (text.isEmpty()) {
            throw new NumberFormatException("empty");
        }
        String lower = text.toLowerCase(Locale.ROOT);
        String digits =
                lower.endsWith("b") && lower.length() > 1 && !Character.isDigit(lower.charAt(lower.length() - 2))
                        ? lower.substring(0, lower.length() - 1)
                        : lower;
        int unit = SIZES.indexOf(digits.charAt(digits.length() - 1));
        return unit < 0
                ? Long.parseLong(digits)
                : Math.multiplyExact(Long.parseLong(digits.substring(0, digits.length() - 1)), 1L << (10 * unit));
    }

    /// Docker's merge: arguments replace the image's, a given entrypoint drops them.
    static List<String> command(
            @Nullable String entrypoint, List<String> imageEntrypoint, List<String> imageCmd, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (entrypoint == null) {
            command.addAll(imageEntrypoint);
            command.addAll(arguments.isEmpty() ? imageCmd : arguments);
        } else {
            if (!entrypoint.isEmpty()) {
                command.add(entrypoint);
            }
            command.addAll(arguments);
        }
        if (command.isEmpty()) {
            throw usage("the image names no command\ntry: cairn run IMAGE COMMAND");
        }
        return command;
    }

    /// The parameters behind the image, without the `--` that may begin them.
    static List<String> arguments(String[] parameters) {
        List<String> arguments = Arrays.asList(parameters).subList(1, parameters.length);
        return !arguments.isEmpty() && arguments.getFirst().equals("--")
                ? arguments.subList(1, arguments.size())
                : arguments;
    }

    static CliException usage(String message) {
        return new CliException(CliException.Code.USAGE, message);
    }
}
