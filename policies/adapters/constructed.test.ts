// Every fixture, right and broken, as a program would make it: through the class of the installed SDK, and what that
// registers through the pack's own process over the analyzer protocol.
import assert from "node:assert/strict";
import type { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { evaluate, type Resource } from "../evaluate";
import { fixtures } from "../fixtures";
import { type Change, changed, type Fixture, placeOf, resources } from "../fixtures/fixture";
import { secure } from "../golden/secure";
import { isUnknown, read } from "../read";
import { platforms } from "../rule";
import { rules } from "../rules";
import { type Constructed, classOf, constructAll } from "./constructed";
import { analyzeRequest, call, PackProcess, settingsRequest, stackRequest } from "./engine";

interface Tried {
  readonly fixture: Fixture;
  /** What is broken: a property, or a companion that is left out. */
  readonly change: Change | number | undefined;
  readonly all: readonly Resource[];
}
const tried: readonly Tried[] = fixtures.flatMap((fixture) =>
  [undefined, ...fixture.breaks, ...fixture.needs].map((change): Tried => {
    const all = resources(fixture.cloud, typeof change === "object" ? changed(fixture.made, change) : fixture.made);
    return { fixture, change, all: all.filter((_, index) => index !== change) };
  }),
);

/** What a class puts right by itself: it marks the value as a secret, or has one API version alone. */
const mended = [
  "secrets-database-managed-password gcp:sql/databaseInstance:DatabaseInstance rootPassword",
  "secrets-pulumi-secret-outputs aws:elasticache/replicationGroup:ReplicationGroup @secretInputs",
  "secrets-pulumi-secret-outputs aws:dms/endpoint:Endpoint @secretInputs",
  "secrets-pulumi-secret-outputs gcp:compute/sSLCertificate:SSLCertificate @secretInputs",
  "secrets-pulumi-secret-outputs kubernetes:core/v1:Secret @secretInputs",
  "governance-no-preview-or-deprecated-api kubernetes:networking.k8s.io/v1:Ingress apiVersion",
];
const told = ({ fixture, change, all }: Tried) => {
  const what = typeof change === "object" ? change[0] : change === undefined ? "as it is" : `without ${change}`;
  return `${fixture.rule} ${all[0]?.type} ${what}`;
};

/** A change that takes away what the class insists on: no program can make it. */
const isRefused = ({ fixture, change }: Tried, { refused }: Constructed): boolean => {
  if (typeof change !== "object") return false;
  const { index, property } = placeOf(change[0]);
  const top = property.split(".")[0] ?? property;
  return refused.includes(`${index}:${top}`) && read(fixture.made[index]?.[1], top) !== undefined;
};

const failing = (response: proto.AnalyzeResponse, rule: string, urn: string): boolean =>
  response.getDiagnosticsList().some((one) => one.getPolicyname() === rule && one.getUrn() === urn);

describe("the rules on what the SDKs register", () => {
  let made: readonly Constructed[];
  let pack: PackProcess;
  let client: AnalyzerClient;
  before(async () => {
    pack = new PackProcess();
    client = await pack.connect();
    made = await constructAll(tried.map(({ all }) => all));
  });
  after(async () => {
    client.close();
    await pack.stop();
  });
  const analyze = (one: Resource) =>
    call<proto.AnalyzeRequest, proto.AnalyzeResponse>(client, client.analyze, analyzeRequest(one));
  const analyzeStack = (all: readonly Resource[]) =>
    call<proto.AnalyzeStackRequest, proto.AnalyzeResponse>(client, client.analyzeStack, stackRequest(all));
  const built = (index: number): Constructed => made[index] ?? assert.fail();

  it("find a class for every type that isn't a cluster's custom resource", () => {
    const types = [...new Set(tried.flatMap(({ all }) => all.map(({ type }) => type)))];
    const missing = types.filter((type) => !classOf(type) && !/^kubernetes:[a-z0-9.-]+\.[a-z]+\/v\w+:\w+$/.test(type));
    assert.deepEqual(missing, []);
  });

  it("are tried on every rule and platform, whatever the SDKs refuse to make", () => {
    const possible = tried.filter((one, index) => one.change !== undefined && !isRefused(one, built(index)));
    const had = new Set(possible.map(({ fixture }) => `${fixture.rule} ${fixture.cloud}`));
    const broken = fixtures.filter(({ breaks, needs }) => breaks.length + needs.length > 0);
    const missing = broken.map(({ rule, cloud }) => `${rule} ${cloud}`).filter((one) => !had.has(one));
    assert.deepEqual([...new Set(missing)], []);
  });

  it("judge each as the plain fixture, in process", () => {
    const statuses = ({ fixture }: Tried, all: readonly Resource[]) =>
      evaluate(all, { rules: rules.filter(({ id }) => id === fixture.rule), settings: fixture.settings })
        .filter(({ urn, status }) => urn === all[0]?.urn && status !== "not-applicable")
        .map(({ status }) => status)
        .sort()
        .join(", ");
    const differing = tried.flatMap((one, index) => {
      if (isRefused(one, built(index)) || mended.includes(told(one))) return [];
      const [plain, registered] = [statuses(one, one.all), statuses(one, built(index).resources)];
      return plain === registered ? [] : [`${told(one)}: ${plain}, but ${registered} as registered`];
    });
    assert.deepEqual(differing, []);
  });

  it("tell each broken one, and no right one, over the protocol", async () => {
    const wrong: string[] = [];
    for (const [index, one] of tried.entries()) {
      const { resources: all } = built(index);
      const [first] = all;
      if (!first || isRefused(one, built(index))) continue;
      await call(client, client.configure, settingsRequest(one.fixture.settings));
      const answers = [...(await Promise.all(all.map((each) => analyze(each)))), await analyzeStack(all)];
      const fails = answers.some((answer) => failing(answer, one.fixture.rule, first.urn));
      if (fails !== (one.change !== undefined && !mended.includes(told(one)))) wrong.push(told(one));
    }
    assert.deepEqual(wrong, []);
  });

  it("find nothing in the secure stacks, built by their classes", async () => {
    const stacks = platforms.map((platform) => resources(platform, secure[platform]));
    for (const [index, { resources: all, refused }] of (await constructAll(stacks)).entries()) {
      const failed = evaluate(all, { environment: "prod" }).filter(({ status }) => status === "fail");
      assert.deepEqual(
        failed.map(({ rule, urn, path }) => `${rule} ${urn} ${path}`),
        [],
      );
      assert.deepEqual(refused, [], platforms[index]);
    }
  });

  it("see nothing known that the fixtures leave out", () => {
    for (const [index, { all }] of tried.entries())
      for (const [position, one] of built(index).resources.entries())
        for (const property of built(index).refused.filter((each) => each.startsWith(`${position}:`)))
          assert.ok(isUnknown(read(one.inputs, placeOf(property).property)), `${all[position]?.type} ${property}`);
  });
});
