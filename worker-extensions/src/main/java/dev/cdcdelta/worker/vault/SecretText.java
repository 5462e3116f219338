package dev.cdcdelta.worker.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigException;

/** A secret of the configuration itself, or of a file that somebody else renews. */
sealed interface SecretText {
    /** @throws ConfigException where the file cannot be read, or is empty */
    String read();

    record Fixed(String text) implements SecretText {
        @Override
        public String read() {
            return text;
        }

        @Override
        public String toString() {
            return "[hidden]";
        }
    }

    record OfFile(Path file, String setting) implements SecretText {
        @Override
        public String read() {
            try {
                String text = Files.readString(file).strip();
                if (text.isEmpty()) {
                    throw new ConfigException(
                            "The file " + file + " is empty, so that there is nothing to log in to Vault"
                                    + " with. Have its content written there, or correct " + setting + ".");
                }
                return text;
            } catch (IOException e) {
                throw new ConfigException(
                        "The file " + file + " cannot be read, so that there is nothing to log in to Vault" + " with: "
                                + e + ". Put it there, readable by the worker, or correct " + setting + ".");
            }
        }
    }
}
