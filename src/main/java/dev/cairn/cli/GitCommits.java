package dev.cairn.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Commits single files with the `git` of this machine; whatever else is staged or changed stays as it is.
final class GitCommits {
    private static final long SECONDS = 60;

    private final Path folder;

    GitCommits(Path folder) {
        this.folder = folder;
    }

    /// Whether the file is tracked and has no changes that are not committed.
    boolean isClean(Path file) throws IOException {
        String shown = file.toAbsolutePath().toString();
        return git("ls-files", "--error-unmatch", "--", shown).code == 0
                && git("status", "--porcelain", "--", shown).output.isBlank();
    }

    /// Commits these files, and only these.
    void commit(List<Path> files, String message) throws IOException {
        List<String> paths =
                files.stream().map(f -> f.toAbsolutePath().toString()).toList();
        List<String> add = new ArrayList<>(List.of("add", "--"));
        add.addAll(paths);
        check(git(add.toArray(String[]::new)));
        List<String> commit = new ArrayList<>(List.of("commit", "-q", "-m", message, "--"));
        commit.addAll(paths);
        check(git(commit.toArray(String[]::new)));
    }

    private record Result(int code, String output) {}

    private static void check(Result result) {
        if (result.code != 0) {
            throw new CliException(CliException.Code.FAILED, "git: " + result.output.strip());
        }
    }

    private Result git(String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of("git", "-C", folder.toAbsolutePath().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("git does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return new Result(process.exitValue(), output);
    }
}
