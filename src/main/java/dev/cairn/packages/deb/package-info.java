/// deb: InRelease, Packages, package files, versions, solver, dpkg database.
@NullMarked
package dev.cairn.packages.deb;

import org.jspecify.annotations.NullMarked;
