package org.relayhub.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.relayhub.message.Activity;

/** Every state, activity and sender against the contract's lifecycle table, which is written out here by hand. */
class LifecycleTest {

    /**
     * Rows: state of the leg, sender. Columns: activities. A cell is a code, or what follows an allowed activity: the
     * state, then +u for one more urge, +r for the next round, =1 for round 1, nothing where both stay.
     */
    private static final String TABLE = """
            state      sender     | dispatch     reply   return   urge         reprocess    archive  comment    query
            none       upstream   | DISPATCHED=1 2901    2901     2901         2901         2901     2901       2901
            none       downstream | 2901         2901    2901     2901         2901         2901     2901       2901
            DISPATCHED upstream   | 2902         2903    2903     DISPATCHED+u 2902         2902     DISPATCHED DISPATCHED
            DISPATCHED downstream | 2903         REPLIED RETURNED 2903         2903         2903     DISPATCHED DISPATCHED
            REPLIED    upstream   | 2902         2903    2903     2902         DISPATCHED+r ARCHIVED REPLIED    REPLIED
            REPLIED    downstream | 2903         2902    2902     2903         2903         2903     REPLIED    REPLIED
            RETURNED   upstream   | DISPATCHED   2903    2903     2902         2902         ARCHIVED RETURNED   RETURNED
            RETURNED   downstream | 2903         2902    2902     2903         2903         2903     RETURNED   RETURNED
            ARCHIVED   upstream   | 2904         2903    2903     2904         2904         2904     2904       ARCHIVED
            ARCHIVED   downstream | 2903         2904    2904     2903         2903         2903     2904       ARCHIVED
            """;

    record Cell(@Nullable LegState state, Role sender, Activity activity, String verdict) {}

    static List<Cell> cells() {
        List<String> lines = TABLE.lines().toList();
        List<String> activities = words(lines.get(0));
        var cells = new ArrayList<Cell>();
        for (String line : lines.subList(1, lines.size())) {
            List<String> row = words(line);
            for (int column = 3; column < row.size(); column++) {
                cells.add(new Cell(
                        row.get(0).equals("none") ? null : LegState.valueOf(row.get(0)),
                        Role.valueOf(row.get(1).toUpperCase(java.util.Locale.ROOT)),
                        Activity.of(activities.get(column)),
                        row.get(column)));
            }
        }
        return cells;
    }

    private static List<String> words(String line) {
        return Arrays.asList(line.strip().split(" +"));
    }

    @ParameterizedTest
    @MethodSource("cells")
    void anActivityDoesWhatTheTableSaysAndIsRefusedWhereItSaysNothing(Cell cell) {
        Lifecycle.Verdict verdict = Lifecycle.judge(cell.state(), cell.activity(), cell.sender());

        if (cell.verdict().matches("[0-9]{4}")) {
            assertThat(verdict.row()).isNull();
            assertThat(verdict.code()).isEqualTo(cell.verdict());
            assertThat(verdict.reason()).isNotBlank();
            return;
        }
        Lifecycle.Row row = verdict.row();
        assertThat(row).isNotNull();
        assertThat(verdict.code()).isEqualTo("0000");
        LegState after = row.to() == null ? cell.state() : row.to();
        assertThat(after + mark(row.effect())).isEqualTo(cell.verdict());
    }

    private static String mark(Lifecycle.Effect effect) {
        return switch (effect) {
            case NOTHING -> "";
            case FIRST_ROUND -> "=1";
            case NEXT_ROUND -> "+r";
            case ONE_MORE_URGE -> "+u";
        };
    }

    @Test
    void theTableOfThisTestHasEveryStateSenderAndActivityOfALeg() {
        Set<Activity> ofLegs = EnumSet.range(Activity.DISPATCH, Activity.QUERY);

        assertThat(cells()).hasSize((LegState.values().length + 1) * Role.values().length * ofLegs.size());
        assertThat(cells()).doesNotHaveDuplicates();
        assertThat(cells()).extracting(Cell::activity).containsAll(ofLegs);
        assertThat(cells()).extracting(Cell::state).contains(LegState.values());
    }

    static Stream<Activity> activitiesAboutNoLeg() {
        return EnumSet.complementOf(EnumSet.range(Activity.DISPATCH, Activity.QUERY)).stream();
    }

    @ParameterizedTest
    @MethodSource("activitiesAboutNoLeg")
    void anActivityThatIsAboutNoLegIsNeverAllowedOnOne(Activity activity) {
        for (Role sender : Role.values()) {
            assertThat(Lifecycle.judge(null, activity, sender).row()).isNull();
            for (LegState state : LegState.values()) {
                assertThat(Lifecycle.judge(state, activity, sender).row()).isNull();
            }
        }
    }
}
