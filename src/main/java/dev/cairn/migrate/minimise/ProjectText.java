package dev.cairn.migrate.minimise;

import dev.cairn.migrate.split.ProjectFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Where the files of a project name commands. A comment counts as well: what may be needed stays, and a person can
/// see on which line it is named.
final class ProjectText {
    private static final int MOST_FILES = 3_000;
    private static final long MOST_CHARS = 64L << 20;
    private static final Set<String> UNTOLD = Set.of(
            "md", "rst", "adoc", "lock", "sum", "html", "htm", "css", "scss", "less", "svg", "png", "jpg", "jpeg",
            "gif", "ico", "pdf", "woff", "woff2", "ttf", "map", "csv", "po", "pot", "mod", "in", "ac", "am", "cmake");
    private static final Set<String> UNTOLD_NAMES = Set.of(
            "license", "copying", "makefile", "gnumakefile", "jenkinsfile", "procfile.dev", "changelog", "authors");

    /// Commands whose names are words of other meanings: they count only at the start of a quoted text.
    private static final Set<String> WORDS = Set.of(
            "make",
            "patch",
            "go",
            "flex",
            "ant",
            "cc",
            "ar",
            "ld",
            "as",
            "strip",
            "composer",
            "gradle",
            "cargo",
            "m4",
            "gcc",
            "g++",
            "c++",
            "bison",
            "ninja",
            "pip",
            "cmake",
            "swig",
            "nm",
            "meson",
            "clang",
            "maven",
            "golang",
            "rust",
            "file",
            "find",
            "git",
            "convert",
            "identify",
            "host",
            "free",
            "top",
            "java",
            "node",
            "python",
            "composite",
            "redis",
            "ping",
            "cron",
            "montage",
            "magick",
            "mysql",
            "mariadb");

    private final ProjectFiles project;
    private final Map<String, String> texts = new HashMap<>();
    private final List<String> files;

    ProjectText(ProjectFiles project) {
        this.project = project;
        this.files = project.all().stream().filter(ProjectText::tells).toList();
    }

    /// Whether there is a project to look at.
    boolean isKnown() {
        return files.stream().anyMatch(each -> !each.startsWith(Surroundings.ABOVE));
    }

    /// Whether all of it can be looked at.
    boolean isSmall() {
        return files.size() <= MOST_FILES;
    }

    /// The first place that names one of the commands: `src/app.py:12 names curl`; null where there is none.
    @Nullable
    String namedBy(Set<String> commands) {
        long chars = 0;
        Set<String> wanted = new TreeSet<>();
        commands.forEach(each -> wanted.add(each.toLowerCase(Locale.ROOT)));
        for (String path : files.subList(0, Math.min(files.size(), MOST_FILES))) {
            String text = texts.computeIfAbsent(
                    path, each -> project.text(each).orElse("").toLowerCase(Locale.ROOT));
            chars += text.length();
            String found = chars > MOST_CHARS ? null : find(path, text, wanted);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable String find(String path, String text, Set<String> commands) {
        for (String command : commands) {
            int at = text.indexOf(command);
            while (at >= 0) {
                if (isNamed(text, at, command, isScript(path, text))) {
                    long line =
                            1 + text.chars().limit(at).filter(c -> c == '\n').count();
                    return path + ":" + line + " names " + command;
                }
                at = text.indexOf(command, at + 1);
            }
        }
        return null;
    }

    private static boolean isScript(String path, String text) {
        return path.endsWith(".sh")
                || (text.startsWith("#!") && text.lines().findFirst().orElse("").endsWith("sh"));
    }

    private static boolean isNamed(String text, int at, String command, boolean script) {
        int end = at + command.length();
        char before = at == 0 ? '\n' : text.charAt(at - 1);
        char after = end == text.length() ? '\n' : text.charAt(end);
        boolean path = before == '/' && text.startsWith("bin/", Math.max(0, at - 4));
        boolean whole = (path || !isNameChar(before)) && !isNameChar(after);
        if (!whole || script || !WORDS.contains(command)) {
            return whole;
        }
        return path || "\"'`".indexOf(before) >= 0;
    }

    private static boolean isNameChar(char c) {
        return Character.isLetterOrDigit(c) || "_-.+/@".indexOf(c) >= 0;
    }

    /// Documents, styles and pictures call nothing; what drives a build on somebody's machine is not in the image.
    private static boolean tells(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot + 1);
        String plain = dot < 0 ? name : name.substring(0, dot);
        boolean dockerfile = name.startsWith("dockerfile") || name.endsWith("dockerfile");
        return !dockerfile
                && !name.equals("package-lock.json")
                && !UNTOLD.contains(ending)
                && !UNTOLD_NAMES.contains(plain)
                && !ending.equals("evidence");
    }
}
