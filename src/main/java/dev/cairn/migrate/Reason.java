package dev.cairn.migrate;

/// Why something was changed, should be looked at, or was left as it is. The id is what reports and scripts see; it
/// never changes its meaning.
public enum Reason {
    IMAGE("image", Level.CHANGE, "FROM names an image of the catalogue."),
    IMAGE_ARGUMENT("image-argument", Level.CHANGE, "The ARG that FROM uses names an image of the catalogue."),
    DEV_DROPPED("dev-dropped", Level.CHANGE, "The stage runs no command: the image without shell does."),
    CUSTOM_IMAGE(
            "custom-image",
            Level.CHANGE,
            "The stage's RUNs only install and set up: an image definition does it instead."),
    PACKAGES("packages", Level.CHANGE, "A package manager's call became the target's."),
    PACKAGE_DROPPED("package-dropped", Level.CHANGE, "A package that the target does not need is no longer installed."),
    UPKEEP("upkeep", Level.CHANGE, "A command that only served the old package manager went: index updates, caches."),
    CACHE_MOUNT("cache-mount", Level.CHANGE, "A cache mount follows the new package manager."),
    TOOL_ADDED("tool-added", Level.CHANGE, "A package was added for a command that the old image brought along."),
    USER_ROOT("user-root", Level.CHANGE, "USER root was added: hardened images do not run as root, and RUN needs it."),
    USER_NONROOT("user-nonroot", Level.CHANGE, "The image runs as the user 65532, no longer as root."),
    ENTRYPOINT_RESET(
            "entrypoint-reset",
            Level.CHANGE,
            "ENTRYPOINT [] was added: the hardened image has an entry point where the old one had none."),
    EXEC_FORM("exec-form", Level.CHANGE, "A command in shell form became exec form: there is no shell."),
    ACCOUNT_COMMAND("account-command", Level.CHANGE, "The options of adduser or addgroup became busybox's."),
    TAG_BUMPED("tag-bumped", Level.CHANGE, "A tag or digest moved to the newest in its line."),

    PIN_DROPPED("pin-dropped", Level.NOTE, "A pinned version of a package cannot be kept: the target has its own."),
    SUITE_DROPPED("suite-dropped", Level.NOTE, "A package was asked for from a suite that the target does not have."),
    DIGEST_DROPPED("digest-dropped", Level.INFO, "The digest pinned the old image; `cairn bump` pins the new one."),
    COPY_FROM_IMAGE("copy-from-image", Level.INFO, "Files come from an image outside of the catalogue."),
    FOREIGN_IMAGE("foreign-image", Level.INFO, "The image is not known to the catalogue; it is left as it is."),
    SHELL_FORM("shell-form", Level.NOTE, "A command in shell form, in an image without a shell."),
    ENTRYPOINT_DIFFERS("entrypoint-differs", Level.NOTE, "The old image's entry point did more than the new one's."),

    PRIVILEGED_PORT("privileged-port", Level.NOTE, "A port below 1024, in an image that does not run as root."),
    VOLUME_OWNER("volume-owner", Level.NOTE, "A volume, in an image that does not run as root."),
    WRITABLE_FOLDER(
            "writable-folder", Level.INFO, "The working folder is root's, in an image that does not run as root."),

    UNREADABLE("unreadable", Level.REFUSED, "BuildKit would not read this file."),
    NO_IMAGE("no-image", Level.REFUSED, "The catalogue has no such image."),
    NO_VERSION("no-version", Level.REFUSED, "The catalogue has the image, but not in this version."),
    FROM_VARIABLE("from-variable", Level.REFUSED, "FROM uses a variable whose value is not known or does not fit."),
    WINDOWS("windows", Level.REFUSED, "An image for Windows."),
    SCRIPT_UNCLEAR("script-unclear", Level.REFUSED, "The shell script of a RUN is not understood."),
    FOREIGN_SHELL("foreign-shell", Level.REFUSED, "SHELL or a script names an interpreter that is no POSIX shell."),
    EXEC_INSTALL("exec-install", Level.REFUSED, "A package manager is called in exec form or by ONBUILD."),
    PACKAGE_UNKNOWN("package-unknown", Level.REFUSED, "It is not known what the target calls a package."),
    PACKAGE_WORD("package-word", Level.REFUSED, "A word where a package's name should be is something else."),
    VARIABLE_LIST("variable-list", Level.REFUSED, "A variable holds package names, and its value cannot be changed."),
    LOCAL_PACKAGE("local-package", Level.REFUSED, "A package file is installed: .deb, .rpm, .apk, or a URL."),
    THIRD_PARTY_REPOSITORY("third-party-repository", Level.REFUSED, "Packages come from somebody else's repository."),
    MANAGER_OPTION("manager-option", Level.REFUSED, "An option of the package manager has no counterpart."),
    MANAGER_COMMAND("manager-command", Level.REFUSED, "A command of the package manager has no counterpart."),
    MANAGER_HIDDEN("manager-hidden", Level.REFUSED, "A package manager is called through another command."),
    MANAGER_MISMATCH("manager-mismatch", Level.REFUSED, "The package manager is not that of the stage's image."),
    CONTROL_FLOW("control-flow", Level.REFUSED, "A package manager's call steers what else runs."),
    DISTRIBUTION_COMMAND(
            "distribution-command", Level.REFUSED, "A command exists in the old distribution or image only."),
    DISTRIBUTION_FILE(
            "distribution-file", Level.REFUSED, "A file of the old distribution or its package manager is used."),
    STAGE_KEPT("stage-kept", Level.REFUSED, "The stage builds on, or shares its ARG with, one that is left as it is."),
    DISTROLESS_RUN("distroless-run", Level.REFUSED, "A RUN does more than install packages and set up."),
    SPLIT("split", Level.CHANGE, "One stage became a builder and a runtime."),
    SPLIT_NOTE("split-look", Level.INFO, "What the split could not know; the runtime may hold more than it needs."),
    SPLIT_NO_STAGE("split-no-stage", Level.INFO, "The file has no FROM."),
    SPLIT_MANY_STAGES(
            "split-many-stages", Level.INFO, "The file has several stages already: nothing needs to be split."),
    SPLIT_ONBUILD(
            "split-onbuild",
            Level.REFUSED,
            "ONBUILD acts in other people's builds, which a split would change; split it by hand."),
    SPLIT_SHELL(
            "split-shell",
            Level.REFUSED,
            "SHELL changes how every RUN is read; write the commands for /bin/sh, or split by hand."),
    SPLIT_FROM_VARIABLE(
            "split-from-variable", Level.REFUSED, "FROM holds a variable without a default; give its ARG a default."),
    SPLIT_FROM_SCRATCH("split-from-scratch", Level.REFUSED, "There is nothing in the base that could build."),
    SPLIT_CROSS_BUILD(
            "split-cross-build", Level.REFUSED, "FROM names the platform of the build; split cross-builds by hand."),
    SPLIT_NOTHING_BUILT(
            "split-nothing-built", Level.INFO, "No command builds anything, so there is no builder to set apart."),
    SPLIT_SEVERAL_TOOLCHAINS(
            "split-several-toolchains",
            Level.REFUSED,
            "More than one toolchain builds here; give each a stage of its own by hand."),
    SPLIT_FOREIGN_COMMAND(
            "split-foreign-command",
            Level.REFUSED,
            "What this command leaves behind is not known; put it into a stage of its own, or replace it by a package."),
    SPLIT_COMPILED_BY_HAND(
            "split-compiled-by-hand", Level.REFUSED, "make and configure install to many places; split by hand."),
    SPLIT_UNREADABLE(
            "split-unreadable",
            Level.REFUSED,
            "The instruction can't be read with certainty; write it in plain shell."),
    SPLIT_TOOLCHAIN_FROM_PACKAGES(
            "split-toolchain-from-packages",
            Level.REFUSED,
            "The toolchain comes from packages of a general image; build on the language's own image first."),
    SPLIT_NO_START(
            "split-no-start",
            Level.REFUSED,
            "The file has neither CMD nor ENTRYPOINT, so what runs is not known; add one."),
    SPLIT_START_UNCLEAR(
            "split-start-unclear",
            Level.REFUSED,
            "What starts can't be read; write CMD or ENTRYPOINT as a JSON array of plain words."),
    SPLIT_START_BUILDS(
            "split-start-builds",
            Level.REFUSED,
            "The container builds when it starts; build in a RUN and start the result instead."),
    SPLIT_OUTPUT_UNKNOWN(
            "split-output-unknown",
            Level.REFUSED,
            "Where the build leaves its result is not known; name it (such as `go build -o`)."),
    SPLIT_OUTPUT_NOT_STARTED(
            "split-output-not-started",
            Level.REFUSED,
            "What starts is not what the build makes; copy what is needed by hand."),
    SPLIT_NO_WORKDIR(
            "split-no-workdir",
            Level.REFUSED,
            "There is no WORKDIR, so the program is spread over the root; add a WORKDIR."),
    SPLIT_USER_BEFORE_INSTALL(
            "split-user-before-install",
            Level.REFUSED,
            "Packages are installed by another user than root; install first, then set USER."),
    SPLIT_INSTALL_ELSEWHERE(
            "split-install-elsewhere",
            Level.REFUSED,
            "Packages are installed to a place of their own; install to the default place."),
    SPLIT_SETUP_MIXED(
            "split-setup-mixed",
            Level.REFUSED,
            "The command prepares both the program's folder and other places; make it two RUN instructions."),
    MINIMISE_DROPPED(
            "minimise-dropped", Level.CHANGE, "A package went that only serves building, fetching or setting up."),
    MINIMISE_RUNTIME(
            "minimise-runtime", Level.CHANGE, "A package became what of it is needed at run time: its libraries."),
    MINIMISE_KEPT("minimise-kept", Level.INFO, "A package stays, and the evidence for it."),
    MINIMISE_UNKNOWN(
            "minimise-unknown",
            Level.NOTE,
            "A package stays because nothing tells whether it is needed; drop it by hand, or trace a run."),
    MINIMISE_CONTROL_FLOW(
            "minimise-control-flow",
            Level.NOTE,
            "A package could go, but the command around it is not simple; take it out by hand."),
    MINIMISE_BUILDS(
            "minimise-builds",
            Level.REFUSED,
            "The stage builds, so it needs what builds; split it first, or build in another stage."),
    MINIMISE_FOREIGN_COMMAND(
            "minimise-foreign-command",
            Level.REFUSED,
            "What this command needs of the packages is not known; run it in the builder."),
    MINIMISE_NO_BUILDER(
            "minimise-no-builder",
            Level.INFO,
            "The stage takes nothing from a builder or starts nothing: its tools may be what it is for; split it, or trace a run."),
    MINIMISE_EVIDENCE(
            "minimise-evidence",
            Level.REFUSED,
            "The file of evidence beside the Dockerfile can't be read; trace again, or delete it."),
    MINIMISE_UNREADABLE(
            "minimise-unreadable", Level.REFUSED, "The RUN can't be read with certainty; write it in plain shell."),
    UNSOLVABLE("unsolvable", Level.REFUSED, "The target's packages cannot be installed together.");

    /// How much a finding asks for.
    public enum Level {
        /// Something was changed.
        CHANGE("change"),
        /// Something was left as it is, and nothing need be done about it now.
        INFO("info"),
        /// Something was changed or left, and should be looked at.
        NOTE("note"),
        /// The stage or file is left as it is.
        REFUSED("refused");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        /// The word in reports.
        public String word() {
            return word;
        }
    }

    private final String id;
    private final Level level;
    private final String summary;

    Reason(String id, Level level, String summary) {
        this.id = id;
        this.level = level;
        this.summary = summary;
    }

    /// The code in reports: `package-unknown`.
    public String id() {
        return id;
    }

    /// How much it asks for.
    public Level level() {
        return level;
    }

    /// One sentence.
    public String summary() {
        return summary;
    }
}
