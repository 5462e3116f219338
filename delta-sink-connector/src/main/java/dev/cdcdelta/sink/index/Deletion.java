package dev.cdcdelta.sink.index;

import dev.cdcdelta.sink.change.SourceVersion;
import org.apache.kafka.common.TopicPartition;

/**
 * A delete to be remembered, so that no older event brings the document back.
 *
 * @param partition that it came from, whose owner needs to know of it
 */
public record Deletion(SourceVersion version, TopicPartition partition) {}
