package dev.cairn.advisory;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The branches of distributions: their names, and until when they are served. The table is a resource, with the page
/// that each date is from.
public final class Branches {
    private static final String TABLE = "branches.tsv";

    private final List<Branch> branches;

    /// One branch.
    ///
    /// @param name as facts are kept under it: `v3.20`, `bookworm`
    /// @param version as os-release has it: `3.20`, `12`
    /// @param end the last day of support for everyone, or null while none is set
    /// @param longTermEnd the last day of long-term support, or null where there is none
    /// @param source the page that says so
    public record Branch(
            Ecosystem ecosystem,
            String name,
            String version,
            @Nullable LocalDate end,
            @Nullable LocalDate longTermEnd,
            String source) {
        /// Whether nobody serves it any more on that day.
        public boolean hasEnded(LocalDate day) {
            LocalDate last = longTermEnd == null ? end : longTermEnd;
            return last != null && day.isAfter(last);
        }

        /// Whether only long-term support is left on that day.
        public boolean isLongTermOnly(LocalDate day) {
            return !hasEnded(day) && longTermEnd != null && end != null && day.isAfter(end);
        }
    }

    private Branches(List<Branch> branches) {
        this.branches = List.copyOf(branches);
    }

    /// The table that comes with Cairn.
    public static Branches load() {
        List<Branch> branches = new ArrayList<>();
        try (InputStream in = Branches.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + TABLE + " is missing");
            }
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.isEmpty() && !line.startsWith("#")) {
                    branches.add(row(line.split("\t", -1)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Branches(branches);
    }

    private static Branch row(String[] cells) {
        Ecosystem ecosystem = Ecosystem.ofId(cells[0]);
        if (ecosystem == null || cells.length != 6) {
            throw new IllegalStateException(TABLE + ": " + String.join(" ", cells));
        }
        return new Branch(ecosystem, cells[1], cells[2], day(cells[3]), day(cells[4]), cells[5]);
    }

    private static @Nullable LocalDate day(String text) {
        return text.equals("-") ? null : LocalDate.parse(text);
    }

    /// All of them, in the table's order.
    public List<Branch> all() {
        return branches;
    }

    /// The branch of this name or version, or null.
    public @Nullable Branch find(Ecosystem ecosystem, String nameOrVersion) {
        String wanted = normal(ecosystem, nameOrVersion);
        for (Branch branch : branches) {
            if (branch.ecosystem == ecosystem && (branch.name.equals(wanted) || branch.version.equals(wanted))) {
                return branch;
            }
        }
        return null;
    }

    /// The spelling of a branch's name under which facts are kept.
    static String normal(Ecosystem ecosystem, String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (ecosystem == Ecosystem.ALPINE) {
            boolean number = !lower.isEmpty() && Character.isDigit(lower.charAt(0));
            return number ? "v" + twoNumbers(lower) : lower;
        }
        return switch (withoutPocket(lower)) {
            case "8" -> "jessie";
            case "9" -> "stretch";
            case "10" -> "buster";
            case "11" -> "bullseye";
            case "12" -> "bookworm";
            case "13" -> "trixie";
            case "14" -> "forky";
            case "unstable" -> "sid";
            default -> withoutPocket(lower);
        };
    }

    /// Security and point-release updates are of the branch: `bookworm-security` is `bookworm`.
    private static String withoutPocket(String suite) {
        for (String pocket : new String[] {"-security", "-proposed-updates", "-updates"}) {
            if (suite.endsWith(pocket)) {
                return suite.substring(0, suite.length() - pocket.length());
            }
        }
        return suite;
    }

    private static String twoNumbers(String version) {
        int first = version.indexOf('.');
        int second = first < 0 ? -1 : version.indexOf('.', first + 1);
        return second < 0 ? version : version.substring(0, second);
    }
}
