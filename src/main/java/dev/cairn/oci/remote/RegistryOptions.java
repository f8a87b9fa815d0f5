package dev.cairn.oci.remote;

import dev.cairn.fetch.Proxies;
import java.time.Duration;

/// How registries are spoken to.
///
/// @param credentials who we are
/// @param plainHttp whether `http` is used with every registry; with this machine's own addresses it always is
/// @param proxies the proxies between us and them
/// @param listener hears what travels
/// @param attempts how often a request is made at most
/// @param retryDelay the wait before the second attempt; each later one is twice as long
/// @param connectTimeout how long a connection may take
/// @param answerTimeout how long the start of an answer may take, a sent body included
public record RegistryOptions(
        Credentials credentials,
        boolean plainHttp,
        Proxies proxies,
        TransferListener listener,
        int attempts,
        Duration retryDelay,
        Duration connectTimeout,
        Duration answerTimeout) {
    /// Nobody in particular, over TLS, without proxies.
    public static final RegistryOptions ANONYMOUS = new RegistryOptions(
            Credentials.NONE,
            false,
            Proxies.NONE,
            TransferListener.NONE,
            5,
            Duration.ofMillis(500),
            Duration.ofSeconds(20),
            Duration.ofMinutes(30));

    public RegistryOptions {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts: " + attempts);
        }
    }

    /// The same with these credentials.
    public RegistryOptions withCredentials(Credentials value) {
        return new RegistryOptions(
                value, plainHttp, proxies, listener, attempts, retryDelay, connectTimeout, answerTimeout);
    }

    /// The same over plain HTTP, or not.
    public RegistryOptions withPlainHttp(boolean value) {
        return new RegistryOptions(
                credentials, value, proxies, listener, attempts, retryDelay, connectTimeout, answerTimeout);
    }

    /// The same through these proxies.
    public RegistryOptions withProxies(Proxies value) {
        return new RegistryOptions(
                credentials, plainHttp, value, listener, attempts, retryDelay, connectTimeout, answerTimeout);
    }

    /// The same with this listener.
    public RegistryOptions withListener(TransferListener value) {
        return new RegistryOptions(
                credentials, plainHttp, proxies, value, attempts, retryDelay, connectTimeout, answerTimeout);
    }

    /// The same with so many attempts, the second one after `delay`.
    public RegistryOptions withRetries(int attemptsAtMost, Duration delay) {
        return new RegistryOptions(
                credentials, plainHttp, proxies, listener, attemptsAtMost, delay, connectTimeout, answerTimeout);
    }
}
