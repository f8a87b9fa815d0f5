package dev.cairn.image.definition;

import static dev.cairn.image.definition.Key.optional;
import static dev.cairn.image.definition.Key.required;

import dev.cairn.image.definition.KeyType.Choice;
import dev.cairn.image.definition.KeyType.Flag;
import dev.cairn.image.definition.KeyType.Items;
import dev.cairn.image.definition.KeyType.Mode;
import dev.cairn.image.definition.KeyType.Refused;
import dev.cairn.image.definition.KeyType.Section;
import dev.cairn.image.definition.KeyType.Table;
import dev.cairn.image.definition.KeyType.Text;
import dev.cairn.image.definition.KeyType.Whole;
import java.util.List;

/// Every key of a definition.
final class DefinitionKeys {
    private static final long UINT32 = 0xffff_ffffL;
    private static final KeyType LINE = new Text(TextRule.LINE);
    private static final KeyType TEXT = new Text(TextRule.ANY);
    private static final KeyType LINES = new Items(LINE);
    private static final KeyType WORDS = new Items(new Text(TextRule.WORD));
    private static final KeyType ID = new Whole(0, UINT32);
    private static final String SERVICES = "service bundles (the s6 supervisor) are not supported";
    private static final String ONE_PROCESS = "one process per image: 'command:' with the program itself";

    static final Section ROOT = new Section("the definition", root());

    private DefinitionKeys() {}

    private static List<Key> root() {
        return List.of(
                optional("contents", new Section("contents", contents()), "Where packages come from, and which.", ""),
                optional("entrypoint", new Section("entrypoint", entrypoint()), "What the container runs.", ""),
                optional(
                        "cmd",
                        TEXT,
                        "Arguments for the entrypoint, or the command itself where there is no entrypoint. Split into"
                                + " words as a shell does (quotes and backslashes), but nothing is expanded.",
                        "--port 8080"),
                optional(
                        "stop-signal",
                        new Text(TextRule.SIGNAL),
                        "The signal that asks the process to stop; SIGTERM where it is absent.",
                        "SIGQUIT"),
                optional("work-dir", new Text(TextRule.ABSOLUTE), "The working directory.", "/srv"),
                optional("accounts", new Section("accounts", accounts()), "Users, groups, and who runs.", ""),
                optional(
                        "archs",
                        new Items(new Choice(Architecture.names())),
                        "The architectures to build; the host's where it is absent. apk's and OCI's names mean the same"
                                + " (`x86_64` and `amd64`).",
                        "[amd64, arm64]"),
                optional(
                        "environment",
                        new Table(TextRule.VARIABLE, TextRule.ANY),
                        "Environment variables.",
                        "{LANG: C.UTF-8}"),
                optional(
                        "annotations",
                        new Table(TextRule.LINE, TextRule.ANY),
                        "Annotations of the image's manifest and index, and labels of its configuration.",
                        "{org.opencontainers.image.title: redis}"),
                optional(
                        "volumes",
                        new Items(new Text(TextRule.ABSOLUTE)),
                        "Directories that a runtime is asked to make a volume of.",
                        "[/data]"),
                optional(
                        "paths",
                        new Items(new Section("path", paths())),
                        "Changes to the file tree after the packages are in it, in this order.",
                        ""),
                optional(
                        "files",
                        new Items(new Section("file", files())),
                        "Local files and folders to put into the image. *Not in apko.*",
                        ""),
                optional(
                        "certificates",
                        new Section("certificates", certificates()),
                        "Certificates to trust besides those of the packages.",
                        ""),
                optional(
                        "os-release",
                        new Table(TextRule.RELEASE_KEY, TextRule.ANY),
                        "Fields of `/etc/os-release` to set or replace; `pretty-name` means `PRETTY_NAME`.",
                        "{PRETTY_NAME: Example image, VARIANT_ID: web}"),
                optional("layering", new Section("layering", layering()), "How layers are cut.", ""),
                optional(
                        "variant",
                        new Choice(List.of("runtime", "dev")),
                        "`runtime`, the default, holds what the program needs; `dev` adds a shell, the basic tools and"
                                + " a package manager that works. *Not in apko.*",
                        "dev"),
                optional(
                        "vcs-url",
                        LINE,
                        "Where the definition's source is, `URL@revision`: becomes the annotations"
                                + " `org.opencontainers.image.source` and `.revision`.",
                        "https://git.example/images@8a1f3c"),
                optional(
                        "include",
                        LINE,
                        "Another definition that this one is laid over, found beside this file or else below the"
                                + " working folder. Lists are joined, the included one first; mappings are joined and"
                                + " single values replaced, this file winning.",
                        "common.yaml"),
                optional("format", new Choice(List.of("tar")), "The layers' format; only `tar` is supported.", "tar"));
    }

    private static List<Key> contents() {
        Section key = new Section(
                "key",
                List.of(
                        required("name", new Text(TextRule.FILE_NAME), "The key's file name.", "mirror.rsa.pub"),
                        required("content", new Text(TextRule.PEM), "The key, in PEM.", "|")));
        return List.of(
                optional(
                        "repositories",
                        LINES,
                        "Where packages are taken from, at build time and later inside the image. For apk an address,"
                                + " a folder, or `@tag` and one of them; for Debian an apt one-line source with suite"
                                + " and components (`deb trixie main`), whose mirror comes from Cairn's configuration,"
                                + " or with an address of its own.",
                        "[deb trixie main]"),
                optional(
                        "build_repositories",
                        LINES,
                        "The same, but not written into the image.",
                        "[https://packages.example/os]"),
                optional(
                        "runtime_repositories",
                        LINES,
                        "Written into the image's package manager configuration, not used to build.",
                        "[https://mirror.example/os]"),
                optional(
                        "keyring",
                        LINES,
                        "Public keys that repositories are checked with: addresses or local files. apk: RSA keys in"
                                + " PEM; Debian: OpenPGP. Debian's own archive keys are always there, Alpine's for its own server.",
                        "[keys/example.rsa.pub]"),
                optional("runtime_keyring", new Items(key), "Keys for the image's package manager only.", ""),
                optional(
                        "packages",
                        WORDS,
                        "The packages to install, with what they depend on. `name=1.2-r3` this version, `name~1.2` this"
                                + " prefix, `name>1.2`, `name<1.2` and so on, `name@tag` from a tagged repository,"
                                + " `!name` never.",
                        "[redis-server, ca-certificates]"),
                optional(
                        "exclude",
                        WORDS,
                        "Packages that a runtime image leaves out although something depends on them. *Not in apko.*",
                        "[perl-base]"),
                optional(
                        "keep",
                        WORDS,
                        "Packages that a runtime image keeps although Cairn would leave them out. *Not in apko.*",
                        "[debconf]"),
                optional(
                        "baseimage",
                        new Refused(
                                "building on a base image is not supported",
                                "the base image's packages under contents.packages"),
                        "Refused: an image is made of packages alone.",
                        ""));
    }

    private static List<Key> entrypoint() {
        return List.of(
                optional(
                        "command",
                        TEXT,
                        "The program with its first arguments; split into words as a shell does.",
                        "/usr/bin/redis-server --port 6379"),
                optional(
                        "shell-fragment",
                        TEXT,
                        "Shell text to run with `/bin/sh -c`; the image needs a shell then.",
                        "exec /app/start"),
                optional(
                        "type",
                        new Refused(SERVICES, ONE_PROCESS),
                        "Refused: apko's only type is `service-bundle`, which needs the s6 supervisor.",
                        ""),
                optional("services", new Refused(SERVICES, ONE_PROCESS), "Refused, see `type`.", ""));
    }

    private static List<Key> accounts() {
        Section user = new Section(
                "user",
                List.of(
                        required("username", new Text(TextRule.ACCOUNT), "The user's name.", "nonroot"),
                        required("uid", new Whole(1, UINT32), "The user's number; not 0.", "65532"),
                        optional("gid", ID, "The main group's number; the uid where it is absent.", "65532"),
                        optional("shell", new Text(TextRule.FIELD), "`/bin/sh` where it is absent.", "/sbin/nologin"),
                        optional(
                                "homedir",
                                new Text(TextRule.FIELD),
                                "The home directory, made where no package has it; `/home/NAME` where it is absent,"
                                        + " `/dev/null` for none.",
                                "/home/nonroot")));
        Section group = new Section(
                "group",
                List.of(
                        required("groupname", new Text(TextRule.ACCOUNT), "The group's name.", "nonroot"),
                        required("gid", ID, "The group's number.", "65532"),
                        optional(
                                "members",
                                new Items(new Text(TextRule.ACCOUNT)),
                                "Users that are in it besides those whose main group it is.",
                                "[nonroot]")));
        return List.of(
                optional("users", new Items(user), "Users to add to `/etc/passwd`.", ""),
                optional("groups", new Items(group), "Groups to add to `/etc/group`.", ""),
                optional("run-as", LINE, "The user that the container runs as, by name or number.", "nonroot"));
    }

    private static List<Key> paths() {
        return List.of(
                required("path", new Text(TextRule.PATH), "The path in the image.", "/run/app"),
                required(
                        "type",
                        new Choice(PathChange.Type.names()),
                        "`directory`, `empty-file`, `hardlink`, `symlink`, or `permissions` to change what is there.",
                        "directory"),
                optional("source", LINE, "What a link points to.", "/usr/bin/mawk"),
                optional("uid", ID, "The owner. With neither uid nor gid ownership stays as it is.", "65532"),
                optional("gid", ID, "The group; of uid and gid one alone makes the other 0.", "65532"),
                optional(
                        "permissions",
                        new Mode(),
                        "Permission bits in octal, `0o755`; where absent 0o755 for a directory and 0o644 for a file.",
                        "0o755"),
                optional("recursive", new Flag(), "Also to everything that is below the path.", "true"));
    }

    private static List<Key> files() {
        return List.of(
                required(
                        "source",
                        LINE,
                        "A local file or folder, beside this definition. A folder's contents are copied.",
                        "nginx/nginx.conf"),
                required(
                        "path",
                        new Text(TextRule.PATH),
                        "The path in the image; a file keeps its name where the path ends in `/`.",
                        "/etc/nginx/nginx.conf"),
                optional("uid", ID, "The owner; 0 where it is absent.", "65532"),
                optional("gid", ID, "The group; 0 where it is absent.", "65532"),
                optional(
                        "permissions",
                        new Mode(),
                        "Permission bits of the files; where absent 0o755 for what its owner may execute, else 0o644."
                                + " Folders have 0o755.",
                        "0o640"));
    }

    private static List<Key> certificates() {
        Section certificate = new Section(
                "certificate",
                List.of(
                        required("name", new Text(TextRule.FILE_NAME), "The certificate's file name.", "example-root"),
                        required("content", new Text(TextRule.PEM), "One certificate, in PEM.", "|")));
        return List.of(
                optional(
                        "additional",
                        new Items(certificate),
                        "Added to the CA bundle, to the Java trust store of an image with a JRE, and as files of their own.",
                        ""),
                optional(
                        "providers",
                        new Refused(
                                "certificate providers are not supported",
                                "the certificates themselves under certificates.additional"),
                        "Refused: name the certificates under `additional`.",
                        ""));
    }

    private static List<Key> layering() {
        return List.of(
                optional(
                        "strategy",
                        new Choice(List.of("origin")),
                        "Accepted for apko's sake: a package is a layer whatever it says.",
                        "origin"),
                optional(
                        "budget",
                        new Whole(1, 120),
                        "The most layers that the image may have; small packages share one where there are more.",
                        "40"));
    }
}
