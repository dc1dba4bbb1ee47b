package org.relayhub.operations.console.month;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.relayhub.message.codes.BrokenFileException;
import org.relayhub.message.codes.CodeTable;
import org.relayhub.spquality.book.ProvinceMonth;

/** Where each province is on a map of tiles: {@code codes/province-tiles.csv}. */
final class TileMap {

    private record Place(int column, int row) {}

    private final Map<String, Place> places = new TreeMap<>();

    /** @throws BrokenFileException if a row says no place */
    TileMap(CodeTable table) {
        table.checkColumns(List.of("code", "column", "row"), List.of());
        for (CodeTable.Row row : table.rows()) {
            try {
                places.put(
                        row.require("code"),
                        new Place(Integer.parseInt(row.require("column")), Integer.parseInt(row.require("row"))));
            } catch (NumberFormatException e) {
                throw row.fault("column and row are numbers from 1");
            }
        }
    }

    /** Each province in its place; one without a place comes after the last row. */
    List<SpMonthPages.Tile> of(List<ProvinceMonth> provinces) {
        int next = 1 + places.values().stream().mapToInt(Place::row).max().orElse(0);
        int column = 1;
        List<SpMonthPages.Tile> tiles = new ArrayList<>();
        for (ProvinceMonth province : provinces) {
            Place place = places.get(province.province());
            if (place == null) {
                place = new Place(column++, next);
            }
            tiles.add(new SpMonthPages.Tile(place.column(), place.row(), province));
        }
        return tiles;
    }
}
