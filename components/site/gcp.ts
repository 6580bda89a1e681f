import { getProjectOutput } from "@pulumi/gcp/organizations";
import { Service } from "@pulumi/gcp/projects";
import { Provider } from "@pulumi/gcp/provider";
import type { SiteContext, SiteOutputs } from ".";
import { labelsOf } from "./gcp-names";

/**
 * APIs that the components use. `serviceusage` and `cloudresourcemanager` aren't among them: without these two nothing
 * can be switched on or looked up, so they are on before the first run (`gcloud services enable`).
 */
const apis = [
  "artifactregistry",
  "binaryauthorization",
  "certificatemanager",
  "cloudkms",
  "compute",
  "container",
  // Images are scanned as they are pushed once this is on (CLU-15).
  "containerscanning",
  "containersecurity",
  "dns",
  "iam",
  "iamcredentials",
  "logging",
  "memorystore",
  "monitoring",
  "networkconnectivity",
  "pubsub",
  "redis",
  "secretmanager",
  "servicenetworking",
  "sqladmin",
  "storage",
  "storagetransfer",
];

export function buildGcp({ name, args, parent }: SiteContext): SiteOutputs {
  const wanted = args.account?.gcp;
  const provider = new Provider(
    name,
    {
      ...(wanted === undefined ? {} : { project: wanted }),
      region: args.region,
      // What a later component forgets to label still carries the site's tags (TAG-01).
      defaultLabels: labelsOf(args, name),
    },
    { parent },
  );
  const place = getProjectOutput(wanted === undefined ? {} : { projectId: wanted }, { parent, provider });
  const project = place.apply(({ projectId }) => projectId ?? wanted ?? "");
  const services = apis.map(
    (api) =>
      new Service(
        `${name}-${api}`,
        // The project is shared: other stacks may use the same APIs when this one goes.
        { project, service: `${api}.googleapis.com`, disableOnDestroy: false },
        { parent, provider },
      ),
  );
  return {
    provider,
    accountKey: project,
    native: { cloud: "gcp", project, projectNumber: place.number, services },
  };
}
