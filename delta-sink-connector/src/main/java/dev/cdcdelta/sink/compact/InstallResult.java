package dev.cdcdelta.sink.compact;

/**
 * What became of compacted files.
 *
 * @param installed whether they are in the table; if not, they are deleted
 * @param reason why not, for the log
 */
public record InstallResult(boolean installed, String reason, long rows, int removedFiles, int addedFiles) {
    static InstallResult abandoned(String reason) {
        return new InstallResult(false, reason, 0, 0, 0);
    }
}
