import { exitCodes } from "./usage";

/** First Ctrl-C: the signal is aborted, and what is under way is finished. Second: stop now. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Called before leaving at once: the account is saved here. */
  onKill(act: () => void): void;
  release(): void;
}

export function interruptible(say: (text: string) => void): Interrupt {
  const controller = new AbortController();
  const acts: (() => void)[] = [];
  const listener = (name: NodeJS.Signals) => {
    if (controller.signal.aborted) {
      say("Stopped. State and account are saved; the next run picks up from there.");
      for (const act of acts) act();
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
    onKill: (act) => void acts.push(act),
    release: () => {
      for (const name of names) process.off(name, listener);
    },
  };
}
