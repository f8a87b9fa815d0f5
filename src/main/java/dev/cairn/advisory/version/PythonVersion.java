package dev.cairn.advisory.version;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// PEP 440, with the spellings that its section on normalisation allows.
///
/// The key of a version is: epoch, release without zeros at its end, pre-release, post-release, development release,
/// local version. Absent parts sort as the PEP says: `1.0.dev1 < 1.0a1 < 1.0rc1 < 1.0 < 1.0.post1`.
final class PythonVersion {
    private static final int NO_PRE = 9;

    private final String text;
    private int at;

    private String epoch = "0";
    private final List<String> release = new ArrayList<>();
    private int preKind = NO_PRE;
    private String pre = "0";
    private @Nullable String post;
    private @Nullable String dev;
    private final List<String> local = new ArrayList<>();

    private PythonVersion(String text) {
        this.text = text;
    }

    static int compare(String a, String b) {
        PythonVersion left = parse(a);
        PythonVersion right = parse(b);
        if (left == null || right == null) {
            return left == null && right == null ? LegacyPythonVersion.compare(a, b) : left == null ? -1 : 1;
        }
        return left.compareTo(right);
    }

    private int compareTo(PythonVersion other) {
        int order = Digits.compare(epoch, other.epoch);
        for (int i = 0; order == 0 && i < Math.max(release.size(), other.release.size()); i++) {
            order = Digits.compare(part(release, i), part(other.release, i));
        }
        if (order == 0) {
            order = Integer.compare(preRank(), other.preRank());
        }
        if (order == 0) {
            order = Digits.compare(pre, other.pre);
        }
        if (order == 0) {
            order = compareOptional(post, other.post, -1);
        }
        if (order == 0) {
            order = compareOptional(dev, other.dev, 1);
        }
        return order != 0 ? order : compareLocal(other);
    }

    private static String part(List<String> parts, int i) {
        return i < parts.size() ? parts.get(i) : "0";
    }

    /// A development release of no pre- and no post-release comes before the pre-releases.
    private int preRank() {
        return preKind == NO_PRE && post == null && dev != null ? -1 : preKind;
    }

    private static int compareOptional(@Nullable String a, @Nullable String b, int absent) {
        if (a == null || b == null) {
            return a == null && b == null ? 0 : a == null ? absent : -absent;
        }
        return Digits.compare(a, b);
    }

    private int compareLocal(PythonVersion other) {
        for (int i = 0; i < Math.min(local.size(), other.local.size()); i++) {
            String x = local.get(i);
            String y = other.local.get(i);
            boolean xNumber = Digits.isNumber(x);
            boolean yNumber = Digits.isNumber(y);
            int order = xNumber && yNumber ? Digits.compare(x, y) : xNumber ? 1 : yNumber ? -1 : x.compareTo(y);
            if (order != 0) {
                return Integer.signum(order);
            }
        }
        return Integer.compare(local.size(), other.local.size());
    }

    /// The version, or null when the text is none.
    private static @Nullable PythonVersion parse(String text) {
        PythonVersion version = new PythonVersion(text.strip().toLowerCase(Locale.ROOT));
        return version.read() ? version : null;
    }

    private boolean read() {
        if (at < text.length() && text.charAt(at) == 'v') {
            at++;
        }
        String number = number();
        if (number == null) {
            return false;
        }
        if (at < text.length() && text.charAt(at) == '!') {
            at++;
            epoch = number;
            number = number();
            if (number == null) {
                return false;
            }
        }
        release.add(number);
        while (at + 1 < text.length() && text.charAt(at) == '.' && Digits.isDigit(text.charAt(at + 1))) {
            at++;
            String next = number();
            release.add(next == null ? "0" : next);
        }
        readPre();
        readPost();
        String developed = suffix("dev");
        dev = developed;
        return readLocal() && at == text.length();
    }

    private void readPre() {
        String[] words = {"alpha", "a", "beta", "b", "preview", "pre", "c", "rc"};
        int[] kinds = {0, 0, 1, 1, 2, 2, 2, 2};
        for (int i = 0; i < words.length; i++) {
            String found = suffix(words[i]);
            if (found != null) {
                preKind = kinds[i];
                pre = found;
                return;
            }
        }
    }

    private void readPost() {
        if (at + 1 < text.length() && text.charAt(at) == '-' && Digits.isDigit(text.charAt(at + 1))) {
            at++;
            post = number();
            return;
        }
        for (String word : new String[] {"post", "rev", "r"}) {
            String found = suffix(word);
            if (found != null) {
                post = found;
                return;
            }
        }
    }

    /// `[separator]word[[separator]number]`: the number, "0" when there is none, null when the word is not here.
    private @Nullable String suffix(String word) {
        int start = at;
        skipSeparator();
        if (!text.startsWith(word, at)) {
            at = start;
            return null;
        }
        at += word.length();
        int afterWord = at;
        skipSeparator();
        String number = number();
        if (number == null) {
            at = afterWord;
            if (at < text.length() && Character.isLetter(text.charAt(at))) {
                at = start;
                return null;
            }
            return "0";
        }
        return number;
    }

    private void skipSeparator() {
        if (at < text.length() && "-_.".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private @Nullable String number() {
        int start = at;
        while (at < text.length() && Digits.isDigit(text.charAt(at))) {
            at++;
        }
        return at == start ? null : text.substring(start, at);
    }

    private boolean readLocal() {
        if (at >= text.length() || text.charAt(at) != '+') {
            return true;
        }
        do {
            int start = ++at;
            while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
                at++;
            }
            if (at == start) {
                return false;
            }
            local.add(text.substring(start, at));
        } while (at < text.length() && "-_.".indexOf(text.charAt(at)) >= 0);
        return true;
    }
}
