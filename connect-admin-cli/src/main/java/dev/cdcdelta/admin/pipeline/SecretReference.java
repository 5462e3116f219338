package dev.cdcdelta.admin.pipeline;

import dev.cdcdelta.admin.failure.UrlPasswords;
import java.util.Locale;
import java.util.regex.Pattern;

/** Placeholders that a worker's config providers resolve, and what has to be hidden where somebody wrote the value itself. */
public final class SecretReference {
    static final String MONGODB_URI = "mongodb.uri";
    static final String S3_ACCESS_KEY = "s3.access.key";
    static final String S3_SECRET_KEY = "s3.secret.key";

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^{}]+:[^{}]+}");
    /** As the REST extension of the workers hides them, but for connection strings: those are shown without their password. */
    private static final Pattern SECRET_KEY = Pattern.compile(
            "passw|passphrase|secret|token|credential|private|session|jaas"
                    + "|(ssl|keystore|api|access|account|encryption)[._-]?key|sas[._-]|basic[._-]auth|user[._-]info|authorization");

    private SecretReference() {}

    static String inFile(String file, String key) {
        return "${file:" + file + ":" + key + "}";
    }

    static boolean isReference(String value) {
        return REFERENCE.matcher(value).find();
    }

    /** Whether the value of a connector's key is a secret, going by the key's name. */
    static boolean isSecret(String key) {
        return SECRET_KEY.matcher(key.toLowerCase(Locale.ROOT)).find();
    }

    /** The value of a connector's key as it may be shown: references as they are, secrets and URLs' passwords hidden. */
    public static String shown(String key, String value) {
        if (isReference(value)) {
            return value;
        }
        if (isSecret(key)) {
            return "***";
        }
        return UrlPasswords.hide(value);
    }
}
