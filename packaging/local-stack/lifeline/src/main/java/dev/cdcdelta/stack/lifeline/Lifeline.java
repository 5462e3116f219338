package dev.cdcdelta.stack.lifeline;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.Arrays;

/**
 * Runs another class's main method and watches standard input, whose other end the parent process holds.
 *
 * <p>When the parent is gone, however it went, the operating system closes the pipe and this process shuts down; when the
 * shutdown hooks take too long, it halts.
 */
public final class Lifeline {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private Lifeline() {}

    /** @param arguments the main class, then its arguments */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        daemon("lifeline", Lifeline::exitWithParent).start();
        String[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
        try {
            Class.forName(arguments[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
        } catch (InvocationTargetException e) {
            e.getTargetException().printStackTrace();
            System.exit(1);
        }
    }

    private static void exitWithParent() {
        try {
            while (System.in.read() >= 0) {
                // The parent sends nothing; only the end of the stream matters.
            }
        } catch (IOException e) {
            System.err.println("standard input failed, taken as the end of the parent process: " + e);
        }
        daemon("lifeline-halt", Lifeline::haltAfterGrace).start();
        System.exit(1);
    }

    private static void haltAfterGrace() {
        try {
            Thread.sleep(GRACE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(1);
    }

    private static Thread daemon(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        return thread;
    }
}
