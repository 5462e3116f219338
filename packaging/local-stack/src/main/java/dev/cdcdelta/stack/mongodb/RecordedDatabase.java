package dev.cdcdelta.stack.mongodb;

import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import de.bwaldvogel.mongo.oplog.Oplog;

/** A database whose collections log their changes. */
final class RecordedDatabase extends MemoryDatabase {
    private final ChangeLog log;

    RecordedDatabase(String name, CursorRegistry cursors, ChangeLog log) {
        super(name, cursors);
        this.log = log;
    }

    /** Called by the superclass's constructor for system collections, before {@link #log} is set. */
    @Override
    protected MemoryCollection openOrCreateCollection(String name, CollectionOptions options) {
        if (!new Namespace(databaseName, name).isObserved()) {
            return super.openOrCreateCollection(name, options);
        }
        return new RecordedCollection(this, name, options, cursorRegistry, log);
    }

    @Override
    public void dropCollection(String name, Oplog oplog) {
        super.dropCollection(name, oplog);
        log.append(new Namespace(databaseName, name), LoggedChange.Operation.DROP, null, null);
    }
}
