package dev.cdcdelta.admin.context;

/** A value that no log, message or report shows. */
public record Secret(String value) {
    @Override
    public String toString() {
        return "***";
    }
}
