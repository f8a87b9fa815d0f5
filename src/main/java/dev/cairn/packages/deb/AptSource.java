package dev.cairn.packages.deb;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One apt source line (sources.list(5), one-line style): `deb [option=value …] [address] suite component…`.
///
/// A line without an address names a suite of Debian itself (`deb trixie main`): which mirror serves it is the
/// machine's matter, not the definition's. The options `arch`, `signed-by` and `trusted` are known, and one of Cairn's
/// own: `priority=N` prefers the suite's versions over those of suites with less, as apt's pins do.
///
/// @param address where the repository is; empty for a suite of Debian's own
/// @param suite the suite: `trixie`, `trixie-security`
/// @param components its components
/// @param signedBy the key files that may sign it; empty for the default keys
/// @param architectures the architectures that it is for; empty for all
/// @param trusted whether it is accepted without a signature
/// @param priority the stated pin priority; 0 for what the suite itself says (500; 100 for backports, 1 for
/// experimental)
public record AptSource(
        Optional<URI> address,
        String suite,
        List<String> components,
        List<String> signedBy,
        List<String> architectures,
        boolean trusted,
        int priority) {

    public AptSource {
        components = List.copyOf(components);
        signedBy = List.copyOf(signedBy);
        architectures = List.copyOf(architectures);
    }

    /// Reads a line.
    ///
    /// @throws DebException when it is malformed or of a kind that is not supported
    public static AptSource parse(String line) {
        List<String> words = words(line);
        if (words.isEmpty() || !words.getFirst().equals("deb")) {
            throw malformed(line, "it does not begin with 'deb'");
        }
        int next = 1;
        List<String> options = List.of();
        if (next < words.size() && words.get(next).startsWith("[")) {
            options =
                    List.of(words.get(next).replaceAll("^\\[|\\]$", "").strip().split("\\s+", -1));
            next++;
        }
        Optional<URI> address = Optional.empty();
        if (next < words.size()
                && (words.get(next).contains(":/") || words.get(next).startsWith("/"))) {
            address = Optional.of(address(line, words.get(next++)));
        }
        if (next >= words.size()) {
            throw malformed(line, "it names no suite");
        }
        String suite = words.get(next++);
        if (suite.endsWith("/")) {
            throw malformed(line, "flat repositories (a suite that ends in '/') are not supported");
        }
        if (next >= words.size()) {
            throw malformed(line, "it names no component, such as main");
        }
        return new AptSource(
                address,
                suite,
                words.subList(next, words.size()),
                values(options, "signed-by"),
                values(options, "arch"),
                values(options, "trusted").contains("yes"),
                priority(line, options));
    }

    private static int priority(String line, List<String> options) {
        List<String> stated = values(options, "priority");
        if (stated.isEmpty()) {
            return 0;
        }
        try {
            return Integer.parseInt(stated.getLast());
        } catch (NumberFormatException e) {
            throw malformed(line, "priority '" + stated.getLast() + "' is no number");
        }
    }

    /// Splits at blanks; an option list in brackets stays one word.
    private static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        String rest = line.strip();
        while (!rest.isEmpty()) {
            int end = rest.startsWith("[") ? rest.indexOf(']') + 1 : blank(rest);
            if (end <= 0) {
                throw malformed(line, "a '[' is not closed");
            }
            words.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        return words;
    }

    private static int blank(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == ' ' || text.charAt(i) == '\t') {
                return i;
            }
        }
        return text.length();
    }

    private static List<String> values(List<String> options, String name) {
        List<String> values = new ArrayList<>();
        for (String option : options) {
            if (option.startsWith(name + "=")) {
                values.addAll(List.of(option.substring(name.length() + 1).split(",", -1)));
            }
        }
        return values;
    }

    private static URI address(String line, String text) {
        try {
            URI uri = URI.create(text.startsWith("/") ? "file:" + text : text);
            return uri.toString().endsWith("/") ? uri : URI.create(uri + "/");
        } catch (IllegalArgumentException e) {
            throw malformed(line, "'" + text + "' is no address");
        }
    }

    private static DebException malformed(String line, String why) {
        return new DebException(
                DebException.Code.MALFORMED,
                "not an apt source: '" + line.strip() + "': " + why
                        + "\ntry: deb trixie main, or deb [signed-by=key.asc] https://example.org/debian trixie main");
    }

    /// Whether it is a suite of Debian itself.
    public boolean isDebian() {
        return address.isEmpty();
    }

    /// How a component of it is named in resolutions and locks: `debian trixie main`.
    public String repository(String component) {
        String place = address.map(uri -> uri.toString().replaceAll("/$", "")).orElse("debian");
        return place + " " + suite + " " + component;
    }

    /// The sources that this one stands for: a release of Debian goes with its security suite.
    public List<AptSource> withSecurity() {
        boolean release = isDebian()
                && !suite.contains("-")
                && !suite.equals("sid")
                && !suite.equals("unstable")
                && !suite.equals("experimental");
        if (!release) {
            return List.of(this);
        }
        return List.of(
                this,
                new AptSource(address, suite + "-security", components, signedBy, architectures, trusted, priority));
    }

    @Override
    public String toString() {
        String place = address.map(uri -> uri + " ").orElse("");
        return "deb " + place + suite + " " + String.join(" ", components);
    }
}
