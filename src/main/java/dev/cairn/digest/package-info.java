/// Content digests and the streams that compute them: what every other room names bytes by.
@NullMarked
package dev.cairn.digest;

import org.jspecify.annotations.NullMarked;
