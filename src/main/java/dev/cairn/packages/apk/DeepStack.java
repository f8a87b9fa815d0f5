package dev.cairn.packages.apk;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/// Runs something that recurses as deep as dependencies are nested, which in a large repository is deeper than an
/// ordinary thread's stack (the memory is only reserved, and used as far as needed).
final class DeepStack {
    private static final long STACK_BYTES = 512L << 20;

    private DeepStack() {}

    static <T> T call(Supplier<T> work) {
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread thread = new Thread(null, task, "apk-solver", STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ApkException(ApkException.Code.LIMIT, "interrupted while solving", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof StackOverflowError overflow) {
                throw new ApkException(ApkException.Code.LIMIT, "dependencies nested too deeply", overflow);
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
