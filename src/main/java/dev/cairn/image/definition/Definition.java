package dev.cairn.image.definition;

import dev.cairn.digest.Digest;
import dev.cairn.packages.Ecosystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/// An image definition: apko's keys with apko's meaning, and Cairn's additions, as `docs/reference/definition.md` lists
/// them. Includes are merged into it already.
///
/// @param sources the files it was read from, the definition itself first, then what it includes
/// @param contents repositories and packages
/// @param entrypoint the program
/// @param cmd the words of `cmd`
/// @param stopSignal the signal that asks it to stop
/// @param workDir the working directory
/// @param accounts users, groups, who runs
/// @param archs the architectures to build, each once, in one order; empty for the host's
/// @param environment variables by name
/// @param annotations annotations by key
/// @param volumes directories that a runtime makes volumes of
/// @param paths changes to the file tree, in order
/// @param files local files to copy, in order
/// @param certificates certificates to trust additionally
/// @param osRelease fields of os-release by name (`PRETTY_NAME`)
/// @param budget the most layers
/// @param variant runtime or dev
/// @param vcsUrl where the definition's source is
public record Definition(
        List<Path> sources,
        Contents contents,
        Entrypoint entrypoint,
        List<String> cmd,
        Optional<String> stopSignal,
        Optional<String> workDir,
        Accounts accounts,
        List<Architecture> archs,
        SortedMap<String, String> environment,
        SortedMap<String, String> annotations,
        List<String> volumes,
        List<PathChange> paths,
        List<FileCopy> files,
        List<NamedText> certificates,
        SortedMap<String, String> osRelease,
        OptionalInt budget,
        Variant variant,
        Optional<String> vcsUrl) {

    public Definition {
        sources = List.copyOf(sources);
        cmd = List.copyOf(cmd);
        archs = List.copyOf(archs);
        environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        annotations = Collections.unmodifiableSortedMap(new TreeMap<>(annotations));
        volumes = List.copyOf(volumes);
        paths = List.copyOf(paths);
        files = List.copyOf(files);
        certificates = List.copyOf(certificates);
        osRelease = Collections.unmodifiableSortedMap(new TreeMap<>(osRelease));
    }

    /// Where packages come from, and which.
    ///
    /// @param repositories for the build and for the package manager in the image
    /// @param buildRepositories for the build only
    /// @param runtimeRepositories for the package manager in the image only
    /// @param keyring addresses or local files of keys
    /// @param runtimeKeyring keys for the package manager in the image only
    /// @param packages the world
    /// @param exclude names that a runtime image leaves out
    /// @param keep names that a runtime image keeps
    public record Contents(
            List<Entry> repositories,
            List<Entry> buildRepositories,
            List<Entry> runtimeRepositories,
            List<Entry> keyring,
            List<NamedText> runtimeKeyring,
            List<Entry> packages,
            List<Entry> exclude,
            List<Entry> keep) {

        public Contents {
            repositories = List.copyOf(repositories);
            buildRepositories = List.copyOf(buildRepositories);
            runtimeRepositories = List.copyOf(runtimeRepositories);
            keyring = List.copyOf(keyring);
            runtimeKeyring = List.copyOf(runtimeKeyring);
            packages = List.copyOf(packages);
            exclude = List.copyOf(exclude);
            keep = List.copyOf(keep);
        }
    }

    /// What the container runs.
    ///
    /// @param command the words of `command`
    /// @param shellFragment text for `/bin/sh -c`
    public record Entrypoint(List<String> command, Optional<String> shellFragment) {
        /// No entrypoint.
        public static final Entrypoint NONE = new Entrypoint(List.of(), Optional.empty());

        public Entrypoint {
            command = List.copyOf(command);
        }

        /// The image's entrypoint, word by word; the shell fragment goes first as in apko.
        public List<String> argv() {
            return shellFragment.map(text -> List.of("/bin/sh", "-c", text)).orElse(command);
        }
    }

    /// Users, groups, who runs.
    ///
    /// @param runAs a user's name or number
    public record Accounts(List<User> users, List<Group> groups, Optional<Entry> runAs) {
        public Accounts {
            users = List.copyOf(users);
            groups = List.copyOf(groups);
        }
    }

    /// A user to add.
    public record User(String name, long uid, long gid, String shell, String home) {}

    /// A group to add.
    public record Group(String name, long gid, List<String> members) {
        public Group {
            members = List.copyOf(members);
        }
    }

    /// A key or certificate that stands in the definition itself.
    ///
    /// @param name a file name
    /// @param content PEM text
    public record NamedText(String name, String content, Position position) {}

    /// The definition file itself.
    public Path file() {
        return sources.getFirst();
    }

    /// Every repository that packages are taken from at build time, apko's order: build_repositories first.
    public List<Entry> buildTimeRepositories() {
        List<Entry> all = new ArrayList<>(contents.buildRepositories());
        all.addAll(contents.repositories());
        return List.copyOf(all);
    }

    /// The package format of the repositories; nothing where there is no repository.
    public Optional<Ecosystem> ecosystem() {
        List<Entry> repositories = buildTimeRepositories();
        if (repositories.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(repositories.getFirst().isAptSource() ? Ecosystem.DEB : Ecosystem.APK);
    }

    /// The same definition as another variant.
    public Definition withVariant(Variant other) {
        return new Definition(
                sources,
                contents,
                entrypoint,
                cmd,
                stopSignal,
                workDir,
                accounts,
                archs,
                environment,
                annotations,
                volumes,
                paths,
                files,
                certificates,
                osRelease,
                budget,
                other,
                vcsUrl);
    }

    /// The same definition, whose image's package manager asks these repositories.
    public Definition withRuntimeRepositories(List<String> lines) {
        Position here = Position.whole(file());
        Contents others = new Contents(
                contents.repositories(),
                contents.buildRepositories(),
                lines.stream().map(line -> new Entry(line, here)).toList(),
                contents.keyring(),
                contents.runtimeKeyring(),
                contents.packages(),
                contents.exclude(),
                contents.keep());
        return new Definition(
                sources,
                others,
                entrypoint,
                cmd,
                stopSignal,
                workDir,
                accounts,
                archs,
                environment,
                annotations,
                volumes,
                paths,
                files,
                certificates,
                osRelease,
                budget,
                variant,
                vcsUrl);
    }

    /// The same definition for other architectures.
    public Definition withArchs(List<Architecture> others) {
        List<Architecture> ordered = others.stream().distinct().sorted().toList();
        return new Definition(
                sources,
                contents,
                entrypoint,
                cmd,
                stopSignal,
                workDir,
                accounts,
                ordered,
                environment,
                annotations,
                volumes,
                paths,
                files,
                certificates,
                osRelease,
                budget,
                variant,
                vcsUrl);
    }

    /// What the definition says, whatever its formatting and wherever it lies: JSON with the keys in one order. Local
    /// files count by their content, passwords in addresses not at all.
    ///
    /// @throws IOException when a local file cannot be read
    public byte[] canonical() throws IOException {
        return CanonicalForm.of(this);
    }

    /// The digest of [#canonical()].
    ///
    /// @throws IOException when a local file cannot be read
    public Digest digest() throws IOException {
        return Digest.of(canonical());
    }
}
