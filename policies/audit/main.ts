// `npm run audit`: see usage.ts for its words.
import { run } from "./cli";

const { NO_COLOR, FORCE_COLOR } = process.env;
// a reader that has seen enough (`| head`) is no failure
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});
process.exitCode = run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  colour: FORCE_COLOR ? FORCE_COLOR !== "0" : Boolean(process.stdout.isTTY) && !NO_COLOR,
  today: new Date().toISOString().slice(0, 10),
});
