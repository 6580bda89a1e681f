// The SDK sends the engine three debug messages a resource, each a call of its own and one after the other, with whole
// requests in them, secrets in clear: 1,086 calls beside the 331 that register a prod stack's resources. The engine drops
// them unless it runs with --debug.
// https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/log/index.ts
const log = require("@pulumi/pulumi/log") as { debug: () => Promise<void> };

if (!process.env["TRIFOLD_DEBUG"]) log.debug = () => Promise.resolve();
