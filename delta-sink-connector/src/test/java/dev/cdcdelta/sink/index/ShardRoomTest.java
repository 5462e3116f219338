package dev.cdcdelta.sink.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cdcdelta.sink.disk.FaultyProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShardRoomTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path state;

    /** Another worker on the same machine. */
    static final class Visitor {
        private Visitor() {}

        public static void main(String[] args) throws Exception {
            System.out.println(ShardRoom.free(Path.of(args[0])).isPresent() ? "free" : "taken");
        }
    }

    @Test
    void aRoomStaysTakenForOtherProcessesWhenAnotherTaskOfThisOneAsksForIt() throws Exception {
        Path folder = state.resolve("room");
        try (ShardRoom room = ShardRoom.only(state, folder)) {
            assertThat(seenByAnotherProcess(folder)).isEqualTo("taken");

            try (ShardRoom other = ShardRoom.only(state, folder)) {
                assertThat(other.folder()).isNotEqualTo(room.folder());
                assertThat(seenByAnotherProcess(other.folder())).isEqualTo("taken");
            }
            assertThat(seenByAnotherProcess(folder)).isEqualTo("taken");
        }
        assertThat(seenByAnotherProcess(folder)).isEqualTo("free");
        assertThat(ShardRoom.free(folder)).isPresent();
    }

    private static String seenByAnotherProcess(Path folder) throws Exception {
        return FaultyProcess.run(Visitor.class, List.of(folder.toString())).lastLine();
    }
}
