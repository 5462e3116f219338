package dev.cdcdelta.sink.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableRouterTest {
    @Test
    void debeziumsTopicsGoToDatabaseAndCollection() {
        TableRouter router = router(TopicPattern.DEBEZIUM, TableName.DEFAULT);
        assertThat(router.location("mongo.shop.orders")).isEqualTo("s3a://lake/raw/shop/orders");
        assertThat(router.location("mongo.shop.orders.archive")).isEqualTo("s3a://lake/raw/shop/orders.archive");
    }

    @Test
    void aPatternOfOnesOwnIsUsed() {
        TableRouter router = router("(?<collection>\\w+)-events", "cdc/${topic}/${collection}_v1");
        assertThat(router.location("orders-events")).isEqualTo("s3a://lake/raw/cdc/orders-events/orders_v1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodots", "one.dot", "mongo.shop...", "mongo.shop._delta_log"})
    void aTopicThatNamesNoTableIsTheRecordsProblem(String topic) {
        assertThatThrownBy(
                        () -> router(TopicPattern.DEBEZIUM, TableName.DEFAULT).location(topic))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'" + topic + "'")
                .hasMessageContaining("topic.pattern");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/${topic}", "a//b", "../${topic}", "x/./y"})
    void aTemplateThatIsNoPathIsRefused(String template) {
        assertThatThrownBy(() -> new TableName(template)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyNamedGroupIsAVariable() {
        TableRouter router = router("(?<tenant>\\w+)_(?<kind>\\w+?)_v(?<version>\\d+)", "${tenant}/${kind}${version}");
        assertThat(router.location("acme_orders_v2")).isEqualTo("s3a://lake/raw/acme/orders2");
        assertThat(new TopicPattern("\\(?<a>x(?<b>y)\\Q(?<c>\\E").groups()).containsExactly("b");
    }

    @Test
    void aFieldNamesTheTableTogetherWithTheTopic() {
        TableRouter router = router(TopicPattern.DEBEZIUM, "${collection}/${field}");
        assertThat(router.needsField()).isTrue();
        assertThat(router.location("mongo.shop.orders", "de")).isEqualTo("s3a://lake/raw/orders/de");
        assertThatThrownBy(() -> router.location("mongo.shop.orders"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("${field}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "..", "a/b", "_delta_log"})
    void aFieldNeverLeadsElsewhere(String value) {
        assertThatThrownBy(() -> router(TopicPattern.DEBEZIUM, "t/${field}").location("mongo.shop.orders", value))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("names no table");
    }

    private static TableRouter router(String pattern, String template) {
        return new TableRouter("s3a://lake/raw/", new TopicPattern(pattern), new TableName(template));
    }
}
