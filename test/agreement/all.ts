// `npm run agreement`: every shipped stack on every cloud, on the CLI and on the built-in engine.
import { clouds } from "../../components/cloud";
import { findPulumi } from "../../rehearsal/pulumi/find";
import { shipped } from "../stack-file";
import { agreeOn } from "./stacks";

// says how to come by a CLI where there is none
findPulumi(process.env);
for (const stack of shipped) for (const cloud of clouds) agreeOn(stack, cloud);
