package dev.cdcdelta.worker.vault;

/** How to get a token. None of these tells its secret when printed. */
sealed interface Login {
    record Token(SecretText token) implements Login {}

    record AppRole(String mount, String roleId, SecretText secretId) implements Login {}

    /** Kubernetes and JWT differ in their mount alone. */
    record Jwt(String mount, String role, SecretText jwt) implements Login {}
}
