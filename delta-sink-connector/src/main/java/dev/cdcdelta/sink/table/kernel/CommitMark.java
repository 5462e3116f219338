package dev.cdcdelta.sink.table.kernel;

/**
 * A part of the first line of a commit file that tells it from any other commit of that version: a table that was deleted and created
 * anew has the same versions.
 */
record CommitMark(String text) {
    static final CommitMark UNKNOWN = new CommitMark("");

    boolean fits(String firstLine) {
        return !text.isEmpty() && firstLine.contains(text);
    }
}
