import "./stacks/lean-sdk";
import { deploy } from "./stacks/platform";
import { readSettings } from "./stacks/settings";

// Settings first: every mistake of the stack file is reported before anything is registered.
export = deploy(readSettings());
