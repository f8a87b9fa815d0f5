package dev.cairn.migrate.dockerfile;

import dev.cairn.mapping.Distribution;
import dev.cairn.mapping.Outcome;
import dev.cairn.migrate.MappedText;
import dev.cairn.migrate.Reason;
import dev.cairn.migrate.shell.Command;
import dev.cairn.migrate.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The commands by which images of PHP compile extensions: `docker-php-ext-install`, `-configure`, `-enable` and
/// `pecl install`. A hardened image has each extension as a package of its PHP's version, which brings its settings.
final class PhpExtensions {
    /// What the official images keep for compiling, as the target calls it.
    static final List<String> COMPILERS = List.of("autoconf", "build-base", "file", "pkgconf", "re2c");

    /// Extensions that every PHP has inside.
    private static final Set<String> INSIDE = Set.of("tokenizer", "json", "session", "filter", "hash", "spl");
    private final StageState state;
    private final MappedText text;
    private final ScriptEdits edits;

    PhpExtensions(StageState state, MappedText text, ScriptEdits edits) {
        this.state = state;
        this.text = text;
        this.edits = edits;
    }

    /// Whether the command is one of these.
    static boolean isCall(Command.Simple command) {
        String name = String.valueOf(command.name());
        return name.startsWith("docker-php-ext-") || isPecl(command);
    }

    private static boolean isPecl(Command.Simple command) {
        List<Word> words = command.words();
        return "pecl".equals(command.name()) && words.size() > 1 && words.get(1).is("install");
    }

    /// What becomes of the command; null where the image is not PHP's, so that the command is the user's own.
    @Nullable
    Fate rewrite(Command.Simple command) {
        boolean source = "docker-php-source".equals(command.name());
        if (state.php != null && !state.php.isEmpty() && isClearance(command)) {
            gone(command, "nothing is compiled that leaves files there");
            return Fate.REMOVE;
        }
        if (state.php == null || !(source || isCall(command))) {
            return null;
        }
        String name = String.valueOf(command.name());
        if (source || state.php.isEmpty() || !state.target.isApk()) {
            boolean own = state.php.isEmpty() && isPecl(command);
            refuse(command, own ? "pecl, and the version of PHP is not known" : "uses " + name);
            return Fate.KEEP;
        }
        if (!(state.target.look("php" + state.php, Distribution.DEBIAN) instanceof Outcome.Mapped)) {
            refuse(command, state.target.distribution() + " has no packages of PHP " + state.php);
            return Fate.KEEP;
        }
        if (name.equals("docker-php-ext-configure")) {
            gone(command, "the target's package is configured already");
            return Fate.REMOVE;
        }
        return isPecl(command) ? install(command, 2, false) : install(command, 1, name.endsWith("-enable"));
    }

    /// `rm -r /tmp/pear`, where pecl leaves its work.
    private static boolean isClearance(Command.Simple command) {
        return "rm".equals(command.name())
                && command.words().stream()
                        .skip(1)
                        .map(Housekeeping::literal)
                        .allMatch(word ->
                                word.startsWith("-") || word.startsWith("/tmp/pear") || word.equals("~/.pearrc"));
    }

    private Fate install(Command.Simple command, int from, boolean enable) {
        List<Word> words = command.words();
        List<Word> options = new ArrayList<>();
        boolean kept = false;
        for (int i = from; i < words.size(); i++) {
            Word word = words.get(i);
            String value = word.value();
            if (isOption(word)) {
                options.add(word);
                boolean more = word.is("-j") || word.is("-D") || word.is("--configureoptions");
                if (more && i + 1 < words.size()) {
                    options.add(words.get(++i));
                }
            } else if (value == null || !word.isPlain()) {
                refuse(command, "an extension that is only known at run time");
            } else {
                kept |= extension(word, value, enable);
            }
        }
        if (!kept) {
            gone(command, "the target's packages bring their settings");
            return state.isRefused() ? Fate.KEEP : Fate.REMOVE;
        }
        edits.replace(words.getFirst().start(), words.get(from - 1).end(), "apk add --no-cache");
        options.forEach(option -> edits.deleteWord(option.start(), option.end()));
        state.find(
                Reason.PACKAGES,
                text.offset(command.start()),
                command.name() + " became apk add --no-cache: extensions are packages");
        return Fate.KEEP;
    }

    /// Whether something is left of the word.
    private boolean extension(Word word, String value, boolean enable) {
        int offset = text.offset(word.start());
        int dash = value.indexOf('-');
        String extension = (dash < 0 ? value : value.substring(0, dash)).replace("zend_", "");
        if (INSIDE.contains(extension)) {
            state.find(Reason.PACKAGE_DROPPED, offset, extension + ": PHP has it inside");
            edits.deleteWord(word.start(), word.end());
            return false;
        }
        String asked = "php" + state.php + "-" + extension.toLowerCase(java.util.Locale.ROOT);
        if (!(state.target.outcome(asked, Distribution.DEBIAN) instanceof Outcome.Mapped mapped)) {
            state.find(
                    Reason.PACKAGE_UNKNOWN,
                    offset,
                    "PHP " + state.php + "'s extension " + extension + " is not known in "
                            + state.target.distribution());
            return true;
        }
        if (dash > 0) {
            state.find(Reason.PIN_DROPPED, offset, value + " pins a version; the target's own version is installed");
        }
        List<String> added = new ArrayList<>(mapped.names());
        added.removeIf(name -> enable && state.installed.contains(name));
        state.installed.addAll(added);
        if (added.isEmpty()) {
            edits.deleteWord(word.start(), word.end());
            return false;
        }
        edits.replace(word.start(), word.end(), String.join(" ", added));
        state.find(Reason.PACKAGES, offset, "the extension " + extension + " is " + String.join(" ", added));
        return true;
    }

    private static boolean isOption(Word word) {
        return !word.parts().isEmpty()
                && word.parts().getFirst() instanceof Word.Part.Literal literal
                && literal.text().startsWith("-");
    }

    private void gone(Command.Simple command, String why) {
        state.find(Reason.UPKEEP, text.offset(command.start()), command.name() + ": " + why);
    }

    private void refuse(Command.Simple command, String message) {
        state.find(Reason.DISTRIBUTION_COMMAND, text.offset(command.start()), message);
    }
}
