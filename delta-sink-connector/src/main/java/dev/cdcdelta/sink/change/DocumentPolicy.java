package dev.cdcdelta.sink.change;

/**
 * How documents are read.
 *
 * @param appliesUpdates whether an update that comes without its document is applied to the stored row, not left out
 * @param keepsText whether tables keep the whole document as text
 */
public record DocumentPolicy(boolean appliesUpdates, boolean keepsText) {
    public static final DocumentPolicy DEFAULT = new DocumentPolicy(false, false);
}
