// The package `pulumi`: what the engine itself provides.

import { randomUUID } from "node:crypto";
import { type Diff, noDiff, replaceFor } from "./diff";
import type { CheckResult, Created, Invoker, Manager, Old, ReadResult } from "./manager";
import type { State } from "./resource";
import { typeOf } from "./urn";
import { containsSecret, equal, type PropertyMap, UNKNOWN } from "./values";

const stackReference = "pulumi:pulumi:StackReference";
const stash = "pulumi:index:Stash";

const known: Readonly<Record<string, string>> = { [stackReference]: "name", [stash]: "input" };

export class Builtins implements Manager, Invoker {
  readonly same: Diff = noDiff;
  readonly #outputsOf: (stack: string) => Promise<PropertyMap>;
  readonly #find: (urn: string) => State | undefined;

  /**
   * @param outputsOf outputs of another stack of the same backend
   * @param find a resource that this run has registered or read
   */
  constructor(outputsOf: (stack: string) => Promise<PropertyMap>, find: (urn: string) => State | undefined) {
    this.#outputsOf = outputsOf;
    this.#find = find;
  }

  #key(urn: string): string {
    const key = known[typeOf(urn)];
    if (key === undefined) throw new Error(`unrecognized resource type '${typeOf(urn)}'`);
    return key;
  }

  async check(urn: string, _olds: PropertyMap | undefined, news: PropertyMap): Promise<CheckResult> {
    const key = this.#key(urn);
    const other = Object.keys(news).find((name) => name !== key);
    if (other !== undefined) {
      return { inputs: news, failures: [{ property: other, reason: `unknown property "${other}"` }] };
    }
    if (news[key] === undefined) {
      return { inputs: news, failures: [{ property: key, reason: `missing required property "${key}"` }] };
    }
    return { inputs: news, failures: [] };
  }

  async diff(urn: string, old: Old, news: PropertyMap): Promise<Diff> {
    const key = this.#key(urn);
    if (equal(news[key], old.inputs[key])) return noDiff;
    return typeOf(urn) === stackReference ? replaceFor(key) : { ...noDiff, changes: "some", changedKeys: [key] };
  }

  async create(urn: string, inputs: PropertyMap, _timeout: number, preview: boolean): Promise<Created> {
    const key = this.#key(urn);
    const input = inputs[key] ?? null;
    const outputs = typeOf(urn) === stackReference ? await this.#reference(inputs) : { input, output: input };
    return { id: preview ? "" : randomUUID(), outputs, refreshBeforeUpdate: false };
  }

  async update(urn: string, old: Old, news: PropertyMap): Promise<Omit<Created, "id">> {
    if (typeOf(urn) !== stash) throw new Error(`unrecognized resource type '${typeOf(urn)}'`);
    const outputs = { input: news["input"] ?? null, output: old.outputs["output"] ?? null };
    return { outputs, refreshBeforeUpdate: false };
  }

  async read(urn: string, id: string, inputs: PropertyMap | undefined, state: PropertyMap): Promise<ReadResult> {
    const key = this.#key(urn);
    if (inputs?.[key] === undefined) throw new Error(`${typeOf(urn)} can not be imported`);
    const outputs = typeOf(urn) === stackReference ? await this.#reference(state) : state;
    return { id, inputs, outputs, refreshBeforeUpdate: false };
  }

  async delete(): Promise<void> {}

  async invoke(token: string, args: PropertyMap): Promise<CheckResult> {
    const urn = args["urn"];
    if (token === "pulumi:pulumi:readStackOutputs") return { inputs: await this.#reference(args), failures: [] };
    if (token !== "pulumi:pulumi:getResource" || typeof urn !== "string") {
      throw new Error(`unrecognized function name: '${token}'`);
    }
    const state = this.#find(urn);
    if (state === undefined) throw new Error(`unknown resource ${urn}`);
    return { inputs: { urn, id: state.id, provider: state.provider, state: state.outputs }, failures: [] };
  }

  async #reference(inputs: PropertyMap): Promise<PropertyMap> {
    const name = inputs["name"] ?? null;
    if (typeof name !== "string") return { name, outputs: UNKNOWN, secretOutputNames: UNKNOWN };
    const outputs = await this.#outputsOf(name);
    const secretOutputNames = Object.keys(outputs).filter((key) => containsSecret(outputs[key] ?? null));
    return { name, outputs, secretOutputNames: secretOutputNames.sort() };
  }
}
