package dev.cdcdelta.stack.mongodb;

/** A collection's full name. */
record Namespace(String database, String collection) {
    /** Whether change streams show its changes; MongoDB's own databases and collections stay unseen. */
    boolean isObserved() {
        return !isInternal(database) && !collection.startsWith("system.");
    }

    static boolean isInternal(String database) {
        return database.equals("admin") || database.equals("local") || database.equals("config");
    }

    @Override
    public String toString() {
        return database + "." + collection;
    }
}
