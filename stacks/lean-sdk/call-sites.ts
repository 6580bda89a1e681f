// The SDK sends where each resource was made with its whole stack, mapped frame by frame through source maps: a tenth of
// a preview. Here that is always a line of a component, which the resource's parent and name say better, so the state
// file has no `sourcePosition` and no `stackTrace`.
// https://github.com/pulumi/pulumi/blob/master/sdk/nodejs/resource.ts
const { Resource } = require("@pulumi/pulumi/resource") as { Resource: { callsites: () => readonly object[] } };

if (!process.env["TRIFOLD_DEBUG"]) Resource.callsites = () => [];
