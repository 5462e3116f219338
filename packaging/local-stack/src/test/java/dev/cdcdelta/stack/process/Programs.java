package dev.cdcdelta.stack.process;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Main classes for processes of {@link ChildProcessTest}. */
public final class Programs {
    private Programs() {}

    static List<String> classpath() {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
    }

    /** Starts a {@link Sleeper} and tells its process id. */
    public static final class Parent {
        private Parent() {}

        public static void main(String[] arguments) throws InterruptedException {
            ChildProcess child = ChildProcess.start(new ProcessSpec(
                    "sleeper",
                    classpath(),
                    List.of("-Xmx64m"),
                    new ProcessSpec.Program(Sleeper.class.getName(), List.of()),
                    Path.of("/dev/null"),
                    () -> true));
            System.out.println("child " + child.pid());
            Thread.sleep(Duration.ofMinutes(10).toMillis());
        }
    }

    /** Does nothing for a long time. */
    public static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] arguments) throws InterruptedException {
            Thread.sleep(Duration.ofMinutes(10).toMillis());
        }
    }

    /** Fails at once. */
    public static final class Failing {
        private Failing() {}

        public static void main(String[] arguments) {
            throw new IllegalStateException("no such bucket");
        }
    }
}
