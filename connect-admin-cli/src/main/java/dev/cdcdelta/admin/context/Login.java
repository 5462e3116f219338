package dev.cdcdelta.admin.context;

import dev.cdcdelta.admin.failure.CommandException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who this program is at Connect's REST API. */
public sealed interface Login {
    record Nobody() implements Login {}

    record Basic(String user, Secret password) implements Login {}

    record Bearer(Secret token) implements Login {}

    /** OAuth 2, client credentials (RFC 6749, 4.4): a token is fetched when it is needed and lives in memory only. */
    record ClientCredentials(
            String tokenUrl,
            String clientId,
            Secret clientSecret,
            @Nullable String scope,
            @Nullable String audience) implements Login {}

    /** How a person would call it. */
    default String kind() {
        if (this instanceof Basic) {
            return "basic";
        }
        if (this instanceof Bearer) {
            return "token";
        }
        return this instanceof ClientCredentials ? "oauth" : "none";
    }

    /** @throws CommandException if the context names two ways, or a half of one */
    static Login of(ContextValues values, Map<String, String> environment) {
        boolean basic = values.text(ContextKey.USER) != null || values.text(ContextKey.PASSWORD) != null;
        boolean token = values.text(ContextKey.TOKEN) != null;
        boolean oauth = values.text(ContextKey.TOKEN_URL) != null
                || values.text(ContextKey.CLIENT_ID) != null
                || values.text(ContextKey.CLIENT_SECRET) != null;
        if ((basic ? 1 : 0) + (token ? 1 : 0) + (oauth ? 1 : 0) > 1) {
            throw CommandException.usage(
                    "The context says more than one way to log in.",
                    "Keep one: user and password, or token, or tokenUrl, clientId and clientSecret.");
        }
        if (basic) {
            return new Basic(required(values, ContextKey.USER), secret(values, ContextKey.PASSWORD, environment));
        }
        if (token) {
            return new Bearer(secret(values, ContextKey.TOKEN, environment));
        }
        if (oauth) {
            return new ClientCredentials(
                    required(values, ContextKey.TOKEN_URL),
                    required(values, ContextKey.CLIENT_ID),
                    secret(values, ContextKey.CLIENT_SECRET, environment),
                    values.text(ContextKey.SCOPE),
                    values.text(ContextKey.AUDIENCE));
        }
        return new Nobody();
    }

    private static String required(ContextValues values, ContextKey key) {
        String text = values.text(key);
        if (text == null) {
            throw missing(key);
        }
        return text;
    }

    private static Secret secret(ContextValues values, ContextKey key, Map<String, String> environment) {
        Secret secret = values.secret(key, environment);
        if (secret == null) {
            throw missing(key);
        }
        return secret;
    }

    private static CommandException missing(ContextKey key) {
        return CommandException.usage(
                "The context says how to log in, but not the " + key.label() + ".",
                "Add " + key.label() + " to it: " + key.meaning() + ".");
    }
}
