package dev.cdcdelta.smt.registry;

/** What a registry says to a schema. */
sealed interface Registration {
    /** It is one of the subject's versions now. */
    record Accepted() implements Registration {}

    /**
     * The subject stays as it is.
     *
     * @param answer the registry's own words
     */
    record Refused(String answer) implements Registration {}
}
