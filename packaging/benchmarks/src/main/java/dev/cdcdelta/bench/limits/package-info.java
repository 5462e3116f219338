/** What the work of a sink costs at least: reading a topic, parsing its text, writing its rows into Parquet files, each alone. */
@NullMarked
package dev.cdcdelta.bench.limits;

import org.jspecify.annotations.NullMarked;
