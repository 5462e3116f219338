package dev.cdcdelta.sink.table.kernel;

import java.net.URI;

/** Paths of the Delta log: URIs, relative to the table or absolute (PROTOCOL.md, Add File and Remove File). */
public final class TablePaths {
    private TablePaths() {}

    public static String absolute(String location, String path) {
        URI uri = URI.create(path);
        if (uri.isAbsolute()) {
            return uri.getScheme() + ":" + (uri.getAuthority() == null ? "" : "//" + uri.getAuthority())
                    + uri.getPath();
        }
        return uri.getPath().startsWith("/") ? uri.getPath() : location + "/" + uri.getPath();
    }
}
