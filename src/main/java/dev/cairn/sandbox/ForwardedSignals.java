package dev.cairn.sandbox;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/// Passes this process's signals on to a sandbox: TERM, INT, HUP, USR1, USR2, CONT. (QUIT cannot be had: the JVM keeps
/// it for
/// its thread dump.) The third TERM or INT kills the sandbox, for programs that ignore them.
public final class ForwardedSignals implements AutoCloseable {
    private static final List<String> NAMES = List.of("TERM", "INT", "HUP", "USR1", "USR2", "CONT");
    private static final int PATIENCE = 3;

    private final Map<Object, Object> before = new LinkedHashMap<>();
    private final AtomicInteger urgent = new AtomicInteger();
    private final CompletableFuture<RunningSandbox> target = new CompletableFuture<>();
    private final String stopSignal;

    private ForwardedSignals(String stopSignal) {
        this.stopSignal = stopSignal;
    }

    /// Begins to catch signals; closing it restores what was before. Begin before the sandbox starts: a signal that
    /// nothing catches ends this process.
    ///
    /// @param stopSignal what the program is sent for TERM, as `docker stop` does it
    public static ForwardedSignals begin(String stopSignal) {
        ForwardedSignals signals = new ForwardedSignals(stopSignal);
        for (String name : NAMES) {
            signals.handle(name);
        }
        return signals;
    }

    /// By reflection: sun.misc.Signal is exported by jdk.unsupported, but naming it is a warning that nothing silences.
    private void handle(String name) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            InvocationHandler forward =
                    (_, method, args) -> method.getName().equals("handle") ? forward(name) : method.invoke(this, args);
            Object handler =
                    Proxy.newProxyInstance(handlerType.getClassLoader(), new Class<?>[] {handlerType}, forward);
            Object signal = signalType.getConstructor(String.class).newInstance(name);
            before.put(signal, install(signal, handler));
        } catch (ReflectiveOperationException _) {
            // this JVM keeps the signal for itself
        }
    }

    private static Object install(Object signal, Object handler) throws ReflectiveOperationException {
        Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
        Method handle = signal.getClass().getMethod("handle", signal.getClass(), handlerType);
        return handle.invoke(null, signal, handler);
    }

    /// Passes on what was caught and what will be.
    public void deliverTo(RunningSandbox sandbox) {
        target.complete(sandbox);
    }

    private Object forward(String name) {
        var _ = target.thenAccept(sandbox -> forward(name, sandbox));
        return name;
    }

    private void forward(String name, RunningSandbox sandbox) {
        boolean last = (name.equals("TERM") || name.equals("INT")) && urgent.incrementAndGet() >= PATIENCE;
        try {
            if (last) {
                sandbox.kill();
            } else {
                sandbox.signal(name.equals("TERM") ? stopSignal : name);
            }
        } catch (IOException _) {
            sandbox.kill();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        before.forEach((signal, handler) -> {
            try {
                install(signal, handler);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("a handler that was there cannot be put back", e);
            }
        });
    }
}
