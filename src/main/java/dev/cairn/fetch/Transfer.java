package dev.cairn.fetch;

import dev.cairn.fetch.HttpSource.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Brings one resource into one [PartialFile], in as many attempts as the options allow, each going on where the last
/// one was broken off.
final class Transfer {
    private static final int BUFFER = 64 * 1024;
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    private final Downloader.Options options;
    private final HttpSource source;
    private final URI uri;
    private final Wanted wanted;

    /// `size` is the exact length, or -1; `limit` is the most that is taken; `known` is what the resource should no
    /// longer be; `digestKnown` tells that the caller will check the digest, so that parts may be put together.
    record Wanted(long size, long limit, Validator known, boolean digestKnown) {}

    /// What came of it: the resource's validator, or null when it is what `known` says.
    record Outcome(@Nullable Validator validator) {}

    Transfer(Downloader.Options options, HttpSource source, URI uri, Wanted wanted) {
        this.options = options;
        this.source = source;
        this.uri = uri;
        this.wanted = wanted;
    }

    Outcome into(PartialFile file) throws IOException {
        Validator of = Validator.NONE;
        for (int attempt = 1; ; attempt++) {
            Progressing progressing = new Progressing(of);
            try {
                return attempt(file, progressing);
            } catch (IOException e) {
                if (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
                    throw e;
                }
                pauseBefore(attempt, e);
            }
            of = progressing.validator;
        }
    }

    /// What an attempt learns even if it fails.
    private static final class Progressing {
        private Validator validator;

        Progressing(Validator validator) {
            this.validator = validator;
        }
    }

    private Outcome attempt(PartialFile file, Progressing progressing) throws IOException {
        if (!mayResume(file, progressing.validator)) {
            file.restart();
        }
        if (file.length() > 0 && file.length() == wanted.size()) {
            return new Outcome(progressing.validator);
        }
        Validator known = file.length() > 0 ? progressing.validator : wanted.known();
        return switch (source.get(new HttpSource.Request(uri, file.length(), known))) {
            case Answer.NotModified() -> notModified();
            case Answer.NothingThere() -> {
                file.restart();
                throw new HttpSource.TryAgain(Address.shown(uri) + " has less than was there before", Duration.ZERO);
            }
            case Answer.Body body -> {
                progressing.validator = body.validator();
                if (body.offset() == 0) {
                    file.restart();
                }
                copy(body, file);
                yield new Outcome(body.validator());
            }
        };
    }

    private Outcome notModified() {
        if (wanted.known().isNone()) {
            throw new FetchException(
                    FetchException.Code.BAD_ANSWER,
                    Address.shown(uri) + " answered 'not modified' to a request without a condition");
        }
        return new Outcome(null);
    }

    private boolean mayResume(PartialFile file, Validator of) {
        return wanted.digestKnown() ? wanted.size() < 0 || file.length() <= wanted.size() : of.isStrong();
    }

    private void copy(Answer.Body body, PartialFile file) throws IOException {
        long total = body.total() >= 0 ? body.total() : wanted.size();
        requireFits(body.total());
        boolean whole = false;
        InputStream in = body.in();
        try {
            Pace pace = new Pace(options.stallTimeout());
            byte[] buffer = new byte[BUFFER];
            options.listener().progress(uri, file.length(), total);
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                requireFits(file.length() + n);
                file.append(buffer, n);
                pace.count(n);
                options.listener().progress(uri, file.length(), total);
            }
            whole = true;
        } finally {
            if (whole) {
                in.close();
            } else {
                body.abort();
            }
        }
        if (total >= 0 && file.length() < total) {
            throw new HttpSource.TryAgain(
                    Address.shown(uri) + " broke off after " + file.length() + " of " + total + " bytes", null);
        }
    }

    private void requireFits(long length) {
        long most = wanted.size() >= 0 ? wanted.size() : wanted.limit();
        if (length > most) {
            throw new FetchException(
                    FetchException.Code.TOO_LARGE,
                    Address.shown(uri) + " has " + length + " bytes or more (expected "
                            + (wanted.size() >= 0 ? "" : "at most ") + most + ")");
        }
    }

    /// Waits before the next attempt: the first delay, then twice as long each time, or as the server asks.
    private void pauseBefore(int failedAttempt, IOException failure) throws IOException {
        String reason = reason(failure);
        if (failedAttempt >= options.attempts()) {
            throw new FetchException(
                    FetchException.Code.UNREACHABLE,
                    "could not fetch " + Address.shown(uri) + " in " + failedAttempt + " attempts: " + reason,
                    failure);
        }
        Duration delay = options.firstDelay().multipliedBy(1L << (failedAttempt - 1));
        if (failure instanceof HttpSource.TryAgain again && again.after() != null) {
            delay = again.after().compareTo(LONGEST_DELAY) < 0 ? again.after() : LONGEST_DELAY;
        }
        options.listener().retrying(uri, failedAttempt, reason, delay);
        try {
            Thread.sleep(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting to try " + Address.shown(uri) + " again");
        }
    }

    private static String reason(IOException failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case UnknownHostException e -> "the host " + message + " is not known";
            case HttpSource.TryAgain e -> String.valueOf(message);
            default -> message == null ? failure.getClass().getSimpleName() : message;
        };
    }

    /// Notices a server that sends, but next to nothing: less than a kilobyte a second over a whole time-out.
    private static final class Pace {
        private static final long LEAST_PER_SECOND = 1024;
        private final long window;
        private long start = System.nanoTime();
        private long bytes;

        Pace(Duration window) {
            this.window = window.toNanos();
        }

        void count(int more) throws SocketTimeoutException {
            bytes += more;
            long elapsed = System.nanoTime() - start;
            if (elapsed >= window) {
                if (bytes * 1_000_000_000L / elapsed < LEAST_PER_SECOND) {
                    throw new SocketTimeoutException("the server is too slow");
                }
                start += elapsed;
                bytes = 0;
            }
        }
    }
}
