package dev.cdcdelta.stack.process;

import java.nio.file.Path;
import java.util.List;

/**
 * A Java program to run.
 *
 * @param name what the user calls it
 * @param classpath its entries; {@code directory/*} stands for the jars in it
 * @param jvmOptions heap and the like
 * @param log where standard output and standard error go, appended
 */
public record ProcessSpec(
        String name, List<String> classpath, List<String> jvmOptions, Program program, Path log, Readiness readiness) {
    public ProcessSpec {
        classpath = List.copyOf(classpath);
        jvmOptions = List.copyOf(jvmOptions);
    }

    public record Program(String mainClass, List<String> arguments) {
        public Program {
            arguments = List.copyOf(arguments);
        }
    }
}
