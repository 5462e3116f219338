package dev.cdcdelta.sink.merge;

import dev.cdcdelta.sink.batch.BufferedChange;
import dev.cdcdelta.sink.change.Change;

/** A row to be written. */
record PlannedRow(Change.Upsert upsert, BufferedChange buffered) {}
