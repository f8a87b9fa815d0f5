package dev.cairn.cli;

import dev.cairn.image.ImageException;
import dev.cairn.oci.source.SourceException;
import dev.cairn.scan.ScanException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns what went wrong into words, `cairn: error: …` and then `try:` lines, and into an exit code.
final class Failure {
    private static final String OURS = "dev.cairn.";
    /// The room whose exceptions mean that the person's file is wrong, not the world.
    private static final String DEFINITIONS = "dev.cairn.image.definition.";

    private final Console console;
    private final boolean debug;

    Failure(Console console, boolean debug) {
        this.console = console;
        this.debug = debug;
    }

    /// A command that could not do its work.
    int tell(Exception thrown) {
        Exception e = thrown instanceof UncheckedIOException unchecked
                ? Objects.requireNonNull(unchecked.getCause())
                : thrown;
        if (e instanceof CliException ours) {
            print(message(e), e);
            return ours.exitCode();
        }
        if (e instanceof ImageException image) {
            print(message(e), e);
            return switch (image.code()) {
                case UNSOLVABLE, LOCK_DRIFT -> ExitCode.NO;
                case NO_REPOSITORY -> ExitCode.USAGE;
                case FILE_CONFLICT, MISSING_FILE, LOCK_FORMAT, PACKAGE_GONE, UNSUPPORTED -> ExitCode.FAILED;
            };
        }
        if (e instanceof SourceException) {
            print(message(e), e);
            return ExitCode.USAGE;
        }
        if (e instanceof ScanException scan) {
            print(message(e), e);
            return scan.code() == ScanException.Code.USAGE ? ExitCode.USAGE : ExitCode.FAILED;
        }
        if (e instanceof IOException io) {
            print(message(io), e);
            return ExitCode.FAILED;
        }
        String type = e.getClass().getName();
        if (type.startsWith(OURS)) {
            print(message(e), e);
            return type.startsWith(DEFINITIONS) ? ExitCode.USAGE : ExitCode.FAILED;
        }
        print("this should not have happened: " + e + (debug ? "" : "\ntry: the same with --debug, and report it"), e);
        return ExitCode.FAILED;
    }

    /// A command line that does not parse.
    int tellUsage(ParameterException e, List<String> commands) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        String name = spec.qualifiedName();
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String typed = unmatched.getUnmatched().getFirst();
            print(unknown(spec, name, typed, commands), e);
        } else if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            ArgSpec argument = missing.getMissing().getFirst();
            String who = argument instanceof OptionSpec option
                    ? option.longestName() + " of '" + name + "'"
                    : "'" + name + "'";
            print(who + " wants " + argument.paramLabel() + "\ntry: " + name + " --help", e);
        } else {
            print(e.getMessage() + "\ntry: " + name + " --help", e);
        }
        return ExitCode.USAGE;
    }

    private static String unknown(CommandSpec spec, String name, String typed, List<String> commands) {
        boolean option = typed.startsWith("-") && typed.length() > 1;
        List<String> known = new ArrayList<>();
        if (option) {
            spec.optionsMap().keySet().forEach(known::add);
        } else if (spec.parent() == null) {
            known.addAll(commands);
        } else {
            known.addAll(spec.subcommands().keySet());
        }
        String word = option && typed.indexOf('=') > 0 ? typed.substring(0, typed.indexOf('=')) : typed;
        String nearest = Text.nearest(word, known);
        String problem = option ? "has no option" : known.isEmpty() ? "takes no further parameter:" : "has no command";
        return "'" + name + "' " + problem + " '" + word + "'\ntry: " + name + " "
                + (nearest == null ? "--help" : nearest);
    }

    private void print(String message, Exception e) {
        List<String> lines = message.lines().toList();
        console.out().flush();
        console.err()
                .println(console.errStyled(Console.Style.RED, "cairn: error: ")
                        + (lines.isEmpty() ? "" : lines.getFirst()));
        for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
            console.err().println(line.startsWith("try: ") ? line : "  " + line);
        }
        if (debug) {
            e.printStackTrace(console.err());
        }
    }

    private static String message(Exception e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /// The JDK's file exceptions say no more than the file's name.
    private static String message(IOException e) {
        if (!(e instanceof FileSystemException file) || file.getReason() != null || file.getFile() == null) {
            return message((Exception) e);
        }
        String problem = switch (file) {
            case NoSuchFileException _ -> "no such file: ";
            case AccessDeniedException _ -> "no permission for: ";
            case FileAlreadyExistsException _ -> "already there: ";
            case NotDirectoryException _ -> "not a folder: ";
            case DirectoryNotEmptyException _ -> "the folder is not empty: ";
            default -> "cannot use: ";
        };
        return problem + file.getFile();
    }
}
