package dev.cdcdelta.admin.query;

import dev.cdcdelta.admin.output.Report;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The rows of an open result, fetched while they are read. */
final class QueryRows implements Iterator<List<@Nullable Object>> {
    private final ResultSet result;
    private final int width;
    private boolean ready;

    private QueryRows(ResultSet result, int width) {
        this.result = result;
        this.width = width;
    }

    static Report.Rows of(ResultSet result) throws SQLException {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            columns.add(result.getMetaData().getColumnLabel(i));
        }
        Iterable<List<@Nullable Object>> rows = () -> new QueryRows(result, columns.size());
        return new Report.Rows(columns, rows);
    }

    @Override
    public boolean hasNext() {
        try {
            ready = ready || result.next();
            return ready;
        } catch (SQLException e) {
            throw QueryFailure.of(e);
        }
    }

    @Override
    public List<@Nullable Object> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        ready = false;
        try {
            List<@Nullable Object> row = new ArrayList<>(width);
            for (int i = 1; i <= width; i++) {
                row.add(QueryValue.of(result.getObject(i)));
            }
            return row;
        } catch (SQLException e) {
            throw QueryFailure.of(e);
        }
    }
}
