package dev.cdcdelta.stack.mongodb;

import java.util.Set;

/** A collection's full name. */
record Namespace(String database, String collection) {
    static final Set<String> INTERNAL_DATABASES = Set.of("admin", "config", "local");

    /** Whether change streams show its changes; MongoDB's own databases and collections stay unseen. */
    boolean isObserved() {
        return !isInternal(database) && !collection.startsWith("system.");
    }

    static boolean isInternal(String database) {
        return INTERNAL_DATABASES.contains(database);
    }

    @Override
    public String toString() {
        return database + "." + collection;
    }
}
