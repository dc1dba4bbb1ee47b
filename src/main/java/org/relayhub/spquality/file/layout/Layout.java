package org.relayhub.spquality.file.layout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.relayhub.message.codes.BrokenFileException;
import org.relayhub.message.codes.CodeTable;
import org.springframework.core.io.Resource;

/**
 * The fields of a D line, read from {@code schemas/files/<kind>.csv}.
 *
 * @param fields in the order in which they stand after the line's type
 */
public record Layout(FileKind kind, List<Field> fields) {

    /** The field whose sum a trailer states. */
    public static final String CALLS_OFFERED = "callsOffered";

    /**
     * One of them.
     *
     * @param code of the fault that it may have
     * @param length how long it may be: digits, or bytes in GBK
     * @param atMost the index of the field whose number it may not exceed; -1 if there is none
     * @param expected what is expected there, in words
     */
    public record Field(String name, String code, Form form, int length, int atMost, String expected) {}

    /**
     * Reads a layout.
     *
     * @param schemas the {@code schemas} folder
     * @throws BrokenFileException if the table is wrong, or lacks a field that the hub keeps
     */
    public static Layout read(Resource schemas, FileKind kind) {
        List<Field> fields = new ArrayList<>();
        for (CodeTable.Row row : table(schemas, kind.name()).rows()) {
            fields.add(field(row, fields));
        }
        Layout layout = new Layout(kind, List.copyOf(fields));
        List<String> names = fields.stream().map(Field::name).toList();
        if (!names.equals(kept(kind))) {
            throw new BrokenFileException(
                    "files/" + kind + ".csv must have the fields " + kept(kind) + " in this order", null);
        }
        return layout;
    }

    /** A table of {@code schemas/files}. */
    public static CodeTable table(Resource schemas, String name) {
        try {
            return CodeTable.of(name, schemas.createRelative("files/" + name + ".csv"));
        } catch (IOException e) {
            throw new BrokenFileException("the schemas folder has no place for files/" + name + ".csv", e);
        }
    }

    private static Field field(CodeTable.Row row, List<Field> before) {
        String atMost = row.find("at_most");
        try {
            return new Field(
                    row.require("field"),
                    row.require("code"),
                    Form.of(row.require("form")),
                    Integer.parseInt(row.require("length")),
                    atMost == null ? -1 : index(before, atMost),
                    row.require("expected"));
        } catch (IllegalArgumentException e) {
            throw row.fault(String.valueOf(e.getMessage()));
        }
    }

    private static int index(List<Field> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException("at_most names no field before this one");
    }

    /** What the database has columns for. */
    private static List<String> kept(FileKind kind) {
        return switch (kind) {
            case SPQ ->
                List.of(
                        "spId",
                        "spName",
                        "serviceCode",
                        "hotline",
                        "serviceMobile",
                        CALLS_OFFERED,
                        "callsAnswered",
                        "complaints",
                        "resolvedInTime",
                        "averageHours");
            case SPS -> List.of("spId", "hotline", "serviceMobile", "validFrom");
        };
    }

    /** How many parts a D line has, its type included. */
    public int parts() {
        return fields.size() + 1;
    }
}
