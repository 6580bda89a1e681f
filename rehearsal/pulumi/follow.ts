import { closeSync, existsSync, openSync, readSync } from "node:fs";
import { StringDecoder } from "node:string_decoder";
import type { EngineEvent } from "../display/events";

/** Reads an event log while it is being written. */
export interface Follower {
  /** Reads what has come since the last time. */
  drain(): void;
  stop(): void;
}

export function follow(path: string, onEvent: (event: EngineEvent) => void, everyMs = 50): Follower {
  const buffer = Buffer.alloc(1 << 16);
  const decoder = new StringDecoder("utf8");
  let [file, rest]: [number | undefined, string] = [undefined, ""];
  const drain = () => {
    if (file === undefined) {
      if (!existsSync(path)) return;
      file = openSync(path, "r");
    }
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      const lines = (rest + decoder.write(buffer.subarray(0, read))).split("\n");
      // the last one isn't complete yet
      rest = lines.pop()!;
      for (const line of lines) if (line !== "") onEvent(JSON.parse(line) as EngineEvent);
    }
  };
  const timer = setInterval(drain, everyMs);
  return {
    drain,
    stop() {
      clearInterval(timer);
      drain();
      if (file !== undefined) closeSync(file);
    },
  };
}
