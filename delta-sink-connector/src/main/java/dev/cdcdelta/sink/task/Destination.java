package dev.cdcdelta.sink.task;

import dev.cdcdelta.sink.routing.TableRouter;
import java.util.function.Function;

/**
 * One of the kinds of tables that each record goes to.
 *
 * @param feeds makes the feed of a table at a location
 */
record Destination(TableRouter router, Function<String, TableFeed> feeds) {}
