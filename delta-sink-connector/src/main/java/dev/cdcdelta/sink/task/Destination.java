package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.merge.WriteMode;
import dev.cdcdelta.sink.routing.TableRouter;
import java.util.function.Function;

/**
 * One of the kinds of tables that each record goes to.
 *
 * @param mode how its tables are written
 * @param feeds makes the feed of a table at a location
 */
record Destination(TableRouter router, WriteMode mode, Function<String, TableFeed> feeds) {}
