package org.relayhub.message.codes;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.Resource;

/**
 * A code table of {@code schemas/codes}: UTF-8, comma-separated, with a header row; the first column is the key.
 *
 * @param name the file's name without its ending
 */
public record CodeTable(String name, List<Row> rows) {

    /**
     * One row, by column name.
     *
     * @param line where in the file it begins, the header row being line 1
     */
    public record Row(long line, Map<String, String> columns) {

        /**
         * The value of a column, empty where the cell is.
         *
         * @throws IllegalArgumentException if the table has no such column
         */
        public String get(String column) {
            String value = columns.get(column);
            if (value == null) {
                throw new IllegalArgumentException("no column " + column + " among " + columns.keySet());
            }
            return value;
        }

        String key() {
            return columns.values().iterator().next();
        }
    }

    /**
     * Reads {@code codes/<name>.csv} below a folder.
     *
     * @param schemas the {@code schemas} folder, its location ending in a slash
     * @throws UncheckedIOException if there is no such file or it cannot be read
     */
    public static CodeTable read(Resource schemas, String name) {
        try {
            return of(name, schemas.createRelative("codes/" + name + ".csv"));
        } catch (IOException e) {
            throw new UncheckedIOException("schemas/codes/" + name + ".csv cannot be read", e);
        }
    }

    /**
     * Reads a table of the same form that lies elsewhere.
     *
     * @throws UncheckedIOException if there is no such file or it cannot be read
     */
    public static CodeTable of(String name, Resource file) {
        try (Reader reader = new InputStreamReader(file.getInputStream(), StandardCharsets.UTF_8);
                CsvReader<NamedCsvRecord> csv = CsvReader.builder().ofNamedCsvRecord(reader)) {
            var rows = new ArrayList<Row>();
            for (NamedCsvRecord line : csv) {
                rows.add(new Row(line.getStartingLineNumber(), new LinkedHashMap<>(line.getFieldsAsMap())));
            }
            return new CodeTable(name, List.copyOf(rows));
        } catch (IOException e) {
            throw new UncheckedIOException(file.getDescription() + " cannot be read", e);
        }
    }

    /** Every key: the first column. */
    public java.util.Set<String> keys() {
        return rows.stream().map(Row::key).collect(java.util.stream.Collectors.toUnmodifiableSet());
    }
}
