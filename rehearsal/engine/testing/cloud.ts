// A cloud small enough to read: one type, `toy:index:Thing`, behind a real gRPC provider.
// Inputs named `fixed...` can't change in place. `fail` refuses. `slow` is a creation's time in milliseconds.
// `restless`: it wants to be looked at before every update.
// What another thing refers to (by what was `made` of it) can't be deleted.

import { Metadata, Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import plugin from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import pb from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { inputDiff } from "../diff";
import { type PropertyMap, unknownSentinel } from "../values";

type Props = Record<string, unknown>;

interface Thing {
  readonly urn: string;
  readonly props: Props;
  /** The engine has spoken of its id. */
  known: boolean;
  /** What the provider that made or changed it last was configured with. */
  readonly by?: Props;
}

export interface Cloud {
  readonly port: number;
  readonly things: Map<string, Thing>;
  /** Every call that does something, in order: `create a`, `delete b`. */
  readonly log: string[];
  /** What it refuses to do: `update a`, `delete b`, `read c`. */
  readonly refuses: Set<string>;
  /** What it does and then says isn't ready: `create a`, `update b`, `read c`. */
  readonly ails: Set<string>;
  /** Seconds that it was given: `create a` to 60. */
  readonly timeouts: Map<string, number>;
  /** It tells changes path by path, rather than by property. */
  detailed: boolean;
  /** Called before and after a creation; may kill. */
  onCreate: (name: string, when: "before" | "after") => void;
  /** The most creations under way at once. */
  peak: number;
  stop(): void;
}

const js = (struct: Struct | undefined): Props => (struct?.toJavaScript() ?? {}) as Props;
const wire = (props: Props): Struct => Struct.fromJavaScript(props as Parameters<typeof Struct.fromJavaScript>[0]);
const changes = (old: Props, now: Props): string[] =>
  [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]),
  );
/** As providers say that a thing exists and didn't start. */
class Unready extends Error {
  readonly metadata = new Metadata();

  constructor(id: string, props: Props) {
    super("it isn't ready");
    const { made: _, ...inputs } = props;
    const detail = new pb.ErrorResourceInitFailed()
      .setId(id)
      .setProperties(wire(props))
      .setInputs(wire(inputs))
      .setReasonsList(["it coughs", "it sneezes"]);
    const any = new Any();
    any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const packed = new Status().setCode(status.UNKNOWN).setMessage(this.message).setDetailsList([any]);
    this.metadata.set("grpc-status-details-bin", Buffer.from(packed.serializeBinary()));
  }
}
const isRestless = (props: Props): boolean => props["restless"] === true;
const nameOf = (urn: string): string => urn.split("::").pop() ?? "";

export async function startCloud(): Promise<Cloud> {
  const things = new Map<string, Thing>();
  const log: string[] = [];
  const refuses = new Set<string>();
  const ails = new Set<string>();
  const timeouts = new Map<string, number>();
  // An instance of the provider is a connection.
  const configs = new Map<string, Props>();
  let count = 0;
  let busy = 0;
  const server = new Server();
  const cloud: Cloud = {
    port: 0,
    things,
    log,
    refuses,
    ails,
    timeouts,
    detailed: false,
    onCreate: () => undefined,
    peak: 0,
    stop: () => server.forceShutdown(),
  };
  const allow = (act: string) => {
    if (refuses.has(act)) throw new Error(`the cloud refuses to ${act}`);
  };
  type Call<Q> = ServerUnaryCall<Q, never>;
  const reply =
    <Q, A>(work: (request: Q, peer: string) => A | Promise<A>) =>
    (call: Call<Q>, done: sendUnaryData<A>) => {
      Promise.resolve()
        .then(() => work(call.request, call.getPeer()))
        .then(
          (answer) => done(null, answer),
          // as bridged providers do, which know no other code
          (error: Error) =>
            done({
              code: status.UNKNOWN,
              details: error.message,
              ...(error instanceof Unready && { metadata: error.metadata }),
            }),
        );
    };
  const meet = (id: string) => {
    const thing = things.get(id);
    if (thing) thing.known = true;
    return thing;
  };
  server.addService(ResourceProviderService, {
    handshake: reply(() => new pb.ProviderHandshakeResponse().setAcceptSecrets(true).setAcceptResources(true)),
    attach: reply(() => new Empty()),
    cancel: reply(() => new Empty()),
    getPluginInfo: reply(() => new plugin.PluginInfo().setVersion("1.0.0")),
    checkConfig: reply((request: pb.CheckRequest) => new pb.CheckResponse().setInputs(request.getNews())),
    diffConfig: reply((request: pb.DiffRequest) => {
      const changed = changes(js(request.getOldInputs()), js(request.getNews()));
      return new pb.DiffResponse()
        .setChanges(changed.length > 0 ? pb.DiffResponse.DiffChanges.DIFF_SOME : pb.DiffResponse.DiffChanges.DIFF_NONE)
        .setDiffsList(changed)
        .setReplacesList(changed.filter((key) => key.startsWith("fixed")));
    }),
    configure: reply((request: pb.ConfigureRequest, peer) => {
      configs.set(peer, js(request.getArgs()));
      return new pb.ConfigureResponse().setAcceptsecrets(true).setSupportspreview(true);
    }),
    check: reply((request: pb.CheckRequest) => {
      const response = new pb.CheckResponse().setInputs(request.getNews());
      if (js(request.getNews())["invalid"] !== undefined) {
        response.setFailuresList([new pb.CheckFailure().setProperty("invalid").setReason("is not a thing")]);
      }
      return response;
    }),
    diff: reply((request: pb.DiffRequest) => {
      meet(request.getId());
      const [old, now] = [js(request.getOldInputs()), js(request.getNews())];
      const changed = changes(old, now);
      const response = new pb.DiffResponse().setHasdetaileddiff(cloud.detailed);
      if (cloud.detailed) {
        for (const path of Object.keys(inputDiff(old as PropertyMap, now as PropertyMap).detailedDiff ?? {})) {
          response.getDetaileddiffMap().set(path, new pb.PropertyDiff().setKind(pb.PropertyDiff.Kind.UPDATE));
        }
      }
      return response
        .setChanges(changed.length > 0 ? pb.DiffResponse.DiffChanges.DIFF_SOME : pb.DiffResponse.DiffChanges.DIFF_NONE)
        .setDiffsList(changed)
        .setReplacesList(changed.filter((key) => key.startsWith("fixed")));
    }),
    create: reply(async (request: pb.CreateRequest, peer) => {
      const inputs = js(request.getProperties());
      if (request.getPreview()) {
        return new pb.CreateResponse().setProperties(wire({ ...inputs, made: unknownSentinel }));
      }
      const urn = request.getUrn();
      cloud.onCreate(nameOf(urn), "before");
      cloud.peak = Math.max(cloud.peak, ++busy);
      allow(`create ${nameOf(urn)}`);
      await new Promise((resolve) => setTimeout(resolve, Number(inputs["slow"] ?? 0)));
      busy--;
      if (inputs["fail"] !== undefined) throw new Error("the cloud says no");
      // What was made for somebody who never heard of it is theirs when they ask again.
      const [adopted] = [...things].find(([, thing]) => thing.urn === urn && !thing.known) ?? [];
      const id = adopted ?? `thing-${++count}`;
      const props = { ...inputs, made: `made-${id}` };
      things.set(id, { urn, props, known: false, by: configs.get(peer) ?? {} });
      timeouts.set(`create ${nameOf(urn)}`, request.getTimeout());
      log.push(`create ${nameOf(urn)}`);
      cloud.onCreate(nameOf(urn), "after");
      if (ails.has(`create ${nameOf(urn)}`)) throw new Unready(id, props);
      return new pb.CreateResponse().setId(id).setProperties(wire(props)).setRefreshBeforeUpdate(isRestless(props));
    }),
    update: reply((request: pb.UpdateRequest, peer) => {
      const thing = meet(request.getId());
      const props = { ...js(request.getNews()), made: thing?.props["made"] ?? "" };
      if (!request.getPreview()) {
        allow(`update ${nameOf(request.getUrn())}`);
        things.set(request.getId(), { urn: request.getUrn(), props, known: true, by: configs.get(peer) ?? {} });
        timeouts.set(`update ${nameOf(request.getUrn())}`, request.getTimeout());
        log.push(`update ${nameOf(request.getUrn())}`);
        if (ails.has(`update ${nameOf(request.getUrn())}`)) throw new Unready(request.getId(), props);
      }
      return new pb.UpdateResponse().setProperties(wire(props)).setRefreshBeforeUpdate(isRestless(props));
    }),
    read: reply((request: pb.ReadRequest) => {
      allow(`read ${nameOf(request.getUrn())}`);
      const thing = meet(request.getId());
      if (thing === undefined) return new pb.ReadResponse();
      if (ails.has(`read ${nameOf(request.getUrn())}`)) throw new Unready(request.getId(), thing.props);
      const { made: _, ...inputs } = thing.props;
      return new pb.ReadResponse()
        .setId(request.getId())
        .setProperties(wire(thing.props))
        .setInputs(wire(inputs))
        .setRefreshBeforeUpdate(isRestless(thing.props));
    }),
    invoke: reply((request: pb.InvokeRequest) => {
      const token = request.getTok();
      if (token !== "toy:index:find") throw new Error(`there is no function ${token}`);
      const { name, ...args } = js(request.getArgs());
      const response = new pb.InvokeResponse();
      if (name === "")
        return response.setFailuresList([new pb.CheckFailure().setProperty("name").setReason("is empty")]);
      const ids = [...things].filter(([, { urn }]) => nameOf(urn) === name).map(([id]) => id);
      return response.setReturn(wire({ ...args, ids }));
    }),
    delete: reply((request: pb.DeleteRequest) => {
      allow(`delete ${nameOf(request.getUrn())}`);
      const id = request.getId();
      const user = [...things].find(
        ([other, { props }]) => other !== id && Object.values(props).includes(`made-${id}`),
      );
      if (user) throw new Error(`${id} is in use by ${user[0]}`);
      things.delete(id);
      timeouts.set(`delete ${nameOf(request.getUrn())}`, request.getTimeout());
      log.push(`delete ${nameOf(request.getUrn())}`);
      return new Empty();
    }),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return Object.assign(cloud, { port });
}
