package dev.cdcdelta.reconcile.source;

import dev.cdcdelta.smt.key.DocumentKey;
import org.bson.BsonDocument;

/** @param bytes of the document as BSON */
public record SourceDocument(DocumentKey key, BsonDocument document, int bytes) {}
