import { spawnSync } from "node:child_process";
import { exitCodes } from "./usage";

/** First Ctrl-C: the signal is aborted, and what is under way is finished. Second: stop now. */
export interface Interrupt {
  readonly signal: AbortSignal;
  release(): void;
}

export function interruptible(say: (text: string) => void): Interrupt {
  const controller = new AbortController();
  const listener = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      say("Stopped. State and account are saved; the next run picks up from there.");
      killChildren();
      process.exit(exitCodes.interrupted);
    }
    const again = name === "SIGINT" ? "Ctrl-C" : name;
    say(`Stopping after what is under way. ${again} again stops now.`);
    controller.abort();
  };
  const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const name of names) process.on(name, listener);
  return {
    signal: controller.signal,
    release: () => {
      for (const name of names) process.off(name, listener);
    },
  };
}

/** The program and the packs would wait for an engine that has gone. State and account are saved as each step ends. */
export function killChildren(): void {
  if (process.platform === "win32") return;
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  for (const line of (stdout ?? "").split("\n")) {
    const [pid, parent] = line.trim().split(/\s+/).map(Number);
    if (parent === process.pid && pid) end(pid);
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // `ps` itself, and whatever has ended meanwhile
  }
}
