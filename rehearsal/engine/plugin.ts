import type { ChildProcess } from "node:child_process";
import type { Events } from "./events";
import { eachLine } from "./program";

/**
 * The port that a process serves on: the first line that it says. What it says after that is told as its messages.
 * @param called how errors call it
 */
export function portOf(child: ChildProcess, events: Events, called: string): Promise<number> {
  const said: string[] = [];
  eachLine(child.stderr!, (line) => {
    said.push(line);
    events.diagnostic("info#err", "", line);
  });
  return new Promise<number>((resolve, reject) => {
    let first = true;
    eachLine(child.stdout!, (line) => {
      if (!first) return events.diagnostic("info", "", line);
      first = false;
      const port = Number(line.trim());
      if (Number.isInteger(port) && port > 0) resolve(port);
      else reject(new Error(`${called} failed to start: it said ${JSON.stringify(line.trim())} instead of its port`));
    });
    child.once("error", reject);
    child.once("close", (code) =>
      reject(new Error(`${called} failed to start: exit status ${code ?? "unknown"}\n${said.join("")}`)),
    );
  });
}
