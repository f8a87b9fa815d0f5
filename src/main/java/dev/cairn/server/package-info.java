/// The server process: wires `registry` to `store`, starts and stops it, and does its periodic work.
@NullMarked
package dev.cairn.server;

import org.jspecify.annotations.NullMarked;
