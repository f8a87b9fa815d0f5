/// The step `minimise`: of the packages that the last stage installs, those stay for which there is evidence.
@NullMarked
package dev.cairn.migrate.minimise;

import org.jspecify.annotations.NullMarked;
