package dev.cairn.packages.deb;

import org.jspecify.annotations.Nullable;

/// One component of one suite, opened: its compact index and what the solver has to know of the suite.
///
/// @param index its packages
/// @param repository how it is named in a resolution: `debian trixie main`, the mirror left out
/// @param suite the Release file's Suite (`stable`), or what the source line calls it
/// @param codename the Release file's Codename (`trixie`), or what the source line calls it
/// @param name the suite as the source line names it
/// @param priority apt's pin priority: 500, 100 for `ButAutomaticUpgrades`, 1 for `NotAutomatic`, or as stated
record SuiteIndex(PackagesIndex index, String repository, String suite, String codename, String name, int priority) {

    /// True when `package/wanted` means this suite.
    boolean isCalled(@Nullable String wanted) {
        return suite.equals(wanted) || codename.equals(wanted) || name.equals(wanted);
    }
}
