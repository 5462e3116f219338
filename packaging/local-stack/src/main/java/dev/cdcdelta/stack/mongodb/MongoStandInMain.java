package dev.cdcdelta.stack.mongodb;

/** Runs the stand-in as a process of its own. */
public final class MongoStandInMain {
    private MongoStandInMain() {}

    /** @param arguments the port */
    public static void main(String[] arguments) throws InterruptedException {
        try (MongoStandIn server = MongoStandIn.start(Integer.parseInt(arguments[0]))) {
            System.out.println("listening at " + server.uri());
            Thread.currentThread().join();
        }
    }
}
