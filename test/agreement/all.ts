// `npm run agreement`: every shipped stack on every cloud, and prod with a second site, on the CLI and on the built-in engine.
import { clouds } from "../../components/cloud";
import { findPulumi } from "../../rehearsal/pulumi/find";
import { shipped } from "../stack-file";
import { agreeOn } from "./stacks";

// says how to come by a CLI where there is none
findPulumi(process.env);
for (const stack of shipped) for (const cloud of clouds) agreeOn(stack, cloud);

const elsewhere = { aws: "us-west-2", azure: "westus2", gcp: "us-east1" };
const recovery = (dr: object) => ({ "trifold:dr": JSON.stringify(dr) });
for (const cloud of clouds) {
  const config = recovery({ region: elsewhere[cloud], mode: "warm-standby" });
  agreeOn("prod", cloud, { name: "with a standby", config });
}
agreeOn("prod", "aws", { name: "with copies on Google Cloud", config: recovery({ secondaryCloud: "gcp" }) });
