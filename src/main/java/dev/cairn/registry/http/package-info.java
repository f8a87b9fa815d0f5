/// The registry over HTTP: OCI distribution-spec 1.1, the token server and the JSON API. The only room with an HTTP
/// server in it.
@NullMarked
package dev.cairn.registry.http;

import org.jspecify.annotations.NullMarked;
