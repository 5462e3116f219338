package dev.cdcdelta.sink.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ColumnNameTest {
    @Test
    void ordinaryNamesStay() {
        assertThat(ColumnName.escape("first.name-ü$", true)).isEqualTo("first.name-ü$");
    }

    @Test
    void charactersThatDeltaRefusesAreEscaped() {
        assertThat(ColumnName.escape("a b,c;d{e}f(g)h\ni\tj=k%", true))
                .isEqualTo("a%20b%2Cc%3Bd%7Be%7Df%28g%29h%0Ai%09j%3Dk%25");
    }

    @Test
    void ownColumnsCannotBeWrittenByDocuments() {
        assertThat(ColumnName.escape("_cdc_ts", true)).isEqualTo("%5Fcdc_ts");
        assertThat(ColumnName.escape("_CDC_x", true)).isEqualTo("%5FCDC_x");
        assertThat(ColumnName.escape("_cdc_ts", false)).isEqualTo("_cdc_ts");
    }

    @Test
    void theEmptyNameHasAName() {
        assertThat(ColumnName.escape("", false)).isEqualTo("%");
    }

    @Test
    void everyNameIsReadBack() {
        Random random = new Random(7);
        String alphabet = "ab_%=; {}()\n\t,.$äé_cdc_";
        for (int i = 0; i < 2000; i++) {
            StringBuilder name = new StringBuilder();
            for (int length = random.nextInt(10); length > 0; length--) {
                name.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String field = name.toString();
            boolean topLevel = random.nextBoolean();
            assertThat(ColumnName.unescape(ColumnName.escape(field, topLevel))).isEqualTo(field);
        }
    }

    @Test
    void collisionsOfCaseAreNumbered() {
        assertThat(ColumnName.unique("Name", Set.of("name", "name__2"))).isEqualTo("Name__3");
    }
}
