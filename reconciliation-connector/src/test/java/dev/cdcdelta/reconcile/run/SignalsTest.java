package dev.cdcdelta.reconcile.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private static final String TOPIC = "reconciliation.signals";

    private final MockConsumer<String, String> kafka = new MockConsumer<>("earliest");

    @Test
    void runsAreTakenInTheirOrderAndWhatIsNotUnderstoodIsPassedOver() {
        kafka.updateBeginningOffsets(Map.of(new TopicPartition(TOPIC, 0), 0L));
        kafka.schedulePollTask(() -> {
            add(1, "check", "{\"type\":\"run\",\"run\":\"a\"}");
            add(2, "other", "{\"type\":\"run\",\"run\":\"x\"}");
            add(3, "check", "{");
            add(4, "check", null);
            add(5, "check", "{\"type\":\"stop\"}");
            add(6, "check", "{\"type\":\"run\",\"run\":\" b \"}");
        });
        try (Signals signals = new Signals(kafka, TOPIC, "check", 1)) {
            assertThat(signals.take()).contains(new Signals.Asked("a", 2));
            assertThat(signals.take()).contains(new Signals.Asked("b", 7));
            assertThat(signals.take()).isEmpty();
        }
    }

    private void add(long offset, String key, String value) {
        kafka.addRecord(new ConsumerRecord<>(TOPIC, 0, offset, key, value));
    }
}
