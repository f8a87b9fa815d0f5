/// Storage: the ports of `registry` on a folder and SQLite. The only room that speaks SQL.
@NullMarked
package dev.cairn.store;

import org.jspecify.annotations.NullMarked;
