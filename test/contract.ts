// What holds for every component on every cloud, in a first preview and in an up.
import assert from "node:assert/strict";
import { type Cloud, clouds as everyCloud } from "../components/cloud";
import type { Environment } from "../components/site";
import { evaluate } from "../policies/evaluate";
import { type Recording, type Registration, record } from "./recorder";
import { groundOn } from "./sites";

export type Ground = ReturnType<typeof groundOn>;

export interface Contract {
  /** Type token of the component under test. */
  readonly token: string;
  /** Ways to build it: at least "defaults" and "everything set". */
  readonly builds: Readonly<Record<string, (ground: Ground) => unknown>>;
  readonly environments?: readonly Environment[];
  /** Where it is there to be built: what the other clouds do by themselves is refused on them. @default every cloud */
  readonly clouds?: readonly Cloud[];
  /**
   * What the policy pack says of a build that is relaxed on purpose, or lacks what another component brings: rule ids by
   * build, `aws secrets-rotation` for one cloud alone. @default nothing
   */
  readonly findings?: Readonly<Record<string, readonly string[]>>;
}

/** The registrations under a component, itself left out. */
export const inside = (recording: Recording, token: string): Registration[] =>
  recording.registrations.filter((one) => one.urn.includes(`${token}$`));

/** The one registration of a type; an error that lists what there is. */
export function the(recording: Recording, type: string, name?: string): Registration {
  const found = recording.registrations.filter((one) => one.type === type && (name === undefined || one.name === name));
  assert.equal(found.length, 1, `${found.length} of ${type} ${name ?? ""}: ${found.map((one) => one.name).join(", ")}`);
  return found[0] as Registration;
}

/** Runs one build on one cloud. */
export const build = (
  cloud: Cloud,
  make: (ground: Ground) => unknown,
  preview: boolean,
  environment: Environment = "prod",
) => record(() => void make(groundOn(cloud, environment)), { preview });

/** Declares the tests that every capability shares (design.md, section 5, level 2). */
export function itKeepsTheContract({
  token,
  builds,
  environments = ["dev", "prod"],
  clouds = everyCloud,
  findings = {},
}: Contract): void {
  for (const cloud of clouds)
    for (const environment of environments)
      for (const [how, make] of Object.entries(builds))
        for (const preview of [true, false])
          describe(`${token} on ${cloud}, ${environment}, ${how}, ${preview ? "preview" : "up"}`, () => {
            let recording: Recording;
            before(async () => {
              recording = await build(cloud, make, preview, environment);
            });

            it("is what the cloud would take", () => {
              assert.deepEqual(recording.refusals, []);
            });

            it("keeps every child under a component, on the site's explicit provider", () => {
              const own = recording.registrations.filter(
                (one) => one.custom && /^(aws|azure-native|gcp):/.test(one.type),
              );
              assert.ok(inside(recording, token).length > 0, "nothing was built");
              for (const one of own) {
                assert.match(one.parent, /trifold:/, `${one.urn} has no component above it`);
                assert.match(one.provider, /::(primary|standby)[^:]*::/, `${one.urn} runs on a default provider`);
              }
            });

            it("passes the policy pack, but for what was relaxed on purpose", () => {
              const found = evaluate(recording.registrations, { environment, preview });
              const failed = found.filter((one) => one.status === "fail");
              // A preview may leave open what the up then finds.
              const noticed = preview
                ? found.filter(({ status }) => status === "fail" || status === "unknown")
                : failed;
              const relaxed = (findings[how] ?? [])
                .filter((one) => !one.includes(" ") || one.startsWith(`${cloud} `))
                .map((one) => one.replace(/^\S+ /, ""));
              assert.deepEqual(
                failed.filter((one) => !relaxed.includes(one.rule)),
                [],
              );
              for (const rule of relaxed)
                assert.ok(
                  noticed.some((one) => one.rule === rule),
                  `${rule} did not notice`,
                );
            });
          });

  it(`${token} has the same outputs on ${clouds.length === everyCloud.length ? "every cloud" : clouds.join(", ")}`, async () => {
    const keys = await Promise.resolve().then(async () => {
      const all: string[][] = [];
      for (const cloud of clouds) {
        const recording = await build(cloud, Object.values(builds)[0] as (ground: Ground) => unknown, false);
        const component = recording.registrations.find((one) => one.type === token);
        assert.ok(component);
        all.push(Object.keys(recording.componentOutputs.get(component.urn) ?? {}).sort());
      }
      return all;
    });
    for (const other of keys.slice(1)) assert.deepEqual(other, keys[0]);
  });
}
