const application =
  "the application's own layer (workloads, their load balancer and its targets) comes after the platform";
const operations = "monitoring and alerts come as a capability of their own (MON)";
const pipelines = "pipelines and their gates come as templates of their own (CICD)";
const one = "one way of running workloads that is equally deep on three clouds came first: Kubernetes";

/** Requirements of the areas at work that aren't there yet, or not wholly, and why. */
export const later: Readonly<Record<string, string>> = {
  "NET-08":
    "there is no tier of virtual machines and no bastion; nothing opens port 22, and the pack refuses whoever does",
  "NET-11": `${application}; its fixed addresses, names, firewall and health checks are there`,
  "NET-15": `${application}; the clusters' policy engines are on, and our own namespaces deny by default`,
  "CLU-04": `${one}; compute.kind names the only kind`,
  "CLU-11": `${one}; compute.kind names the only kind`,
  "CLU-12": "it is the tier of virtual machines' (CLU-11)",
  "CLU-13": "nothing needs a function: what is scheduled runs as a job in the cluster",
  "CLU-16": `${application}; cert-manager is installed where tls.issuer asks for it`,
  "CLU-17": "it needs the replicas and concurrency of workloads (K8S-03)",
  "DB-15": `${application}; migrations are a step of its rollout`,
  "DB-19": operations,
  "DB-20": "the in-memory database is the application's own, on a laptop (LOCAL)",
  "CACHE-11": "it is a step of the application's rollback (OPS-07)",
  "CACHE-12": operations,
  "STO-11": "disks of nodes are under the customer key; storage classes come with the workloads that claim volumes",
  "SEC-08": "the cloud's own store came first; secrets.provider names the only one",
  "SEC-12": "people and their groups are the organisation's, not a stack's",
  "SEC-14": "it is a recurring task of people; AWS's access analyzer is there to lean on",
  "SEC-15": "admins of the cluster are there (compute.admins); developers and viewers come with workloads (K8S RBAC)",
  "SEC-16": `images are scanned on push; the gate that stops a deployment is a pipeline's. ${pipelines}`,
  "SEC-17": pipelines,
  "SEC-18": pipelines,
  "SEC-20": operations,
  "SEC-21": operations,
  "SEC-22": `${application}; the mesh with it`,
  "BAK-08": pipelines,
  "BAK-09": pipelines,
  "BAK-10": `restoring is a drill. ${pipelines}`,
  "DR-03": operations,
  "DR-05": pipelines,
  "DR-09": "runbooks come with the operations documents (OPS)",
  "DR-11":
    "a promoted database has a history of its own: the way back is a new replica the other way round, as a runbook (OPS)",
  "TAG-03": `${application}; our own objects in the cluster carry the labels`,
};
