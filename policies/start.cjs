// Where Pulumi's runner comes in (package.json, main). Whatever `typescript` and `nodeargs` say, it registers ts-node with
// the type checker on and passes nodeargs to itself instead of to Node (run-policy-pack in @pulumi/pulumi 3.248,
// RunPlugin of pulumi-language-nodejs 3.260). Type checking is `npm run check`'s work, so tsx takes over here: it strips types.
for (const extension of [".ts", ".cts", ".mts", ".tsx"]) delete require.extensions[extension];
require("tsx/cjs/api").register();
require("./index.ts");
