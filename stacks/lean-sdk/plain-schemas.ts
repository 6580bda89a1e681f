// zod compiles every schema of an object into a function of its own at its first use: 20 ms for the components of prod,
// whose arguments are read once, against 1 ms of reading them without.
const { z } = require("zod") as typeof import("zod");

if (!process.env["TRIFOLD_DEBUG"]) z.config({ jitless: true });
