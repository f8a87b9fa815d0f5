/// apk: index, package files, versions, solver, installed database, signatures.
@NullMarked
package dev.cairn.packages.apk;

import org.jspecify.annotations.NullMarked;
