// Pulumi's resource-provider protocol, request by request. Everything that isn't protocol is in provider.ts.
import { Metadata, type StatusObject, status } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { checkConfig, configOf, diffConfig, placeOf } from "./configuration";
import type { Verdict } from "./diff";
import { Disconnected, Unready } from "./faults-effect";
import type { Autonaming } from "./names";
import type { Provider } from "./provider";
import type { Place, Refusal } from "./row";
import { type Existing, Refused, type Subject } from "./subject";
import type { RawProps } from "./wire";

const fromStruct = (struct: Struct | undefined): RawProps => (struct?.toJavaScript() ?? {}) as RawProps;
const toStruct = (props: RawProps): Struct => Struct.fromJavaScript(props as Record<string, JavaScriptValue>);

interface Named {
  getUrn(): string;
  getType(): string;
  getName(): string;
  /** Custom timeout in seconds, in the requests that may have one. */
  getTimeout?(): number;
}

/** Older engines give the URN alone. */
function subject(request: Named): Subject {
  const urn = request.getUrn();
  const [, , types = "", ...name] = urn.split("::");
  return {
    urn,
    type: request.getType() || (types.split("$").at(-1) ?? ""),
    name: request.getName() || name.join("::"),
    ...(request.getTimeout === undefined ? {} : { timeout: request.getTimeout() }),
  };
}

const existing = (request: Named & { getId(): string }): Existing => ({ ...subject(request), id: request.getId() });

const failure = ({ property, reason }: Refusal): pb.CheckFailure =>
  new pb.CheckFailure().setProperty(property).setReason(reason);

type Handler<Request, Response> = (request: Request, peer: string) => Response | Promise<Response>;

/** Answers to one connection of many, named by `peer`. Rejects with what goes onto the wire: a `Failure`. */
export type Answers = Readonly<Record<string, (request: unknown, peer: string) => Promise<unknown>>>;

/** A status as gRPC tells it. */
export class Failure extends Error {
  constructor(readonly status: Partial<StatusObject>) {
    super(status.details ?? "");
  }
}

/** What a provider answers; every connection is one instance of it with a configuration of its own. */
export function answersOf(
  provider: Provider,
  version: string,
  environment: Readonly<Record<string, string | undefined>>,
): Answers {
  const { pkg } = provider;
  const places = new Map<string, Place>();

  /** An idle connection may be made anew: where only one place was ever configured, it can't be another. */
  const place = (peer: string): Place => {
    const found = places.get(peer);
    if (found !== undefined) return found;
    const known = new Map([...places.values()].map((one) => [JSON.stringify(one), one]));
    const [only] = known.values();
    if (known.size === 1 && only !== undefined) return only;
    throw new Refused(`the provider ${pkg.name} was asked to work before it was configured`);
  };

  const handlers = {
    attach: () => new Empty(),
    cancel: () => new Empty(),
    getPluginInfo: () => new PluginInfo().setVersion(version),
    handshake: () =>
      new pb.ProviderHandshakeResponse()
        .setAcceptSecrets(true)
        .setAcceptResources(true)
        .setAcceptOutputs(true)
        .setSupportsAutonamingConfiguration(true),
    getSchema: () =>
      new pb.GetSchemaResponse().setSchema(JSON.stringify({ name: pkg.name, version, resources: {}, functions: {} })),
    checkConfig: (request: pb.CheckRequest) => {
      const news = fromStruct(request.getNews());
      const refusals = checkConfig(pkg, news, environment);
      return new pb.CheckResponse().setInputs(toStruct(news)).setFailuresList(refusals.map(failure));
    },
    diffConfig: (request: pb.DiffRequest) =>
      diffResponse(diffConfig(pkg, fromStruct(request.getOldInputs()), fromStruct(request.getNews()), environment)),
    configure: (request: pb.ConfigureRequest, peer: string) => {
      const config = configOf(
        pkg,
        fromStruct(request.getArgs()),
        Object.fromEntries(request.getVariablesMap().toArray()),
      );
      places.set(peer, placeOf(pkg, config, environment));
      return new pb.ConfigureResponse()
        .setAcceptsecrets(true)
        .setAcceptresources(true)
        .setAcceptoutputs(true)
        .setSupportspreview(true)
        .setSupportsAutonamingConfiguration(true);
    },
    check: async (request: pb.CheckRequest, peer: string) => {
      const [news, olds] = [fromStruct(request.getNews()), fromStruct(request.getOlds())];
      const checked = await provider.check(subject(request), place(peer), news, olds, autonaming(request));
      return new pb.CheckResponse().setInputs(toStruct(checked.inputs)).setFailuresList(checked.failures.map(failure));
    },
    diff: async (request: pb.DiffRequest, peer: string) => {
      const [inputs, olds] = [fromStruct(request.getOldInputs()), fromStruct(request.getOlds())];
      const news = fromStruct(request.getNews());
      return diffResponse(await provider.diff(existing(request), place(peer), inputs, olds, news));
    },
    create: async (request: pb.CreateRequest, peer: string) => {
      const inputs = fromStruct(request.getProperties());
      const { id, outputs } = await provider.create(subject(request), place(peer), inputs, request.getPreview());
      return new pb.CreateResponse().setId(id).setProperties(toStruct(outputs));
    },
    read: async (request: pb.ReadRequest, peer: string) => {
      const inputs = request.hasInputs() ? fromStruct(request.getInputs()) : undefined;
      const was = { inputs, outputs: fromStruct(request.getProperties()) };
      const found = await provider.read(existing(request), place(peer), was);
      if (found === undefined) return new pb.ReadResponse();
      return new pb.ReadResponse()
        .setId(request.getId())
        .setProperties(toStruct(found.outputs))
        .setInputs(toStruct(found.inputs));
    },
    update: async (request: pb.UpdateRequest, peer: string) => {
      const was = { inputs: fromStruct(request.getOldInputs()), outputs: fromStruct(request.getOlds()) };
      const news = fromStruct(request.getNews());
      const outputs = await provider.update(existing(request), place(peer), was, news, request.getPreview());
      return new pb.UpdateResponse().setProperties(toStruct(outputs));
    },
    delete: async (request: pb.DeleteRequest, peer: string) => {
      await provider.delete(existing(request), place(peer));
      return new Empty();
    },
    invoke: async (request: pb.InvokeRequest, peer: string) => {
      const { result, failures } = await provider.invoke(request.getTok(), place(peer), fromStruct(request.getArgs()));
      const response = new pb.InvokeResponse().setFailuresList(failures.map(failure));
      return result === undefined ? response : response.setReturn(toStruct(result));
    },
    parameterize: () => refuse("parameterized packages"),
    construct: () => refuse("remote components (Construct)"),
    call: () => refuse("methods (Call)"),
    getMapping: () => refuse("mappings for converters"),
    getMappings: () => refuse("mappings for converters"),
  };

  const refuse = (what: string): never => {
    throw new Refused(`the simulated ${pkg.name} has no ${what}`);
  };

  return Object.fromEntries(
    (Object.entries(handlers) as [string, Handler<unknown, unknown>][]).map(([name, handler]) => [
      name,
      async (request: unknown, peer: string) => {
        try {
          return await handler(request, peer);
        } catch (error) {
          throw new Failure(asStatus(pkg.name, name, error));
        }
      },
    ]),
  );
}

/** What the cloud refuses is said as it is; anything else is a mistake in a row, and says where. */
function asStatus(name: string, method: string, error: unknown): Partial<StatusObject> {
  if (error instanceof Refused) return { code: status.UNKNOWN, details: error.message };
  if (error instanceof Disconnected) return { code: error.code, details: error.message };
  if (error instanceof Unready) return { code: status.UNKNOWN, details: error.message, metadata: unready(error) };
  const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: status.INTERNAL, details: `the simulated ${name} failed in ${method}: ${told}` };
}

/** The engine finds id and properties in the error's details, as `google.rpc.Status` packs them. */
function unready({ told, reasons, message }: Unready): Metadata {
  const detail = new pb.ErrorResourceInitFailed()
    .setId(told.id)
    .setProperties(toStruct(told.outputs))
    .setReasonsList([...reasons]);
  if (told.inputs !== undefined) detail.setInputs(toStruct(told.inputs));
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const packed = new Status().setCode(status.UNKNOWN).setMessage(message).setDetailsList([any]);
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(packed.serializeBinary()));
  return metadata;
}

function autonaming(request: pb.CheckRequest): Autonaming | undefined {
  const asked = request.getAutonaming();
  if (asked === undefined) return undefined;
  const { PROPOSE, ENFORCE } = pb.CheckRequest.AutonamingOptions.Mode;
  const mode = asked.getMode() === PROPOSE ? "propose" : asked.getMode() === ENFORCE ? "enforce" : "disable";
  return { proposed: asked.getProposedName(), mode };
}

const kinds = {
  add: [pb.PropertyDiff.Kind.ADD, pb.PropertyDiff.Kind.ADD_REPLACE],
  delete: [pb.PropertyDiff.Kind.DELETE, pb.PropertyDiff.Kind.DELETE_REPLACE],
  update: [pb.PropertyDiff.Kind.UPDATE, pb.PropertyDiff.Kind.UPDATE_REPLACE],
} as const;

function diffResponse(verdict: Verdict): pb.DiffResponse {
  const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;
  const response = new pb.DiffResponse()
    .setChanges(verdict.changes.length === 0 ? DIFF_NONE : DIFF_SOME)
    .setReplacesList([...verdict.replaces])
    .setDiffsList([...new Set(verdict.changes.map(({ path }) => path.split(/[.[]/, 1)[0] ?? path))])
    .setDeletebeforereplace(verdict.deleteBeforeReplace)
    .setHasdetaileddiff(true);
  for (const { path, kind, replace } of verdict.changes)
    response
      .getDetaileddiffMap()
      .set(path, new pb.PropertyDiff().setKind(kinds[kind][replace ? 1 : 0]).setInputdiff(true));
  return response;
}
