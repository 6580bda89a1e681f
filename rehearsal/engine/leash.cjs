// Preloaded into programs and packs: ends them when the engine is gone. The engine holds the other end of descriptor 3,
// and the system closes it however the engine dies. Without this a program outlives a killed engine for many minutes, busy
// printing the connection's errors (3 GB, measured), so the watch is on a thread of its own.
const { isMainThread, Worker } = require("node:worker_threads");

const watch = `
  const gone = () => process.kill(process.pid, "SIGKILL");
  new (require("node:net").Socket)({ fd: 3, readable: true, writable: false }).on("error", gone).on("close", gone).resume();
`;

if (isMainThread) new Worker(watch, { eval: true, execArgv: [] }).unref();
