package dev.cdcdelta.sink.table.kernel;

import dev.cdcdelta.sink.table.TableMaintenance;
import dev.cdcdelta.sink.table.storage.WarehouseFiles;
import io.delta.kernel.engine.Engine;
import java.time.Clock;

/**
 * Where a table lies and what it is reached with.
 *
 * @param location without a slash at the end
 */
public record TableRoom(
        String location,
        WarehouseFiles files,
        Engine engine,
        Clock clock,
        TableMaintenance maintenance,
        Patience patience) {
    public String absolute(String path) {
        return TablePaths.absolute(location, path);
    }
}
