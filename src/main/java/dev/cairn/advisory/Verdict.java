package dev.cairn.advisory;

import java.util.List;

/// What a fact means for one installed version.
public sealed interface Verdict {
    /// The version has the flaw.
    ///
    /// @param fixedIn the first version without it, empty where none is named
    /// @param range the stretch of versions that it is in; for safe versions, every version
    /// @param safe the safe versions that it is none of, where the source names those
    record Affected(String fixedIn, Range range, List<Range> safe) implements Verdict {
        /// In words.
        public String because() {
            return safe.isEmpty()
                    ? range.toString()
                    : "none of the safe "
                            + String.join(
                                    " or ", safe.stream().map(Range::toString).toList());
        }
    }

    /// The version does not have the flaw.
    ///
    /// @param grounds why not
    /// @param ranges the stretches of versions that this was decided by
    record NotAffected(Grounds grounds, List<Range> ranges) implements Verdict {
        /// Why a version does not have a flaw.
        public enum Grounds {
            NEVER,
            OUTSIDE,
            SAFE,
            REBUILD
        }

        /// In words. Made when asked: most verdicts are never read.
        public String because() {
            String described = ranges.isEmpty()
                    ? "no affected version is named"
                    : String.join(" or ", ranges.stream().map(Range::toString).toList());
            return switch (grounds) {
                case NEVER -> "the source says that this package never had it";
                case OUTSIDE -> ranges.isEmpty() ? described : "outside of " + described;
                case SAFE -> "among the safe versions " + described;
                case REBUILD -> "the fixed version of " + described + ", built for another release";
            };
        }
    }
}
