/// OCI layout folders and docker archives: read and write.
@NullMarked
package dev.cairn.oci.layout;

import org.jspecify.annotations.NullMarked;
