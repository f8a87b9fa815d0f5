package dev.cairn.cli;

import dev.cairn.fetch.CacheDirectory;
import dev.cairn.migrate.minimise.ImageEvidence;
import dev.cairn.migrate.minimise.MinimiseStep;
import dev.cairn.migrate.minimise.RunEvidence;
import dev.cairn.migrate.minimise.StraceLog;
import dev.cairn.migrate.minimise.TracedCommand;
import dev.cairn.oci.Execution;
import dev.cairn.oci.Image;
import dev.cairn.sandbox.Mount;
import dev.cairn.sandbox.RunningSandbox;
import dev.cairn.sandbox.Sandbox;
import dev.cairn.sandbox.SandboxException;
import dev.cairn.sandbox.SandboxResult;
import dev.cairn.sandbox.SandboxSpec;
import dev.cairn.sandbox.Stdio;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The options that collect evidence for the step `minimise`: an image is looked at and run under strace, and what it
/// opened is written beside the Dockerfile.
final class TraceOptions {
    private static final String MINIMISE = "minimise";
    private static final int STARTS = 240;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final OptionSpec image =
            Spec.text("IMAGE", "minimise: the Dockerfile's built image, to take evidence from.", "--image");
    private final OptionSpec command =
            Spec.texts("COMMAND", "minimise: run this in the image and note what it opens; repeatable.", "--trace");
    private final OptionSpec time =
            Spec.text("TIME", "minimise: run what the image starts for so long (30s), and note it.", "--trace-for");

    CommandSpec addTo(CommandSpec spec) {
        return spec.addOption(image).addOption(command).addOption(time);
    }

    /// Collects evidence, where that is asked for, and writes it beside the Dockerfile.
    void collect(Session session, List<Path> dockerfiles, @Nullable String step) throws IOException {
        String name = image.getValue();
        String[] commands = command.getValue();
        String given = time.getValue();
        if (name == null && commands.length == 0 && given == null) {
            return;
        }
        if (name == null || !MINIMISE.equals(step) || dockerfiles.size() != 1) {
            throw RunInput.usage("evidence is collected for one Dockerfile from its image"
                    + "\ntry: cairn migrate DOCKERFILE --step minimise --image IMAGE --trace-for 30s");
        }
        Path dockerfile = dockerfiles.getFirst();
        RunEvidence before = switch (MinimiseStep.beside(dockerfile)) {
            case RunEvidence.Reading.Read(RunEvidence evidence) -> evidence;
            case RunEvidence.Reading.Refused(int line, String problem) ->
                throw new CliException(
                        CliException.Code.FAILED,
                        file(dockerfile) + ":" + line + ": " + problem + "\ntry: delete it, and trace again");
        };
        Duration duration = given == null ? null : duration(given);
        RunEvidence evidence = before.with(collect(session, name, dockerfile, List.of(commands), duration));
        WrittenFile.put(file(dockerfile), evidence.text().getBytes(StandardCharsets.UTF_8));
        session.say("cairn: evidence is in " + file(dockerfile));
    }

    /// `30s` or `2m`, at most ten minutes.
    private static Duration duration(String text) {
        String number = text.isEmpty() ? "" : text.substring(0, text.length() - 1);
        boolean digits =
                !number.isEmpty() && number.length() < 5 && number.chars().allMatch(Character::isDigit);
        if (digits && (text.endsWith("s") || text.endsWith("m"))) {
            int count = Integer.parseInt(number);
            Duration duration = text.endsWith("s") ? Duration.ofSeconds(count) : Duration.ofMinutes(count);
            if (duration.isPositive() && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        }
        throw RunInput.usage("--trace-for takes a time up to 10m, not '" + text + "'\ntry: --trace-for 30s");
    }

    private static Path file(Path dockerfile) {
        return dockerfile.resolveSibling(dockerfile.getFileName() + RunEvidence.SUFFIX);
    }

    private static void tellMissing(Session session, String image, Set<String> wanted, Set<String> installed) {
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(installed);
        if (!missing.isEmpty()) {
            session.warn(image + " does not have " + String.join(" ", missing)
                    + ", which the Dockerfile installs: nothing is concluded for these");
        }
    }

    private static RunEvidence collect(
            Session session, String name, Path dockerfile, List<String> commands, @Nullable Duration duration)
            throws IOException {
        CacheDirectory cache = session.cacheDirectory();
        Image found = new RunImage(session).find(name);
        Path log = Files.createTempFile("cairn-trace", ".log");
        try (UnpackedImages.Root unpacked = UnpackedImages.in(cache).root(found)) {
            ImageEvidence looked = new ImageEvidence(unpacked.folder());
            if (!looked.hasPackages()) {
                throw new CliException(
                        CliException.Code.FAILED,
                        name + " does not tell which files belong to which package"
                                + "\ntry: an image with dpkg's or apk's database, such as the -dev variant");
            }
            Set<String> packages = MinimiseStep.packages(Files.readAllBytes(dockerfile));
            RunEvidence evidence = looked.linked(packages);
            tellMissing(session, name, packages, evidence.installed());
            Traced traced =
                    new Traced(session, cache, unpacked.folder(), found.config().execution(), looked, log);
            for (String each : commands) {
                if (each.isBlank()) {
                    throw RunInput.usage("--trace wants a command\ntry: --trace 'python app.py'");
                }
                evidence = evidence.with(traced.run(each, TracedCommand.words(each), LONGEST));
            }
            if (duration != null) {
                Execution start = found.config().execution();
                List<String> words = RunInput.command(null, start.entrypoint(), start.cmd(), List.of());
                evidence = evidence.with(traced.run(String.join(" ", words), words, duration));
            }
            return evidence;
        } catch (SandboxException e) {
            throw new CliException(CliException.Code.FAILED, String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            throw new InterruptedIOException("interrupted");
        } finally {
            Files.deleteIfExists(log);
        }
    }

    /// Runs an image under strace.
    ///
    /// @param log where strace writes
    private record Traced(
            Session session, CacheDirectory cache, Path root, Execution execution, ImageEvidence looked, Path log) {
        RunEvidence run(String shown, List<String> words, Duration longest) throws IOException, InterruptedException {
            Sandbox sandbox = Sandbox.open(cache.root().resolve("run"));
            SandboxResult result;
            try (RunningSandbox running = sandbox.start(specification(words))) {
                awaitStart(running, words.getFirst());
                boolean ended = running.waitFor(longest);
                if (!ended) {
                    running.kill();
                }
                result = running.result(!ended);
            }
            Set<String> paths = StraceLog.paths(log, words.getFirst());
            if (paths.isEmpty()) {
                throw new CliException(
                        CliException.Code.FAILED,
                        "the trace of '" + shown + "' shows nothing\ntry: cairn run IMAGE, to see whether it starts");
            }
            if (result.exitCode() != 0 && !result.timedOut()) {
                session.warn("'" + shown + "' ended with exit code " + result.exitCode() + ": "
                        + result.err().strip());
            }
            return looked.traced(shown, paths);
        }

        /// The time counts from the program's start: under strace, the engine needs seconds on a busy machine.
        private void awaitStart(RunningSandbox running, String program) throws IOException, InterruptedException {
            int tries = STARTS;
            while (tries-- > 0
                    && !running.waitFor(Duration.ofMillis(250))
                    && StraceLog.paths(log, program).isEmpty()) {
                // the next look
            }
        }

        private SandboxSpec specification(List<String> words) {
            SandboxSpec.Builder spec = SandboxSpec.of(root, words)
                    .user(execution.user())
                    .workDir(execution.workingDir())
                    .writable(true)
                    .stdio(Stdio.CAPTURE)
                    .trace(log);
            for (String variable : execution.env()) {
                int equals = variable.indexOf('=');
                if (equals > 0) {
                    spec.env(variable.substring(0, equals), variable.substring(equals + 1));
                }
            }
            execution.volumes().forEach(place -> spec.mount(new Mount.Volume(place)));
            return spec.build();
        }
    }
}
