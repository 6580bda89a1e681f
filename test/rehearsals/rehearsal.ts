// Every shipped stack on every cloud, through its whole life (design.md, section 5, level 3), on the built-in engine: that
// the CLI does the same is for ../agreement. A file a cloud, so that they run side by side.
import assert from "node:assert/strict";
import { type Cloud, clouds } from "../../components/cloud";
import { defaultRegion } from "../../components/regions";
import { shipped, stackFile } from "../stack-file";
import { Stage, type Told } from "../stage";

/** The stack file's value of a key with something changed, as `pulumi config` hands it over. */
function edited(stack: string, key: string, change: object): string {
  const { config } = stackFile(stack) as { readonly config: Readonly<Record<string, object | undefined>> };
  return JSON.stringify({ ...config[key], ...change });
}

const succeeded = (told: Told) => assert.equal(told.status, "succeeded", told.errors.join("\n"));

interface Rehearsal {
  readonly name: string;
  readonly stack: string;
  readonly cloud: Cloud;
  readonly config?: Readonly<Record<string, object>>;
}

const inside = { compute: { deployFrom: "inside" } };
const rehearsals: readonly Rehearsal[] = [
  ...clouds.flatMap((cloud) => shipped.map((stack) => ({ name: `${stack} on ${cloud}`, stack, cloud }))),
  // Second sites (DR-02, DR-06, DR-10): every cloud with a standby region, one with its copies on each of the others.
  {
    ...{ name: "prod on aws with a warm standby in another region", stack: "prod", cloud: "aws" },
    config: { dr: { region: "us-west-2", mode: "warm-standby" } },
  },
  {
    ...{ name: "prod on azure with a pilot light in another region", stack: "prod", cloud: "azure" },
    config: { dr: { region: "centralus", mode: "pilot-light" } },
  },
  {
    ...{ name: "prod on gcp with a warm standby in another region", stack: "prod", cloud: "gcp" },
    config: { dr: { region: "us-east1", mode: "warm-standby" } },
  },
  {
    ...{ name: "prod on aws with copies on azure", stack: "prod", cloud: "aws" },
    config: { ...inside, dr: { secondaryCloud: "azure", mode: "backup-restore", rtoMinutes: 360, rpoMinutes: 60 } },
  },
  {
    ...{ name: "prod on aws with copies on gcp", stack: "prod", cloud: "aws" },
    config: { ...inside, dr: { secondaryCloud: "gcp", mode: "pilot-light", rtoMinutes: 300, rpoMinutes: 60 } },
  },
];

/** The rehearsals of the stacks whose first site is on this cloud. */
export function rehearseOn(first: Cloud): void {
  for (const { name, stack, cloud, config = {} } of rehearsals.filter((one) => one.cloud === first))
    describe(`rehearsal of ${name}`, () => {
      const stage = new Stage();
      const place = {
        ...{ "trifold:cloud": cloud, "trifold:region": defaultRegion[cloud] },
        ...Object.fromEntries(Object.entries(config).map(([key, value]) => [`trifold:${key}`, JSON.stringify(value)])),
      };
      after(() => stage.close());

      it("previews: plans to create everything, with no finding", async () => {
        const told = await stage.run("preview", stack, { config: place });
        succeeded(told);
        assert.deepEqual(Object.keys(told.steps), ["create"]);
        assert.deepEqual(failures(told), []);
        assert.deepEqual(stage.resources(stack), []);
      });

      if (config["dr"] && "region" in config["dr"])
        it("promotes nothing that isn't there yet: refused in the plan, by its setting", async () => {
          const dr = JSON.stringify({ ...config["dr"], active: true });
          const { status, errors } = await stage.run("preview", stack, { config: { ...place, "trifold:dr": dr } });
          assert.equal(status, "failed");
          assert.match(errors.join("\n"), /dr\.active.*run `pulumi up` with false first/);
        });

      it("ups: creates it all, with no finding, and holds just what the account holds", async () => {
        const told = await stage.run("up", stack, { config: place });
        succeeded(told);
        assert.deepEqual(Object.keys(told.steps), ["create"]);
        assert.deepEqual(told.findings, []);
        const ids = stage
          .resources(stack)
          .flatMap(({ type, id, custom }) => (custom && !/^pulumi:/.test(type) ? [`${type} ${id}`] : []));
        const there = (await stage.clouds()).account.entries().map(({ type, id }) => `${type} ${id}`);
        assert.ok(ids.length > 50);
        assert.deepEqual(ids.sort(), [...there].sort());
      });

      it("ups again: changes nothing", async () => {
        const told = await stage.run("up", stack, { config: place });
        succeeded(told);
        assert.deepEqual(told.steps, {});
      });

      it("refreshes: finds nothing but what has come about by itself, which an up leaves", async () => {
        const told = await stage.run("refresh", stack, { config: place });
        succeeded(told);
        const found = Object.values(told.steps).flat();
        assert.deepEqual(
          found.filter((urn) => !comesAbout(urn)),
          [],
        );
        if (found.length === 0) return;
        for (const operation of ["up", "refresh"] as const) {
          const again = await stage.run(operation, stack, { config: place });
          assert.deepEqual(Object.keys(again.changes), ["same"], operation);
        }
      });

      it("takes an edit in place", async () => {
        const config = { ...place, "trifold:database": edited(stack, "trifold:database", { slowQueryMs: 321 }) };
        const told = await stage.run("up", stack, { config });
        succeeded(told);
        assert.deepEqual(Object.keys(told.steps), ["update"]);
        assert.match(JSON.stringify(stage.resources(stack).map((one) => one.inputs)), /"321"/);
      });

      it("destroys: leaves the account empty, once what protects it is switched off", async () => {
        const open = {
          ...place,
          "trifold:safeguards": JSON.stringify({ deletionProtection: false }),
        };
        succeeded(await stage.run("up", stack, { config: open, policyPacks: [] }));
        succeeded(await stage.run("destroy", stack, { config: open }));
        assert.deepEqual(stage.resources(stack), []);
        const left = (await stage.clouds()).account.entries().filter(({ type, urn }) => !outlives(type, urn));
        assert.deepEqual(
          left.map(({ type, id }) => `${type} ${id}`),
          [],
        );
      });
    });
}

/**
 * What no destroy takes away: a locked log bucket keeps its entries until their time is over, and plans of Defender are the
 * subscription's, which Azure has no deletion for.
 */
const outlives = (type: string, urn: string) =>
  type === "azure-native:security:Pricing" ||
  (type === "gcp:logging/projectBucketConfig:ProjectBucketConfig" && /::(standby-)?audit-trail$/.test(urn));

/** A peering of Azure's is Connected once the other one leads back, and azure-native takes that for a changed input. */
const comesAbout = (urn: string) => urn.includes(":VirtualNetworkPeering::");

/** Findings that are not the honest "unknown" of a first preview. */
const failures = (told: Told) => told.findings.filter((line) => !/not (yet )?known|unknown/i.test(line));
