/// Builds images from Dockerfiles with the builder that the machine has: buildah, podman or docker.
@NullMarked
package dev.cairn.builder;

import org.jspecify.annotations.NullMarked;
