// Topics, queues and tables: a good example, and what AWS would refuse of it.
import type { Example } from "../testing/sample";

export const commonExamples: readonly Example[] = [
  { type: "aws:sns/topic:Topic", good: { name: "orders" }, bad: [[{ name: "or ders" }, "name"]] },
  {
    type: "aws:sqs/queue:Queue",
    good: { name: "orders.fifo", fifoQueue: true },
    bad: [
      [{ visibilityTimeoutSeconds: 50000 }, "visibilityTimeoutSeconds"],
      [{ messageRetentionSeconds: 1 }, "messageRetentionSeconds"],
    ],
  },
  {
    type: "aws:dynamodb/table:Table",
    good: { name: "orders", hashKey: "id", attributes: [{ name: "id", type: "S" }], billingMode: "PAY_PER_REQUEST" },
    bad: [
      [{ hashKey: "key" }, "attributes", /key is not defined/],
      [{ billingMode: "PROVISIONED" }, "readCapacity"],
      [{ attributes: [{ name: "id", type: "string" }] }, "attributes.0.type"],
    ],
  },
];
