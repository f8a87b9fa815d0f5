package dev.cairn.inspect;

import dev.cairn.oci.Execution;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is said of an image apart from its packages and files, as named texts in a fixed order.
public final class Settings {
    private Settings() {}

    /// The settings; those that are not set are "".
    public static Map<String, String> of(ImageContents contents) {
        Execution execution = contents.image().config().execution();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("platform", contents.image().config().platform().toString());
        settings.put("system", contents.systemName().orElse(""));
        settings.put("user", execution.user().isEmpty() ? "0" : execution.user());
        settings.put("root", contents.isRoot() ? "yes" : "no");
        settings.put("entrypoint", words(execution.entrypoint()));
        settings.put("cmd", words(execution.cmd()));
        settings.put("working directory", execution.workingDir());
        settings.put("stop signal", String.valueOf(execution.stopSignal() == null ? "" : execution.stopSignal()));
        settings.put("ports", String.join(" ", execution.exposedPorts()));
        settings.put("volumes", String.join(" ", execution.volumes()));
        settings.put("shells", String.join(" ", contents.traits().shells()));
        settings.put("package managers", String.join(" ", contents.traits().packageManagers()));
        settings.put(
                "setuid",
                String.join(
                        " ",
                        contents.privileged().stream().map(each -> "/" + each).toList()));
        for (String each : execution.env()) {
            int equals = each.indexOf('=');
            settings.put(
                    "env " + (equals < 0 ? each : each.substring(0, equals)),
                    equals < 0 ? "" : each.substring(equals + 1));
        }
        execution.labels().forEach((name, value) -> settings.put("label " + name, value));
        return settings;
    }

    /// A command line as one text; words that need it are quoted as a POSIX shell would read them.
    public static String words(Iterable<String> words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(line.isEmpty() ? "" : " ")
                    .append(isPlain(word) ? word : "'" + word.replace("'", "'\\''") + "'");
        }
        return line.toString();
    }

    private static boolean isPlain(String word) {
        return !word.isEmpty()
                && word.chars().allMatch(c -> Character.isLetterOrDigit(c) || "-_./:=@%+,".indexOf(c) >= 0);
    }
}
