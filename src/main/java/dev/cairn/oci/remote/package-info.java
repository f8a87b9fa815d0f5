/// The registry client: authentication, pull, push, cross-repository mount, referrers, retry.
@NullMarked
package dev.cairn.oci.remote;

import org.jspecify.annotations.NullMarked;
