package dev.cdcdelta.worker.mask;

import dev.cdcdelta.worker.config.KeyPatterns;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which keys of connector configurations have secret values, going by their names: the worker tells no types. */
record SecretKeys(KeyPatterns further) {
    private static final Pattern TELLING = Pattern.compile(
            ".*(passw|passphrase|secret|token|credential|private[._-]?key|ssl[._-]key|keystore[._-]key|api[._-]?key"
                    + "|access[._-]?key|account[._-]?key|encryption[._-]key|jaas|sas[._-]|basic[._-]auth|user[._-]info"
                    + "|authorization|connection[._-]string).*");

    boolean contains(String key) {
        return further.matches(key)
                || TELLING.matcher(key.toLowerCase(Locale.ROOT)).matches();
    }
}
