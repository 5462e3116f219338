package dev.cdcdelta.sink.compact;

import dev.cdcdelta.sink.table.TableSnapshot;

final class DeletionVectorUse {
    private DeletionVectorUse() {}

    static boolean isOn(TableSnapshot snapshot) {
        return Boolean.parseBoolean(snapshot.properties().get("delta.enableDeletionVectors"));
    }
}
