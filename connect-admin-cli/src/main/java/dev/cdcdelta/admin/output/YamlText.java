package dev.cdcdelta.admin.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.PrintWriter;

/** YAML of the very values that JSON has. Every string is quoted: {@code 1E+6144} or a timestamp would be read as something else. */
final class YamlText {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build());

    private YamlText() {}

    static void write(Report report, PrintWriter out) {
        try {
            out.print(YAML.writeValueAsString(PlainReport.of(report)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values are always writable", e);
        }
    }
}
