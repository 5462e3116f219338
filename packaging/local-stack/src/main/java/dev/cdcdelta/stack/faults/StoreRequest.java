package dev.cdcdelta.stack.faults;

/**
 * The request line.
 *
 * @param target path and query as sent
 */
public record StoreRequest(String method, String target) {
    /** Whether it creates or replaces an object under a name that ends so. */
    public boolean puts(String suffix) {
        return method.equals("PUT") && path().endsWith(suffix);
    }

    /** Whether it reads an object; one of a bucket asks for a list. */
    public boolean gets() {
        return method.equals("GET") && path().indexOf('/', 1) > 0 && !path().endsWith("/");
    }

    /** Whether it is about the objects below the path. */
    public boolean isBelow(String path) {
        return target.contains(path);
    }

    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
