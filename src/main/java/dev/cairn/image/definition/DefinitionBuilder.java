package dev.cairn.image.definition;

import dev.cairn.image.definition.Definition.Accounts;
import dev.cairn.image.definition.Definition.Contents;
import dev.cairn.image.definition.Definition.Entrypoint;
import dev.cairn.image.definition.Definition.Group;
import dev.cairn.image.definition.Definition.NamedText;
import dev.cairn.image.definition.Definition.User;
import dev.cairn.image.definition.DefinitionException.Code;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// Makes a [Definition] of one file's checked fields; includes are not in it yet.
final class DefinitionBuilder {
    private final Path file;
    private final Fields root;

    DefinitionBuilder(Path file, Fields root) {
        this.file = file;
        this.root = root;
    }

    Definition build() {
        OptionalLong budget = root.section("layering").whole("budget");
        return new Definition(
                List.of(file),
                contents(root.section("contents")),
                entrypoint(root.section("entrypoint")),
                words(root, "cmd"),
                root.text("stop-signal"),
                root.text("work-dir"),
                accounts(root.section("accounts")),
                archs(),
                root.table("environment"),
                root.table("annotations"),
                root.texts("volumes"),
                paths(),
                files(),
                named(root.section("certificates"), "additional"),
                osRelease(),
                budget.isPresent() ? OptionalInt.of((int) budget.getAsLong()) : OptionalInt.empty(),
                root.text("variant").equals(Optional.of("dev")) ? Variant.DEV : Variant.RUNTIME,
                root.text("vcs-url"));
    }

    private static Contents contents(Fields contents) {
        return new Contents(
                repositories(contents, "repositories"),
                repositories(contents, "build_repositories"),
                repositories(contents, "runtime_repositories"),
                contents.entries("keyring"),
                named(contents, "runtime_keyring"),
                contents.entries("packages"),
                contents.entries("exclude"),
                contents.entries("keep"));
    }

    /// Slashes at an address's end do not make it another repository.
    private static List<Entry> repositories(Fields contents, String key) {
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : contents.entries(key)) {
            String text = entry.text();
            int end = text.length();
            while (!entry.isAptSource() && end > 1 && text.charAt(end - 1) == '/') {
                end--;
            }
            entries.add(new Entry(text.substring(0, end), entry.position()));
        }
        return entries;
    }

    private static List<NamedText> named(Fields fields, String key) {
        List<NamedText> texts = new ArrayList<>();
        for (Fields each : fields.sections(key)) {
            texts.add(new NamedText(each.required("name"), each.required("content"), each.position()));
        }
        return texts;
    }

    private static Entrypoint entrypoint(Fields fields) {
        return new Entrypoint(words(fields, "command"), fields.text("shell-fragment"));
    }

    private static List<String> words(Fields fields, String key) {
        Optional<String> text = fields.text(key);
        try {
            return text.isPresent() ? CommandLine.split(text.get()) : List.of();
        } catch (IllegalArgumentException e) {
            throw fields.fault(Code.BAD_VALUE, key, "'" + key + "' is not a command: " + e.getMessage(), "");
        }
    }

    private static Accounts accounts(Fields accounts) {
        List<User> users = new ArrayList<>();
        for (Fields user : accounts.sections("users")) {
            String name = user.required("username");
            long uid = user.whole("uid").orElseThrow();
            users.add(new User(
                    name,
                    uid,
                    user.whole("gid").orElse(uid),
                    user.text("shell").orElse("/bin/sh"),
                    user.text("homedir").orElse("/home/" + name)));
        }
        List<Group> groups = new ArrayList<>();
        for (Fields group : accounts.sections("groups")) {
            long gid = group.whole("gid").orElseThrow();
            groups.add(new Group(group.required("groupname"), gid, group.texts("members")));
        }
        Optional<Entry> runAs = accounts.text("run-as").map(text -> new Entry(text, accounts.position("run-as")));
        return new Accounts(users, groups, runAs);
    }

    private List<Architecture> archs() {
        TreeSet<Architecture> archs = new TreeSet<>();
        for (String name : root.texts("archs")) {
            Architecture.of(name).ifPresent(archs::add);
        }
        return List.copyOf(archs);
    }

    private List<PathChange> paths() {
        List<PathChange> changes = new ArrayList<>();
        for (Fields fields : root.sections("paths")) {
            changes.add(path(fields));
        }
        return changes;
    }

    private static PathChange path(Fields fields) {
        PathChange.Type type = PathChange.Type.of(fields.required("type"));
        String path = imagePath(fields.required("path"));
        String source = type.isLink() ? fields.text("source").orElse("") : "";
        if (type.isLink() && source.isEmpty()) {
            throw fields.fault(Code.MISSING_KEY, "type", "a " + type.id() + " needs a 'source'", "source: /usr/bin/…");
        }
        if (path.equals("/") && type != PathChange.Type.DIRECTORY && type != PathChange.Type.PERMISSIONS) {
            throw fields.fault(Code.BAD_VALUE, "path", "'/' is a directory, it cannot become a " + type.id(), "");
        }
        if (type == PathChange.Type.HARDLINK && !TextRule.PATH.allows(source)) {
            throw fields.fault(Code.BAD_VALUE, "source", "'source' takes " + TextRule.PATH.words(), "");
        }
        Optional<Owner> owner = owner(fields);
        OptionalInt permissions = fields.mode("permissions");
        if (type == PathChange.Type.PERMISSIONS && permissions.isEmpty() && owner.isEmpty()) {
            throw fields.fault(
                    Code.MISSING_KEY,
                    "type",
                    "'permissions' needs 'permissions', 'uid' or 'gid'",
                    "permissions: 0o755");
        }
        return new PathChange(
                type,
                path,
                type == PathChange.Type.HARDLINK ? imagePath(source) : source,
                owner,
                permissions.isPresent() ? permissions : usual(type),
                fields.flag("recursive"),
                fields.position());
    }

    private static OptionalInt usual(PathChange.Type type) {
        return switch (type) {
            case DIRECTORY -> OptionalInt.of(0755);
            case EMPTY_FILE -> OptionalInt.of(0644);
            case HARDLINK, SYMLINK, PERMISSIONS -> OptionalInt.empty();
        };
    }

    private static Optional<Owner> owner(Fields fields) {
        OptionalLong uid = fields.whole("uid");
        OptionalLong gid = fields.whole("gid");
        return uid.isEmpty() && gid.isEmpty() ? Optional.empty() : Optional.of(new Owner(uid.orElse(0), gid.orElse(0)));
    }

    private List<FileCopy> files() {
        List<FileCopy> copies = new ArrayList<>();
        for (Fields fields : root.sections("files")) {
            String written = fields.required("source");
            Path source = LocalFiles.beside(file, written);
            if (!Files.exists(source)) {
                String problem = "there is no file '" + Excerpt.quotable(written) + "' beside the definition";
                throw fields.fault(Code.MISSING_FILE, "source", problem, "");
            }
            if (!Files.isRegularFile(source) && !Files.isDirectory(source)) {
                throw fields.fault(Code.BAD_VALUE, "source", "'source' is neither a file nor a folder", "");
            }
            String path = fields.required("path");
            boolean into = path.endsWith("/") && !Files.isDirectory(source);
            copies.add(new FileCopy(
                    source,
                    imagePath(into ? path + LocalFiles.last(source) : path),
                    owner(fields).orElse(Owner.ROOT),
                    fields.mode("permissions"),
                    fields.position()));
        }
        return copies;
    }

    private SortedMap<String, String> osRelease() {
        SortedMap<String, String> fields = new TreeMap<>();
        root.table("os-release").forEach((key, value) -> fields.put(upper(key), value));
        return fields;
    }

    private static String upper(String key) {
        StringBuilder upper = new StringBuilder();
        for (int i = 0; i < key.length(); i++) {
            char c = key.charAt(i);
            upper.append(c == '-' ? '_' : Character.toUpperCase(c));
        }
        return upper.toString();
    }

    /// The absolute form of a path without `.`, doubled and trailing slashes.
    static String imagePath(String written) {
        StringBuilder path = new StringBuilder();
        int start = 0;
        while (start <= written.length()) {
            int slash = written.indexOf('/', start);
            int end = slash < 0 ? written.length() : slash;
            String step = written.substring(start, end);
            if (!step.isEmpty() && !step.equals(".")) {
                path.append('/').append(step);
            }
            start = end + 1;
        }
        return path.isEmpty() ? "/" : path.toString();
    }
}
