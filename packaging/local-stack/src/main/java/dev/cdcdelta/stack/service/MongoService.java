package dev.cdcdelta.stack.service;

import dev.cdcdelta.stack.mongodb.MongoStandIn;
import dev.cdcdelta.stack.mongodb.MongoStandInMain;
import dev.cdcdelta.stack.process.ProcessSpec;
import dev.cdcdelta.stack.process.Readiness;
import java.util.List;

/** The MongoDB stand-in. */
public record MongoService(int port) {
    public String uri() {
        return "mongodb://127.0.0.1:" + port + "/?replicaSet=" + MongoStandIn.REPLICA_SET;
    }

    public ProcessSpec process(Installation installation, StackDirectory directory) {
        return new ProcessSpec(
                "MongoDB stand-in",
                List.of(installation.library()),
                JvmOptions.of("1g", "warn", directory),
                new ProcessSpec.Program(MongoStandInMain.class.getName(), List.of(Integer.toString(port))),
                directory.log("mongodb"),
                Readiness.port(port));
    }
}
