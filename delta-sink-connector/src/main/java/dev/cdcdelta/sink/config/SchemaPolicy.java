package dev.cdcdelta.sink.config;

import dev.cdcdelta.sink.schema.SchemaGrowth;
import dev.cdcdelta.smt.schema.SchemaRules;

/** What documents may do to a table's columns. */
public record SchemaPolicy(SchemaGrowth growth, SchemaRules rules) {}
