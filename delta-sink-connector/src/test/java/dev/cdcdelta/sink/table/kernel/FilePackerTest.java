package dev.cdcdelta.sink.table.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FilePackerTest {
    private static final int COLUMNS = 32;

    private final FilePacker packer = new FilePacker();
    private final Random random = new Random(5);

    @Test
    void statisticsComeBackToTheLetter() {
        List<String> texts =
                new ArrayList<>(List.of("{}", "{\"numRecords\":1}", "{\"minValues\":{\"s\":\"ä€\uD83D\uDE00\"}}"));
        for (int i = 0; i < 3_000; i++) {
            texts.add(i % 2 == 0 ? statistics("column") : noise(random.nextInt(300)));
        }
        List<PackedStatistics> packed = texts.stream().map(packer::statistics).toList();
        for (int i = 0; i < texts.size(); i++) {
            assertThat(packed.get(i).text()).isEqualTo(texts.get(i));
        }
    }

    @Test
    void ofTheStatisticsOfManyFilesAThirdIsKept() {
        packer.statistics(statistics("column"));
        String text = statistics("column");
        assertThat(packer.statistics(text).size()).isLessThan(text.length() / 3);
    }

    @Test
    void columnsThatAreOthersSinceAreComparedAnew() {
        packer.statistics("{\"numRecords\":1}");
        for (int i = 0; i < 2_000; i++) {
            packer.statistics(noise(100));
        }
        packer.statistics(statistics("renamed"));
        String text = statistics("renamed");
        assertThat(packer.statistics(text).size()).isLessThan(text.length() / 2);
    }

    @Test
    void equalTagsAreOneObject() {
        Map<String, String> tags = Map.of("topic", "t", "partition", "1");
        assertThat(packer.tags(new HashMap<>(tags))).isEqualTo(tags).isSameAs(packer.tags(new HashMap<>(tags)));
    }

    private String statistics(String name) {
        StringBuilder text = new StringBuilder("{\"numRecords\":" + random.nextInt(1_000_000));
        for (String kind : List.of("minValues", "maxValues")) {
            text.append(",\"").append(kind).append("\":{");
            for (int column = 0; column < COLUMNS; column++) {
                String value = column % 4 == 0 ? noise(16) : Integer.toString(random.nextInt(100));
                text.append(column == 0 ? "" : ",")
                        .append('"')
                        .append(name)
                        .append(column)
                        .append("\":\"")
                        .append(value)
                        .append('"');
            }
            text.append('}');
        }
        return text.append('}').toString();
    }

    private String noise(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(new UUID(random.nextLong(), random.nextLong()));
        }
        return text.substring(0, length);
    }
}
