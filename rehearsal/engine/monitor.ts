// The resource monitor: what the program's SDK talks to.

import type callback from "@pulumi/pulumi/proto/callback_pb";
import providerpb from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import pb from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Deployer } from "./deployer";
import { features, invalid, unsupported } from "./features";
import { goalOf, inherit } from "./goals";
import { optionsOf, pluginProperties } from "./options";
import { sourcePosition, stackTrace } from "./positions";
import type { Goal } from "./resource";
import { answer, type GrpcServer, serve } from "./server";
import { asOutputs, Callbacks, type InvokeTransform, type ResourceTransform, withDependencies } from "./transforms";
import { isProviderType, packageOf } from "./urn";
import { containsUnknown, dependenciesOf, downgrade, mapObject, type PropertyMap } from "./values";
import { marshal, unmarshal } from "./wire";

export class Monitor {
  readonly #deployer: Deployer;
  readonly #callbacks: Callbacks;
  readonly #goals = new Map<string, Goal>();
  readonly #parents = new Map<string, string>();
  readonly #componentProviders = new Map<string, ReadonlyMap<string, string>>();
  readonly #transforms = new Map<string, readonly ResourceTransform[]>();
  readonly #stackTransforms: ResourceTransform[] = [];
  readonly #invokeTransforms: InvokeTransform[] = [];
  #server: GrpcServer | undefined;

  constructor(deployer: Deployer) {
    this.#deployer = deployer;
    this.#callbacks = new Callbacks(deployer.folder);
  }

  /** What it does for whom, by method of the protocol. */
  readonly answers = {
    supportsFeature: (request: pb.SupportsFeatureRequest) =>
      new pb.SupportsFeatureResponse().setHassupport(features.has(request.getId())),
    registerResource: (request: pb.RegisterResourceRequest) => this.#register(request),
    registerResourceOutputs: (request: pb.RegisterResourceOutputsRequest) => this.#outputs(request),
    readResource: (request: pb.ReadResourceRequest) => this.#read(request),
    invoke: (request: pb.ResourceInvokeRequest) => this.#invoke(request),
    call: (request: pb.ResourceCallRequest) => {
      throw unsupported(`methods (${request.getTok()})`);
    },
    registerPackage: (request: pb.RegisterPackageRequest) => {
      throw unsupported(`parameterized packages (${request.getName()})`);
    },
    registerResourceHook: (request: pb.RegisterResourceHookRequest) => {
      const { ignoreErrors, onDryRun } = request.toObject();
      const run = this.#callbacks.hook(given(request.getCallback()));
      this.#deployer.hooks.add(request.getName(), { onDryRun, ignoreErrors, run });
      return new Empty();
    },
    registerErrorHook: (request: pb.RegisterErrorHookRequest) => {
      this.#deployer.hooks.addForErrors(request.getName(), this.#callbacks.errorHook(given(request.getCallback())));
      return new Empty();
    },
    registerStackTransform: (request: callback.Callback) => {
      this.#stackTransforms.push(this.#callbacks.resource(request));
      return new Empty();
    },
    registerStackInvokeTransform: (request: callback.Callback) => {
      this.#invokeTransforms.push(this.#callbacks.invoke(request));
      return new Empty();
    },
    signalAndWaitForShutdown: async () => {
      await this.#deployer.finished();
      return new Empty();
    },
  };

  /** @returns the address that the program is told */
  async start(): Promise<string> {
    const handlers = Object.entries(this.answers).map(([method, work]) => [method, answer(work as never)] as const);
    this.#server = await serve(ResourceMonitorService, Object.fromEntries(handlers));
    return this.#server.address;
  }

  stop(): void {
    this.#callbacks.close();
    this.#server?.stop();
  }

  /** An explicit provider, one for its package, or the one of the component that it is part of. */
  #provider(given: string, own: ReadonlyMap<string, string> | undefined, parent: string, pkg: string): string {
    return given || own?.get(pkg) || this.#componentProviders.get(parent)?.get(pkg) || "";
  }

  async #register(request: pb.RegisterResourceRequest): Promise<pb.RegisterResourceResponse> {
    const [name, type, custom] = [request.getName(), request.getType(), request.getCustom()];
    const parent = request.getParent();
    if (request.getRemote()) throw unsupported(`remote components (${type})`);
    const moved = Object.fromEntries(request.getEnvvarmappingsMap().toArray() as [string, string][]);
    if (Object.keys(moved).length > 0 && !isProviderType(type))
      throw invalid("envVarMappings can only be used with provider resources");
    if (request.getPackageref() !== "") throw unsupported(`parameterized packages (${type})`);
    const parentGoal = this.#goals.get(parent);
    if (parentGoal) inherit(request, parentGoal);
    if (custom && type.split(":").length !== 3) throw invalid(`type token "${type}" must have three parts`);

    let props = unmarshal(request.getObject(), { folder: this.#deployer.folder, keepOutputs: true });
    let dependencies = [...new Set(request.getDependenciesList())];
    const propertyDependencies: Record<string, string[]> = {};
    if (request.getPropertydependenciesMap().getLength() === 0) {
      for (const key of Object.keys(props)) propertyDependencies[key] = dependencies;
    } else {
      request.getPropertydependenciesMap().forEach((list, key) => {
        propertyDependencies[key] = [...new Set(list.getUrnsList())];
      });
    }

    const providers = new Map(request.getProvidersMap().toArray() as [string, string][]);
    let options = optionsOf(request);
    if (custom) options.setProvider(this.#provider(request.getProvider(), providers, parent, packageOf(type)));

    const own = request.getTransformsList().map((to) => this.#callbacks.resource(to));
    const transforms = [...own];
    for (let above: string | undefined = parent; above; above = this.#parents.get(above)) {
      transforms.push(...(this.#transforms.get(above) ?? []));
    }
    transforms.push(...this.#stackTransforms);
    if (transforms.length > 0) {
      props = asOutputs(props);
      if (own.length > 0) props = withDependencies(props, propertyDependencies);
      for (const transform of transforms)
        [props, options] = await transform({ name, type, custom, parent }, props, options);
    }
    if (own.length > 0) {
      dependencies = [...new Set([...options.getDependsOnList(), ...dependenciesOf(props)])];
      for (const key of Object.keys(propertyDependencies)) delete propertyDependencies[key];
    }
    for (const key of Object.keys(props)) {
      propertyDependencies[key] = [...dependenciesOf(props[key] ?? null, new Set(propertyDependencies[key]))];
    }
    props = mapObject(props, downgrade);

    const componentProviders = new Map(options.getProvidersMap().toArray() as [string, string][]);
    if (!custom) {
      for (const [pkg, reference] of this.#componentProviders.get(parent) ?? []) {
        if (!componentProviders.has(pkg)) componentProviders.set(pkg, reference);
      }
    }
    let provider = "";
    if (custom && !isProviderType(type)) {
      provider =
        options.getProvider() ||
        (await this.#deployer.defaultProvider(packageOf(type), options.getVersion(), options.getPluginDownloadUrl()));
    }
    if (isProviderType(type)) props = pluginProperties(props, options, moved);

    const goal = goalOf(request, options, {
      properties: props,
      dependencies,
      provider,
      propertyDependencies,
      root: this.#deployer.root,
    });
    const { state, result } = await this.#deployer.register(goal);
    if (result !== undefined && !request.getSupportsresultreporting()) throw new Error("resource registration failed");
    this.#goals.set(state.urn, goal);
    this.#parents.set(state.urn, parent);
    this.#transforms.set(state.urn, own);
    if (!custom) this.#componentProviders.set(state.urn, componentProviders);

    // A component's outputs of the last run may name resources that this run hasn't registered yet.
    let outputs: PropertyMap = custom ? state.outputs : {};
    if (!request.getSupportspartialvalues()) {
      outputs = Object.fromEntries(Object.entries(outputs).filter(([, value]) => !containsUnknown(value)));
    }
    return new pb.RegisterResourceResponse()
      .setUrn(state.urn)
      .setId(state.id)
      .setResult(results[result ?? "succeeded"])
      .setObject(
        marshal(outputs, {
          unknowns: true,
          secrets: request.getAcceptsecrets(),
          resources: request.getAcceptresources(),
        }),
      );
  }

  async #outputs(request: pb.RegisterResourceOutputsRequest): Promise<Empty> {
    await this.#deployer.outputs(request.getUrn(), unmarshal(request.getOutputs(), { folder: this.#deployer.folder }));
    return new Empty();
  }

  async #read(request: pb.ReadResourceRequest): Promise<pb.ReadResourceResponse> {
    const type = request.getType();
    if (request.getPackageref() !== "") throw unsupported(`parameterized packages (${type})`);
    const provider =
      request.getProvider() ||
      (await this.#deployer.defaultProvider(packageOf(type), request.getVersion(), request.getPlugindownloadurl()));
    const { state } = await this.#deployer.read({
      id: request.getId(),
      name: request.getName(),
      type,
      provider,
      parent: request.getParent(),
      properties: unmarshal(request.getProperties(), { folder: this.#deployer.folder }),
      dependencies: request.getDependenciesList(),
      additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
      sourcePosition: sourcePosition(this.#deployer.root, request.getSourceposition()),
      stackTrace: stackTrace(this.#deployer.root, request.getStacktrace()),
    });
    const to = { unknowns: true, secrets: request.getAcceptsecrets(), resources: request.getAcceptresources() };
    return new pb.ReadResourceResponse().setUrn(state.urn).setProperties(marshal(state.outputs, to));
  }

  async #invoke(request: pb.ResourceInvokeRequest): Promise<providerpb.InvokeResponse> {
    const token = request.getTok();
    if (request.getPackageref() !== "") throw unsupported(`parameterized packages (${token})`);
    let args = unmarshal(request.getArgs(), { folder: this.#deployer.folder });
    let options = new pb.TransformInvokeOptions()
      .setProvider(request.getProvider())
      .setVersion(request.getVersion())
      .setPluginDownloadUrl(request.getPlugindownloadurl());
    for (const transform of this.#invokeTransforms) [args, options] = await transform(token, args, options);
    const pkg = packageOf(token);
    const reference =
      options.getProvider() ||
      (await this.#deployer.defaultProvider(pkg, options.getVersion(), options.getPluginDownloadUrl()));
    const provider = this.#deployer.registry.get(reference);
    if (provider === undefined)
      throw new Error(`Default provider for '${pkg}' disabled. '${token}' must use an explicit provider.`);
    const result = await provider.invoke(token, args, this.#deployer.preview).catch((error: Error) => {
      throw new Error(`invocation of ${token} returned an error: ${error.message}`);
    });
    const resources = request.getAcceptresources() || token === "pulumi:pulumi:getResource";
    const response = new providerpb.InvokeResponse();
    response.setReturn(marshal(result.inputs, { unknowns: true, secrets: true, resources }));
    response.setFailuresList(result.failures.map(failure));
    return response;
  }
}

const results = { succeeded: pb.Result.SUCCESS, failed: pb.Result.FAIL, skipped: pb.Result.SKIP } as const;

function given(to: callback.Callback | undefined): callback.Callback {
  if (to === undefined) throw invalid("a hook needs a callback");
  return to;
}

const failure = ({ property, reason }: { property: string; reason: string }) =>
  new providerpb.CheckFailure().setProperty(property).setReason(reason);
