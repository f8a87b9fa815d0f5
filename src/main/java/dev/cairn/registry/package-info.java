/// What a registry is, without a network and without a database: repositories, manifests and blobs, who may do what,
/// and the ports that storage implements.
@NullMarked
package dev.cairn.registry;

import org.jspecify.annotations.NullMarked;
