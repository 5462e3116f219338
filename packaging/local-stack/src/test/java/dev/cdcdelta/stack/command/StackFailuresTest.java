package dev.cdcdelta.stack.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.stack.process.StackException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StackFailuresTest {
    @CommandLine.Command(name = "failing")
    static final class Failing implements Callable<Integer> {
        @Override
        public Integer call() {
            throw new StackException("The port is taken. Choose another one.");
        }
    }

    @Test
    void aFailureOfTheStackIsToldByItsMessageAlone() {
        StringWriter errors = new StringWriter();
        CommandLine command = StackFailures.toldBy(new Failing()).setErr(new PrintWriter(errors, true));
        assertThat(command.execute()).isEqualTo(CommandLine.ExitCode.SOFTWARE);
        assertThat(errors.toString().strip()).isEqualTo("The port is taken. Choose another one.");
    }
}
