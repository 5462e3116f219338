package dev.cdcdelta.worker.vault;

import com.fasterxml.jackson.databind.JsonNode;

/** @param body missing where the answer had none */
record VaultReply(int status, JsonNode body) {
    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** What is wrong, without a word of the answer: it may quote what was sent. */
    String cause() {
        return switch (status) {
            case 400 -> "Vault refuses the request (400)";
            case 403 -> "Vault denies permission (403)";
            case 404 -> "Vault has nothing there (404)";
            case 307, 308 -> "Vault sends the request on to another server (" + status + ")";
            case 429 -> "Vault limits the rate of requests, or is a standby (429)";
            case 503 -> "Vault is sealed or under maintenance (503)";
            default -> "Vault answers with status " + status;
        };
    }
}
