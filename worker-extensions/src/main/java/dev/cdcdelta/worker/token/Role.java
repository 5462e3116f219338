package dev.cdcdelta.worker.token;

/** In rising order: each may do what those before it may. */
public enum Role {
    ANALYST,
    OPERATOR,
    ADMINISTRATOR;

    public boolean covers(Role other) {
        return compareTo(other) >= 0;
    }
}
