import { AFDOrigin, AFDOriginGroup } from "@pulumi/azure-native/cdn";
import type * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { nativeOf } from "../site";
import type { BucketRef } from "../storage";
import type { ApiOrigin, AssetOrigin, CompleteCdnArgs } from ".";
import { approve } from "./azure-approval";
import { privateLinkRegion } from "./azure-regions";
import { inOrder } from "./order";

type Context = BuildContext<CompleteCdnArgs>;

export interface Place {
  readonly profileName: pulumi.Input<string>;
  readonly resourceGroupName: pulumi.Input<string>;
}

export interface Origins {
  readonly group: AFDOriginGroup;
  /** A route takes a group that has origins already, and that lets Front Door in. */
  readonly ready: readonly pulumi.Resource[];
}

/** Three of the last four probes decide. https://learn.microsoft.com/azure/frontdoor/health-probes */
const loadBalancingSettings = { sampleSize: 4, successfulSamplesRequired: 3, additionalLatencyInMilliseconds: 50 };

/** Closed accounts, by private link: the one to be asked first, and its copy (CDN-05, CDN-10). */
export function assetOrigins(context: Context, place: Place, assets: AssetOrigin): Origins {
  const stores = inOrder(assets);
  const group = originGroup(context, place, "assets", "/", "HEAD");
  const ready = stores.flatMap((store, index) => {
    const which = store === assets.bucket ? "assets" : "assets-copy";
    return privateOrigin(context, place, { group, which, store, priority: index + 1 });
  });
  return { group, ready };
}

/** The application, by the name that its certificate is for. */
export function apiOrigins(context: Context, place: Place, api: ApiOrigin): Origins {
  const { name, child } = context;
  const group = originGroup(context, place, "api", api.healthPath ?? "/health", "GET");
  const origin = new AFDOrigin(
    `${name}-api`,
    {
      ...place,
      ...address(api.host),
      originName: "api",
      originGroupName: group.name,
      priority: 1,
    },
    child,
  );
  return { group, ready: [origin] };
}

function originGroup({ name, child }: Context, place: Place, which: string, probePath: string, method: "GET" | "HEAD") {
  return new AFDOriginGroup(
    `${name}-${which}`,
    {
      ...place,
      originGroupName: which,
      loadBalancingSettings,
      healthProbeSettings: {
        probePath,
        probeProtocol: "Https",
        probeRequestType: method,
        probeIntervalInSeconds: 100,
      },
      sessionAffinityState: "Disabled",
    },
    child,
  );
}

const address = (host: pulumi.Input<string>) => ({
  hostName: host,
  originHostHeader: host,
  httpPort: 80,
  httpsPort: 443,
  enforceCertificateNameCheck: true,
  enabledState: "Enabled",
  weight: 1000,
});

interface PrivateOrigin {
  readonly group: AFDOriginGroup;
  readonly which: string;
  readonly store: BucketRef;
  readonly priority: number;
}

function privateOrigin(context: Context, place: Place, { group, which, store, priority }: PrivateOrigin) {
  const { name, site, child } = context;
  const { accountId, accountName } = nativeOf(store, "azure", `Cdn "${name}"`);
  const requestMessage = `${site.prefix}-${name}-${which}`.slice(0, 140);
  const origin = new AFDOrigin(
    `${name}-${which}`,
    {
      ...place,
      ...address(store.url.apply((url) => new URL(url).host)),
      originName: which,
      originGroupName: group.name,
      priority,
      sharedPrivateLinkResource: {
        privateLink: { id: accountId },
        groupId: "web",
        privateLinkLocation: privateLinkRegion(site.region),
        requestMessage,
      },
    },
    child,
  );
  const approval = approve(
    `${name}-${which}-approval`,
    { site, parts: [name, which, "approval"], accountId, accountName, requestMessage, requested: origin },
    child,
  );
  return [origin, approval];
}
