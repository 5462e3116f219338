package dev.cdcdelta.admin.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cdcdelta.admin.failure.CommandException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The tables that a statement names, found with DuckDB's own parser. Names of common table expressions are among them. */
final class TableReferences {
    private static final String ONLY_SELECT =
            "Give one SELECT statement (WITH, FROM, DESCRIBE and SUMMARIZE work as well).";

    private TableReferences() {}

    static Set<List<String>> in(Connection duckDb, String sql) throws SQLException {
        JsonNode answer = parse(duckDb, sql);
        if (answer.path("error").asBoolean()) {
            throw CommandException.usage(
                    "DuckDB cannot take the statement: "
                            + answer.path("error_message").asText() + ".",
                    ONLY_SELECT);
        }
        if (answer.path("statements").size() != 1) {
            throw CommandException.usage(
                    "There are " + answer.path("statements").size() + " statements instead of one.", ONLY_SELECT);
        }
        Set<List<String>> references = new LinkedHashSet<>();
        collect(answer, references);
        return references;
    }

    private static JsonNode parse(Connection duckDb, String sql) throws SQLException {
        try (PreparedStatement statement = duckDb.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)::VARCHAR")) {
            statement.setString(1, sql);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return new ObjectMapper().readTree(result.getString(1));
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("DuckDB's syntax tree is no JSON", e);
        }
    }

    private static void collect(JsonNode node, Set<List<String>> references) {
        if (node.path("type").asText().equals("BASE_TABLE")) {
            List<String> path = new ArrayList<>();
            for (String part : new String[] {"catalog_name", "schema_name", "table_name"}) {
                if (!node.path(part).asText().isEmpty()) {
                    path.add(node.path(part).asText());
                }
            }
            references.add(path);
        }
        node.forEach(child -> collect(child, references));
    }
}
