// Makes a replica set of the one server, and a user who may read every database and watch its changes. May be run again.
const secret = (name) => require("fs").readFileSync(`/run/secrets/${name}`, "utf8").trim();

// Without directConnection a driver waits for a primary, and there is none yet.
const admin = connect("mongodb://mongodb:27017/admin?directConnection=true");
admin.auth("root", secret("mongodb_root_password"));

try {
  admin.adminCommand({ replSetGetStatus: 1 });
} catch (error) {
  if (error.codeName !== "NotYetInitialized") {
    throw error;
  }
  admin.adminCommand({ replSetInitiate: { _id: "rs0", members: [{ _id: 0, host: "mongodb:27017" }] } });
}
for (let tries = 0; !admin.hello().isWritablePrimary; tries++) {
  if (tries === 120) {
    throw new Error("The replica set has no primary after a minute. See the server's log: docker compose logs mongodb");
  }
  sleep(500);
}

const cdc = { pwd: secret("mongodb_cdc_password"), roles: ["readAnyDatabase", "clusterMonitor"] };
if (admin.getUser("cdc") === null) {
  admin.createUser({ user: "cdc", ...cdc });
} else {
  admin.updateUser("cdc", cdc);
}
print("The replica set rs0 has a primary, and the user cdc may read it.");
