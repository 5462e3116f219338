package dev.cdcdelta.sink.change;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SourceVersionTest {
    @Test
    void newerAndEqualVersionsSupersede() {
        SourceVersion version = new SourceVersion(1000, 2);
        assertThat(new SourceVersion(1000, 2).supersedes(version)).isTrue();
        assertThat(new SourceVersion(1000, 3).supersedes(version)).isTrue();
        assertThat(new SourceVersion(2000, 1).supersedes(version)).isTrue();
        assertThat(new SourceVersion(1000, 1).supersedes(version)).isFalse();
        assertThat(new SourceVersion(999, 9).supersedes(version)).isFalse();
    }

    @Test
    void withoutAVersionWhatComesLaterSupersedes() {
        SourceVersion version = new SourceVersion(1000, 2);
        assertThat(SourceVersion.UNKNOWN.supersedes(version)).isTrue();
        assertThat(version.supersedes(SourceVersion.UNKNOWN)).isTrue();
    }

    @Test
    void changesOfTheStreamSupersedeDocumentsThatTheSnapshotReadLater() {
        SourceVersion read = new SourceVersion(2000, -1);
        SourceVersion change = new SourceVersion(1000, 5);
        assertThat(change.supersedes(read)).isTrue();
        assertThat(read.supersedes(change)).isTrue();
        assertThat(new SourceVersion(500, -1).supersedes(change)).isFalse();
    }
}
