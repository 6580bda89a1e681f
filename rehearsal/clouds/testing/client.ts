// What an engine does to a provider, in plain values: for tests.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { type Clouds, type CloudsOptions, startClouds } from "../index";
import type { RawProps } from "../wire";
import { toy } from "./toy";

const struct = (props: RawProps): Struct => Struct.fromJavaScript(props as Record<string, JavaScriptValue>);
const plain = (value: Struct | undefined): RawProps => (value?.toJavaScript() ?? {}) as RawProps;

export interface Resource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Custom timeout of a create, in seconds. */
  readonly timeout?: number;
}

export const resource = (type: string, name: string): Resource => ({
  urn: `urn:pulumi:dev::house::${type}::${name}`,
  type,
  name,
});

/** One provider instance: a connection of its own, configured when asked. */
export class Engine {
  readonly #client: ResourceProviderClient;

  constructor(port: number) {
    this.#client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure(), {
      "grpc.use_local_subchannel_pool": 1,
    });
  }

  /** Any method, by its name in the protocol. */
  call<Response>(method: string, request: unknown): Promise<Response> {
    return new Promise((resolve, reject) => {
      const client = this.#client as unknown as Record<string, (...args: unknown[]) => void>;
      client[method]!(request, (error: Error | null, response: Response) =>
        error === null ? resolve(response) : reject(error),
      );
    });
  }

  async configure(config: RawProps = { region: "r1" }): Promise<this> {
    await this.call("configure", new pb.ConfigureRequest().setArgs(struct(config)));
    return this;
  }

  async check(of: Resource, news: RawProps, olds: RawProps = {}, autonaming?: pb.CheckRequest.AutonamingOptions) {
    const request = new pb.CheckRequest().setUrn(of.urn).setNews(struct(news)).setOlds(struct(olds));
    request.setType(of.type).setName(of.name).setAutonaming(autonaming);
    const response = await this.call<pb.CheckResponse>("check", request);
    return {
      inputs: plain(response.getInputs()),
      failures: response.getFailuresList().map((one) => `${one.getProperty()}: ${one.getReason()}`),
    };
  }

  async diff(of: Resource, id: string, oldInputs: RawProps, news: RawProps, olds: RawProps = {}) {
    const request = new pb.DiffRequest().setUrn(of.urn).setId(id).setType(of.type).setName(of.name);
    request.setOldInputs(struct(oldInputs)).setOlds(struct(olds)).setNews(struct(news));
    const response = await this.call<pb.DiffResponse>("diff", request);
    const kinds = ["add", "add-replace", "delete", "delete-replace", "update", "update-replace"];
    return {
      changes: response.getChanges() === pb.DiffResponse.DiffChanges.DIFF_SOME,
      replaces: response.getReplacesList(),
      first: response.getDeletebeforereplace(),
      detail: Object.fromEntries(
        response
          .getDetaileddiffMap()
          .toArray()
          .map(([path, one]) => [path, kinds[(one as unknown as [number])[0] ?? 0]]),
      ),
    };
  }

  async create(of: Resource, inputs: RawProps, preview = false) {
    const request = new pb.CreateRequest().setUrn(of.urn).setType(of.type).setName(of.name).setPreview(preview);
    request.setTimeout(of.timeout ?? 0);
    const response = await this.call<pb.CreateResponse>("create", request.setProperties(struct(inputs)));
    return { id: response.getId(), outputs: plain(response.getProperties()) };
  }

  /** What the engine does for a new resource: check, then create. */
  async make(of: Resource, inputs: RawProps) {
    const checked = await this.check(of, inputs);
    if (checked.failures.length > 0) throw new Error(checked.failures.join("; "));
    return { ...(await this.create(of, checked.inputs)), inputs: checked.inputs };
  }

  async update(
    of: Resource,
    id: string,
    old: { readonly inputs: RawProps; readonly outputs: RawProps },
    news: RawProps,
    preview = false,
  ): Promise<RawProps> {
    const request = new pb.UpdateRequest().setUrn(of.urn).setId(id).setType(of.type).setName(of.name);
    request.setOldInputs(struct(old.inputs)).setOlds(struct(old.outputs)).setNews(struct(news)).setPreview(preview);
    return plain((await this.call<pb.UpdateResponse>("update", request)).getProperties());
  }

  async delete(of: Resource, id: string): Promise<void> {
    const request = new pb.DeleteRequest().setUrn(of.urn).setId(id).setType(of.type).setName(of.name);
    await this.call("delete", request);
  }

  /** Without `old`: an import. */
  async read(of: Resource, id: string, old?: { readonly inputs: RawProps; readonly outputs: RawProps }) {
    const request = new pb.ReadRequest().setUrn(of.urn).setId(id).setType(of.type).setName(of.name);
    if (old !== undefined) request.setInputs(struct(old.inputs)).setProperties(struct(old.outputs));
    const response = await this.call<pb.ReadResponse>("read", request);
    return { id: response.getId(), inputs: plain(response.getInputs()), outputs: plain(response.getProperties()) };
  }

  async invoke(token: string, args: RawProps) {
    const request = new pb.InvokeRequest().setTok(token).setArgs(struct(args));
    const response = await this.call<pb.InvokeResponse>("invoke", request);
    return { result: plain(response.getReturn()), failures: response.getFailuresList().map((one) => one.getReason()) };
  }

  close(): void {
    (this.#client as unknown as Client).close();
  }
}

export interface Stage {
  readonly folder: string;
  readonly clouds: Clouds;
  /** Configured; closed with the stage. */
  readonly engine: Engine;
  /** Another provider instance. */
  connect(): Engine;
}

/** A stage for the length of a test. `folder`: one that is there already, and stays. */
export async function withStage<T>(
  act: (stage: Stage) => Promise<T>,
  options: Pick<CloudsOptions, "packages" | "faults" | "onCrash" | "quotas" | "now"> & {
    readonly folder?: string;
    /** Whether `engine` is configured for the toy cloud. @default true */
    readonly configure?: boolean;
  } = {},
): Promise<T> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "clouds-"));
  const packages = options.packages ?? [toy];
  const { folder: _, configure = true, ...rest } = options;
  const clouds = await startClouds({ ...rest, stage: folder, packages, environment: {} });
  const engines: Engine[] = [];
  const connect = (): Engine => {
    const engine = new Engine(clouds.ports[packages[0]!.name]!);
    engines.push(engine);
    return engine;
  };
  try {
    const engine = connect();
    return await act({ folder, clouds, engine: configure ? await engine.configure() : engine, connect });
  } finally {
    for (const engine of engines) engine.close();
    await clouds.stop();
    if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
  }
}
