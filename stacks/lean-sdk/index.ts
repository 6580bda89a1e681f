// What Pulumi's SDK and zod do for every program and this one has no use for, left out before anything loads the SDK: together
// it was half the time of a preview of prod. TRIFOLD_DEBUG=1 gives all of it back.
import "./late-packages";
import "./plain-schemas";
import "./debug-messages";
import "./promise-traces";
import "./call-sites";
