package dev.cdcdelta.sink.disk;

import dev.cdcdelta.sink.ChildProcess;
import java.io.IOException;
import java.util.List;

/** A program that ran on a faulty disk, to its end. */
public record FaultyProcess(int exitCode, String output) {
    public static FaultyProcess run(Class<?> program, List<String> arguments) throws IOException, InterruptedException {
        ChildProcess process = ChildProcess.run(
                program,
                List.of("-Djava.nio.file.spi.DefaultFileSystemProvider=" + FaultyFileSystemProvider.class.getName()),
                arguments);
        return new FaultyProcess(process.exitCode(), process.output());
    }

    /** What it said last. */
    public String lastLine() {
        String text = output.stripTrailing();
        return text.substring(text.lastIndexOf('\n') + 1);
    }
}
