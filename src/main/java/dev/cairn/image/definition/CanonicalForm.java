package dev.cairn.image.definition;

import dev.cairn.digest.Digest;
import dev.cairn.image.definition.Definition.Contents;
import dev.cairn.image.definition.Definition.Group;
import dev.cairn.image.definition.Definition.NamedText;
import dev.cairn.image.definition.Definition.User;
import dev.cairn.image.definition.LocalFile.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The canonical JSON of a definition; see [Definition#canonical()].
///
/// Keys that say nothing are left out, so that a later key does not change the digest of definitions without it.
final class CanonicalForm {
    private final Map<String, Object> fields = new LinkedHashMap<>();

    private CanonicalForm() {}

    static byte[] of(Definition definition) throws IOException {
        CanonicalForm root = new CanonicalForm();
        root.put("contents", contents(definition.contents()));
        root.put("entrypoint", definition.entrypoint().argv());
        root.put("cmd", definition.cmd());
        root.put("stop-signal", definition.stopSignal().orElse(""));
        root.put("work-dir", definition.workDir().orElse(""));
        root.put("accounts", accounts(definition.accounts()));
        root.put("archs", definition.archs().stream().map(Architecture::id).toList());
        root.put("environment", definition.environment());
        root.put("annotations", definition.annotations());
        root.put("volumes", definition.volumes());
        root.put("paths", definition.paths().stream().map(CanonicalForm::path).toList());
        root.put("files", files(definition.files()));
        root.put("certificates", named(definition.certificates()));
        root.put("os-release", definition.osRelease());
        definition.budget().ifPresent(budget -> root.fields.put("budget", budget));
        root.put("variant", definition.variant() == Variant.DEV ? "dev" : "");
        root.put("vcs-url", SourceFile.masked(definition.vcsUrl().orElse("")));
        return JsonText.compact(root.fields).getBytes(StandardCharsets.UTF_8);
    }

    private void put(String key, Object value) {
        boolean empty = switch (value) {
            case Map<?, ?> map -> map.isEmpty();
            case List<?> list -> list.isEmpty();
            default -> value.toString().isEmpty();
        };
        if (!empty) {
            fields.put(key, value);
        }
    }

    private static Map<String, Object> contents(Contents contents) throws IOException {
        CanonicalForm form = new CanonicalForm();
        form.put("repositories", texts(contents.repositories()));
        form.put("build_repositories", texts(contents.buildRepositories()));
        form.put("runtime_repositories", texts(contents.runtimeRepositories()));
        form.put("keyring", keys(contents.keyring()));
        form.put("runtime_keyring", named(contents.runtimeKeyring()));
        form.put("packages", texts(contents.packages()));
        form.put("exclude", texts(contents.exclude()));
        form.put("keep", texts(contents.keep()));
        return form.fields;
    }

    private static List<String> texts(List<Entry> entries) {
        return entries.stream().map(entry -> SourceFile.masked(entry.text())).toList();
    }

    private static List<String> keys(List<Entry> keyring) throws IOException {
        List<String> keys = new ArrayList<>();
        for (Entry key : keyring) {
            boolean local = !key.isAddress() && Files.isRegularFile(key.localPath());
            keys.add(local ? digest(key.localPath()).toString() : SourceFile.masked(key.text()));
        }
        return keys;
    }

    private static List<Map<String, Object>> named(List<NamedText> texts) {
        List<Map<String, Object>> named = new ArrayList<>();
        for (NamedText text : texts) {
            CanonicalForm form = new CanonicalForm();
            form.put("name", text.name());
            form.put("content", text.content());
            named.add(form.fields);
        }
        return named;
    }

    private static Map<String, Object> accounts(Definition.Accounts accounts) {
        CanonicalForm form = new CanonicalForm();
        List<Object> users = new ArrayList<>();
        for (User user : accounts.users()) {
            users.add(List.of(user.name(), user.uid(), user.gid(), user.shell(), user.home()));
        }
        List<Object> groups = new ArrayList<>();
        for (Group group : accounts.groups()) {
            groups.add(List.of(group.name(), group.gid(), group.members()));
        }
        form.put("users", users);
        form.put("groups", groups);
        form.put("run-as", accounts.runAs().map(Entry::text).orElse(""));
        return form.fields;
    }

    private static Map<String, Object> path(PathChange change) {
        CanonicalForm form = new CanonicalForm();
        form.put("type", change.type().id());
        form.put("path", change.path());
        form.put("source", change.source());
        form.put("owner", change.owner().map(Owner::toString).orElse(""));
        change.permissions().ifPresent(mode -> form.put("permissions", octal(mode)));
        form.put("recursive", change.recursive() ? "true" : "");
        return form.fields;
    }

    private static List<Map<String, Object>> files(List<FileCopy> copies) throws IOException {
        List<Map<String, Object>> all = new ArrayList<>();
        for (FileCopy copy : copies) {
            for (LocalFile file : copy.entries()) {
                CanonicalForm form = new CanonicalForm();
                form.put("path", file.path());
                form.put("owner", copy.owner());
                form.put("permissions", octal(file.mode()));
                form.put("link", file.target());
                form.put("content", file.kind() == Kind.FILE ? digest(file.file()) : "");
                all.add(form.fields);
            }
        }
        return all;
    }

    private static String octal(int mode) {
        return "0o" + Integer.toOctalString(mode);
    }

    private static Digest digest(Path file) throws IOException {
        Digest.Algorithm algorithm = Digest.Algorithm.SHA256;
        MessageDigest hash = algorithm.newHash();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                hash.update(buffer, 0, n);
            }
        }
        return Digest.finish(algorithm, hash);
    }
}
