// The command line as a function: arguments in, text and an exit code out.
import { WaiverError } from "../waivers/schema";
import { parseArguments } from "./arguments";
import { config, coverage, explain, waivers } from "./commands";
import { audit, type Output } from "./run";
import { paint } from "./summary";
import { exitCodes, help, Mistake } from "./usage";

export interface Terminal {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
  readonly colour: boolean;
  /** `YYYY-MM-DD` */
  readonly today: string;
}

export function run(args: readonly string[], { out, error, colour, today }: Terminal): number {
  const output: Output = { out, paint: paint(colour) };
  try {
    const command = parseArguments(args, today);
    switch (command.name) {
      case "help":
        out(help);
        return exitCodes.clean;
      case "audit":
        return audit(command, output);
      case "explain":
        return explain(command.rule, output);
      case "coverage":
        return coverage(command.of, output);
      case "waivers":
        return waivers(command.file, command.at, output);
      case "config":
        return config(command.baselines, output);
    }
  } catch (mistake) {
    if (!(mistake instanceof Mistake || mistake instanceof WaiverError)) throw mistake;
    error(`${mistake.message}\n`);
    return exitCodes.mistake;
  }
}
