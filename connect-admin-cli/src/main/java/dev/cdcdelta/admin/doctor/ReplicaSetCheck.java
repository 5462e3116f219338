package dev.cdcdelta.admin.doctor;

import java.util.List;

/** Change streams are there on replica sets and sharded clusters only. */
public final class ReplicaSetCheck implements Check {
    private final MongoSide mongo;

    public ReplicaSetCheck(MongoSide mongo) {
        this.mongo = mongo;
    }

    @Override
    public String name() {
        return "replica set";
    }

    @Override
    public List<Diagnosis> run() {
        MongoSide.Member member = mongo.member();
        if (member.sharded()) {
            return List.of(Diagnosis.ok(name(), "A sharded cluster."));
        }
        if (member.replicaSet() == null) {
            return List.of(Diagnosis.failed(
                    name(),
                    "MongoDB is a server of its own, not a replica set.",
                    "Such a server has no change streams, so the source connector sees no change.",
                    "Start mongod with --replSet NAME and run rs.initiate() once; one member is enough."));
        }
        return List.of(
                member.primary() == null
                        ? Diagnosis.failed(
                                name(),
                                "The replica set " + member.replicaSet() + " has no primary.",
                                "Nothing is written, and change streams wait.",
                                "Look at rs.status(): a majority of the members must be up and reach each other.")
                        : Diagnosis.ok(
                                name(), "Replica set " + member.replicaSet() + ", primary " + member.primary() + "."));
    }
}
