package dev.cdcdelta.stack.mongodb;

/** What a change stream watches: everything, one database, or one collection. */
sealed interface ChangeScope {
    boolean covers(Namespace namespace);

    /** The namespace that cursor replies name. */
    String cursorNamespace();

    record Cluster() implements ChangeScope {
        @Override
        public boolean covers(Namespace namespace) {
            return true;
        }

        @Override
        public String cursorNamespace() {
            return "admin.$cmd.aggregate";
        }
    }

    record Database(String name) implements ChangeScope {
        @Override
        public boolean covers(Namespace namespace) {
            return namespace.database().equals(name);
        }

        @Override
        public String cursorNamespace() {
            return name + ".$cmd.aggregate";
        }
    }

    record Collection(Namespace watched) implements ChangeScope {
        @Override
        public boolean covers(Namespace namespace) {
            return namespace.equals(watched);
        }

        @Override
        public String cursorNamespace() {
            return watched.toString();
        }
    }
}
