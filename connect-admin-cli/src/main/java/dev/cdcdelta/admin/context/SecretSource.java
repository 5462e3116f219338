package dev.cdcdelta.admin.context;

import dev.cdcdelta.admin.failure.CommandException;
import dev.cdcdelta.admin.failure.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where a secret is: the form in which a context file names it. */
sealed interface SecretSource {
    String FORMS = "file:/path, env:NAME or command:WORDS";

    /** @throws CommandException if it is not there; the message names the place and never the value */
    String fetch();

    /** The first line is the secret, so that a line end behind it does no harm. */
    record InFile(Path file) implements SecretSource {
        @Override
        public String fetch() {
            try {
                return required(Files.readString(file), "The file " + file);
            } catch (IOException e) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "The secret in " + file + " cannot be read.",
                        e.getClass().getSimpleName(),
                        "Check the path in the context, and that you may read the file.",
                        e);
            }
        }
    }

    record InEnvironment(String variable, Map<String, String> environment) implements SecretSource {
        @Override
        public String fetch() {
            return required(environment.getOrDefault(variable, ""), "The environment variable " + variable);
        }

        @Override
        public String toString() {
            return "InEnvironment[" + variable + "]";
        }
    }

    /** Its standard output; questions and complaints of the command go to the terminal. */
    record OfCommand(String command) implements SecretSource {
        @Override
        public String fetch() {
            try {
                Process process = new ProcessBuilder("sh", "-c", command)
                        .redirectInput(ProcessBuilder.Redirect.INHERIT)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                int code = process.waitFor();
                if (code != 0) {
                    throw failed("It ended with exit code " + code + ".");
                }
                return required(output, "The command '" + command + "'");
            } catch (IOException e) {
                throw new CommandException(ExitCode.USAGE, problem(), e.toString(), REMEDY, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw failed("It was interrupted.");
            }
        }

        private static final String REMEDY = "Run the command by hand and mend it, or correct it in the context.";

        private CommandException failed(String reason) {
            return new CommandException(ExitCode.USAGE, problem(), reason, REMEDY);
        }

        private String problem() {
            return "The command '" + command + "' gives no secret.";
        }
    }

    /** Empty if the text is in none of the forms: then it may be the secret itself, which is not quoted. */
    static Optional<SecretSource> parse(String text, Path directory, Map<String, String> environment) {
        int colon = text.indexOf(':');
        String rest = text.substring(colon + 1);
        if (colon < 0 || rest.isBlank()) {
            return Optional.empty();
        }
        return switch (text.substring(0, colon)) {
            case "file" -> Optional.of(new InFile(directory.resolve(rest)));
            case "env" -> Optional.of(new InEnvironment(rest, environment));
            case "command" -> Optional.of(new OfCommand(rest));
            default -> Optional.empty();
        };
    }

    private static String required(String text, String place) {
        String secret = text.lines().findFirst().orElse("").strip();
        if (secret.isEmpty()) {
            throw CommandException.usage(
                    place + " holds no secret: it is empty or not set.",
                    "Set it, or name another place in the context.");
        }
        return secret;
    }
}
