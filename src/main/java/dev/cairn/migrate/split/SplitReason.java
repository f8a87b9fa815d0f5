package dev.cairn.migrate.split;

/// Why a file is not split. Each has a code for machines and a sentence that tells a person what to do.
public enum SplitReason {
    NO_STAGE("no-stage", "The file has no FROM."),
    MANY_STAGES("many-stages", "The file has several stages already; nothing needs to be split."),
    ONBUILD("onbuild", "ONBUILD acts in other people's builds, which a split would change; split it by hand."),
    SHELL("shell", "SHELL changes how every RUN is read; write the commands for /bin/sh, or split by hand."),
    FROM_VARIABLE("from-variable", "FROM holds a variable without a default; give its ARG a default."),
    FROM_SCRATCH("from-scratch", "There is nothing in the base that could build."),
    CROSS_BUILD("cross-build", "FROM names the platform of the build; split cross-builds by hand."),
    NOTHING_BUILT("nothing-built", "No command builds anything, so there is no builder to set apart."),
    SEVERAL_TOOLCHAINS(
            "several-toolchains", "More than one toolchain builds here; give each a stage of its own by hand."),
    FOREIGN_COMMAND(
            "foreign-command",
            "What this command leaves behind is not known; put it into a stage of its own, or replace it by a package."),
    COMPILED_BY_HAND("compiled-by-hand", "make and configure install to many places; split by hand."),
    UNREADABLE("unreadable", "The instruction can't be read with certainty; write it in plain shell."),
    TOOLCHAIN_FROM_PACKAGES(
            "toolchain-from-packages",
            "The toolchain comes from packages of a general image; build on the language's own image first."),
    NO_START("no-start", "The file has neither CMD nor ENTRYPOINT, so what runs is not known; add one."),
    START_UNCLEAR(
            "start-unclear", "What starts can't be read; write CMD or ENTRYPOINT as a JSON array of plain words."),
    START_BUILDS("start-builds", "The container builds when it starts; build in a RUN and start the result instead."),
    OUTPUT_UNKNOWN(
            "output-unknown", "Where the build leaves its result is not known; name it (such as `go build -o`)."),
    OUTPUT_NOT_STARTED("output-not-started", "What starts is not what the build makes; copy what is needed by hand."),
    NO_WORKDIR("no-workdir", "There is no WORKDIR, so the program is spread over the root; add a WORKDIR."),
    USER_BEFORE_INSTALL(
            "user-before-install", "Packages are installed by another user than root; install first, then set USER."),
    INSTALL_ELSEWHERE(
            "install-elsewhere", "Packages are installed to a place of their own; install to the default place."),
    SETUP_MIXED(
            "setup-mixed",
            "The command prepares both the program's folder and other places; make it two RUN instructions.");

    private final String code;
    private final String advice;

    SplitReason(String code, String advice) {
        this.code = code;
        this.advice = advice;
    }

    /// The code: lower-case words and hyphens, stable.
    public String code() {
        return code;
    }

    /// What to do, in a sentence.
    public String advice() {
        return advice;
    }
}
