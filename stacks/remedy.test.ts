import assert from "node:assert/strict";
import { resolve } from "./settings";

const remedies = (values: Readonly<Record<string, unknown>>) => {
  const least = {
    app: "goodies",
    environment: "prod",
    cloud: "aws",
    tags: { owner: "team@example.com", costCentre: "1001" },
  };
  const texts = Object.entries({ ...least, ...values }).map(([key, value]) => [
    key,
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  const told = resolve({
    namespace: "trifold",
    values: Object.fromEntries(texts),
    secrets: new Set(),
    rehearsal: false,
  });
  return told.problems.map(({ remedy }) => remedy);
};
const tagged = (extra: unknown) => ({ tags: { owner: "team@example.com", costCentre: "1001", extra } });

describe("a remedy", () => {
  it("is a command that a shell takes: for a list by its first item, for a wrong tag by its removal", () => {
    assert.deepEqual(remedies(tagged({ Team: "x" })), ["pulumi config rm --path 'trifold:tags.extra.Team'"]);
    assert.deepEqual(remedies(tagged(["a"])), ["Write it as a map in the stack file."]);
    const subnets = (name: string) => [`projects/p/regions/x/subnetworks/${name}`];
    const existing = {
      id: "projects/p/global/networks/n",
      secondaryRanges: { pods: "pods", services: "services" },
      cidr: "10.64.0.0/16",
      subnets: { public: subnets("a"), private: subnets("b"), data: subnets("c") },
    };
    const [first] = remedies({ network: { existing } }).filter((one) => one.includes("subnets.data"));
    assert.match(first ?? "", /'trifold:network\.existing\.subnets\.data\[0\]' subnet-/);
  });
});
