package dev.cairn.proof;

import dev.cairn.inspect.ImageDifference;
import java.util.Arrays;
import java.util.Set;

/// Which step of the path means a setting to differ, if any.
final class SettingRules {
    private static final Set<String> ROOTS = Set.of("0", "root", "0:0", "root:root");

    private SettingRules() {}

    static Row judge(ImageDifference.Setting setting, Set<String> declared) {
        String name = setting.name();
        if (name.startsWith("env ")) {
            return variable(setting, declared.contains(name.substring(4)));
        }
        if (name.startsWith("label ")) {
            return row(setting, Verdict.LOOK, "labels of the base image, or of the Dockerfile");
        }
        return switch (name) {
            case "system" -> row(setting, Verdict.INTENDED, "step base: another distribution");
            case "user" ->
                ROOTS.contains(setting.before())
                        ? row(setting, Verdict.INTENDED, "a user of its own instead of root")
                        : row(setting, Verdict.LOOK, "the user differs");
            case "root" ->
                setting.after().equals("no")
                        ? row(setting, Verdict.INTENDED, "it does not run as root any more")
                        : row(setting, Verdict.BROKEN, "it runs as root now");
            // the row for the start command says more
            case "entrypoint", "cmd" -> row(setting, Verdict.SAME, "");
            case "working directory" ->
                row(
                        setting,
                        slash(setting.before()).equals(slash(setting.after())) ? Verdict.SAME : Verdict.BROKEN,
                        "paths are relative to it");
            case "shells", "package managers", "setuid" -> fewer(setting);
            case "ports", "volumes", "stop signal", "platform" -> row(setting, Verdict.BROKEN, "no step changes this");
            default -> row(setting, Verdict.LOOK, "");
        };
    }

    private static Row variable(ImageDifference.Setting setting, boolean declared) {
        if (!declared) {
            return row(setting, Verdict.INTENDED, "step base: a variable of the base image");
        }
        return row(setting, Verdict.BROKEN, "the Dockerfile sets it");
    }

    private static Row fewer(ImageDifference.Setting setting) {
        Set<String> was = Set.of(words(setting.before()));
        for (String each : words(setting.after())) {
            if (!each.isEmpty() && !was.contains(each)) {
                return row(setting, Verdict.LOOK, "some were not there before: the base's distribution has them");
            }
        }
        return row(setting, Verdict.INTENDED, "steps minimise and distroless: fewer of them");
    }

    private static String[] words(String text) {
        return Arrays.stream(text.split(" ", -1)).distinct().toArray(String[]::new);
    }

    private static String slash(String folder) {
        return folder.isEmpty() ? "/" : folder;
    }

    private static Row row(ImageDifference.Setting setting, Verdict verdict, String why) {
        return new Row(setting.name(), setting.before(), setting.after(), verdict, why);
    }
}
