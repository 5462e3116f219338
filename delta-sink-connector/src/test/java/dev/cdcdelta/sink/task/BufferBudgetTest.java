package dev.cdcdelta.sink.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.task.BufferBudget.Load;
import java.util.List;
import org.junit.jupiter.api.Test;

class BufferBudgetTest {
    private final BufferBudget budget = new BufferBudget(1000);

    @Test
    void theFullestTableIsFlushedWhenHalfOfTheBudgetIsFilled() {
        assertThat(budget.wantsFlush(499)).isFalse();
        assertThat(budget.wantsFlush(500)).isTrue();
        assertThat(budget.toFlush(List.of(idle("a", 200), idle("b", 300)))).hasValue("b");
    }

    @Test
    void aSmallTableIsNotFlushedInPlaceOfABusyOne() {
        assertThat(budget.toFlush(List.of(new Load("a", 450, 450, true), idle("b", 50))))
                .isEmpty();
        assertThat(budget.toFlush(List.of(new Load("a", 250, 250, true), idle("b", 250))))
                .hasValue("b");
    }

    @Test
    void aSpentBudgetPausesThoseThatSpentIt() {
        List<Load> spent = List.of(new Load("a", 450, 500, true), idle("b", 50));
        assertThat(budget.toPause(spent, 0, false)).containsExactly("a");
        List<Load> evenly = List.of(idle("a", 500), idle("b", 500));
        assertThat(budget.toPause(evenly, 0, false)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aPauseLastsUntilThereIsRoomForMoreThanAFewRecords() {
        List<Load> loads = List.of(new Load("a", 800, 0, true));
        assertThat(budget.toPause(loads, 0, false)).isEmpty();
        assertThat(budget.toPause(loads, 0, true)).containsExactly("a");
        assertThat(budget.toPause(List.of(idle("a", 700)), 0, true)).isEmpty();
    }

    @Test
    void whatIsLeftToItselfIsTakenFromTheBudgetOfTheOthers() {
        List<Load> loads = List.of(idle("a", 300), idle("b", 50));
        assertThat(budget.toPause(loads, 600, false)).isEmpty();
        assertThat(budget.toPause(loads, 700, false)).containsExactly("a");
        assertThat(budget.toPause(loads, 500, true)).containsExactly("a");
        assertThat(budget.toPause(loads, 2_000, false)).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void someTableIsPausedWheneverTheBudgetIsSpent() {
        List<Load> many = List.of(idle("a", 334), idle("b", 333), idle("c", 333));
        assertThat(budget.toPause(many, 0, false)).isNotEmpty();
    }

    private static Load idle(String table, long filling) {
        return new Load(table, filling, 0, false);
    }
}
