// Starts the pack: `pulumi preview --policy-pack policies` runs this file and reads the port that it prints.
import { servePack } from "./adapters/crossguard";
import { version } from "./package.json";

servePack("trifold", version);
