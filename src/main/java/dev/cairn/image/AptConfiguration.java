package dev.cairn.image;

import dev.cairn.image.definition.Definition;
import dev.cairn.image.definition.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The sources and keys of a dev variant's apt: the definition's `runtime_repositories`, else the repositories it was
/// built from, named as everybody can reach them. Which mirror the build used leaves no trace.
final class AptConfiguration {
    private static final String WHY = "the package manager's sources";
    private static final String GENERIC = "http://ftp.debian.org/debian";
    private static final String GENERIC_SECURITY = "http://ftp.debian.org/debian-security";
    private static final String KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";

    private final Definition definition;
    private final DistributionFiles.Keys keys;

    AptConfiguration(Definition definition, DistributionFiles.Keys keys) {
        this.definition = definition;
        this.keys = keys;
    }

    void write(TopTree top) throws IOException {
        List<Entry> wanted = definition.contents().runtimeRepositories().isEmpty()
                ? definition.contents().repositories()
                : definition.contents().runtimeRepositories();
        Set<String> lines = new LinkedHashSet<>();
        for (Entry each : wanted) {
            lines.addAll(lines(each.text()));
        }
        top.file("etc/apt/sources.list.d/cairn.list", 0644, DebianFiles.utf8(String.join("\n", lines) + "\n"), WHY);
        for (Map.Entry<String, byte[]> key : keys.keys(definition).entrySet()) {
            top.file("etc/apt/keyrings/" + key.getKey(), 0644, key.getValue(), "a key of the definition");
        }
        // apt drops to this user to fetch; it must be able to write where apt is told to put partial files.
        top.directory("var/lib/apt/lists/partial", 0700, 42, 0, WHY);
        top.directory("var/cache/apt/archives/partial", 0700, 42, 0, WHY);
    }

    /// A source line as the image states it; a suite of Debian's own gets the generic address and its security suite.
    private static List<String> lines(String source) {
        List<String> words = new ArrayList<>(List.of(source.strip().split("\\s+", -1)));
        boolean named = words.size() > 1
                && (words.get(1).contains("://") || words.get(1).startsWith("["));
        if (named) {
            return List.of(source.strip());
        }
        String suite = words.get(1);
        String components = String.join(" ", words.subList(2, words.size()));
        String options = "[signed-by=" + KEYRING + "]";
        List<String> lines = new ArrayList<>();
        boolean security = suite.endsWith("-security");
        lines.add("deb " + options + " " + (security ? GENERIC_SECURITY : GENERIC) + " " + suite + " " + components);
        if (!security && !suite.contains("-") && !suite.equals("sid") && !suite.equals("unstable")) {
            lines.add("deb " + options + " " + GENERIC_SECURITY + " " + suite + "-security " + components);
        }
        return lines;
    }
}
