package org.relayhub.message.codes;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;

/**
 * A code table of {@code schemas/codes}: UTF-8, comma-separated, with a header row; the first column is the key.
 *
 * @param name the file's name without its ending
 * @param columns those that the header names
 */
public record CodeTable(String name, List<String> columns, List<Row> rows) {

    /** Where the parser says that it could not go on. */
    private static final Pattern PARSED_LINE = Pattern.compile("line (\\d+)");

    /**
     * One row, by column name.
     *
     * @param table the table's name
     * @param line where in the file it begins, the header row being line 1
     */
    public record Row(String table, long line, Map<String, String> columns) {

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

        /** The value of a column that the table may lack; null where the cell is empty, too. */
        public @Nullable String find(String column) {
            String value = columns.get(column);
            return value == null || value.isEmpty() ? null : value;
        }

        /**
         * The value of a column that must have one.
         *
         * @throws BrokenFileException if the cell is empty, or has blanks that one does not see
         */
        public String require(String column) {
            String value = get(column);
            if (value.isBlank()) {
                throw fault(column + " is empty");
            }
            if (!value.equals(value.strip())) {
                throw fault(column + " has blanks around it");
            }
            return value;
        }

        /** What is wrong with this row, said with the file and its line. */
        public BrokenFileException fault(String what) {
            return CodeTable.fault(table, line, what);
        }

        String key() {
            return columns.values().iterator().next();
        }
    }

    /** Where a table is: {@code codes/<name>.csv} below the {@code schemas} folder, whose location ends in a slash. */
    public static Resource file(Resource schemas, String name) {
        try {
            return schemas.createRelative("codes/" + name + ".csv");
        } catch (IOException e) {
            throw new BrokenFileException("the schemas folder has no place for codes/" + name + ".csv", e);
        }
    }

    /**
     * Reads {@code codes/<name>.csv} below a folder.
     *
     * @param schemas the {@code schemas} folder, its location ending in a slash
     * @throws BrokenFileException if there is no such file, or it cannot be read or is no table
     */
    public static CodeTable read(Resource schemas, String name) {
        return of(name, file(schemas, name));
    }

    /**
     * Reads a table of the same form that lies elsewhere.
     *
     * @throws BrokenFileException if there is no such file, or it cannot be read or is no table
     */
    public static CodeTable of(String name, Resource file) {
        try (InputStream content = file.getInputStream()) {
            return parse(name, content.readAllBytes());
        } catch (IOException e) {
            throw new BrokenFileException(name + ".csv cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Makes a table of what a file holds.
     *
     * @param name the file's name without its ending
     * @throws BrokenFileException if it is no table; the message names the line
     */
    public static CodeTable parse(String name, byte[] content) {
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .ofCsvRecord(text(name, content))) {
            Iterator<CsvRecord> lines = csv.iterator();
            if (!lines.hasNext()) {
                throw fault(name, 1, "there is no header row");
            }
            List<String> columns = List.copyOf(lines.next().getFields());
            if (new LinkedHashSet<>(columns).size() < columns.size()) {
                throw fault(name, 1, "a column stands there twice");
            }
            var rows = new ArrayList<Row>();
            while (lines.hasNext()) {
                rows.add(row(name, columns, lines.next()));
            }
            return new CodeTable(name, columns, List.copyOf(rows));
        } catch (CsvParseException e) {
            Matcher line = PARSED_LINE.matcher(String.valueOf(e.getMessage()));
            throw new BrokenFileException(
                    name + ".csv, line " + (line.find() ? line.group(1) : "1") + ": its quotes make no sense", e);
        } catch (IOException e) {
            throw new IllegalStateException("reading from memory cannot fail", e);
        }
    }

    private static Row row(String table, List<String> columns, CsvRecord record) {
        long line = record.getStartingLineNumber();
        List<String> values = record.getFields();
        if (values.size() != columns.size()) {
            throw fault(table, line, "it has " + values.size() + " values, and the header " + columns.size());
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < values.size(); i++) {
            // A quote that is not closed would take in the rows that follow.
            if (values.get(i).indexOf('\n') >= 0) {
                throw fault(table, line, columns.get(i) + " goes over several lines");
            }
            row.put(columns.get(i), values.get(i));
        }
        return new Row(table, line, row);
    }

    /** The text, without the mark that spreadsheets put before it. */
    private static String text(String name, byte[] content) {
        var in = ByteBuffer.wrap(content);
        var out = CharBuffer.allocate(content.length + 1);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .decode(in, out, true);
        if (result.isError()) {
            long line = 1;
            for (int i = 0; i < in.position(); i++) {
                line += content[i] == '\n' ? 1 : 0;
            }
            throw fault(name, line, "it is not UTF-8");
        }
        String text = out.flip().toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static BrokenFileException fault(String table, long line, String what) {
        return new BrokenFileException(table + ".csv, line " + line + ": " + what);
    }

    /**
     * Looks whether the header has what it must have, and nothing that nobody would heed.
     *
     * @throws BrokenFileException if a mandatory column is missing, or one is neither mandatory nor optional
     */
    public void checkColumns(List<String> mandatory, List<String> optional) {
        for (String column : mandatory) {
            if (!columns.contains(column)) {
                throw fault(name, 1, "there is no column " + column);
            }
        }
        for (String column : columns) {
            if (!mandatory.contains(column) && !optional.contains(column)) {
                throw fault(
                        name,
                        1,
                        "there is no use for a column " + column + "; there may be "
                                + Stream.concat(mandatory.stream(), optional.stream())
                                        .collect(Collectors.joining(", ")));
            }
        }
    }

    /**
     * Looks whether there is anything in the table.
     *
     * @throws BrokenFileException if it has no row
     */
    public void checkNotEmpty() {
        if (rows.isEmpty()) {
            throw fault(name, 1, "no row follows the header");
        }
    }

    /** Every key: the first column. */
    public Set<String> keys() {
        return rows.stream().map(Row::key).collect(Collectors.toUnmodifiableSet());
    }
}
