// A thousand orders of which a tenth is changed and a hundredth deleted. May be run again: the orders are the same.
const secret = (name) => require("fs").readFileSync(`/run/secrets/${name}`, "utf8").trim();
const admin = connect("mongodb://mongodb:27017/admin?replicaSet=rs0");
admin.auth("root", secret("mongodb_root_password"));
const orders = admin.getSiblingDB("shop").orders;

const writes = [];
for (let i = 0; i < 1000; i++) {
  const order = {
    customer: `customer-${i % 37}`,
    placed: new Date(1767225600000 + i * 60000),
    total: NumberDecimal(`${(i * 7919) % 1000}.${String(i % 100).padStart(2, "0")}`),
    lines: Array.from({ length: 1 + (i % 3) }, (_, line) => ({ sku: `sku-${(i + line) % 211}`, quantity: 1 + line })),
  };
  writes.push({ replaceOne: { filter: { _id: i }, replacement: order, upsert: true } });
}
orders.bulkWrite(writes);
orders.updateMany({ _id: { $mod: [10, 3] } }, { $set: { shipped: true } });
orders.deleteMany({ _id: { $mod: [100, 99] } });
print(`shop.orders holds ${orders.countDocuments({})} documents.`);
