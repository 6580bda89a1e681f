// The words of the command line.

/** A mistake of the caller's: the message is all that is shown, and the exit code is 2. */
export class Mistake extends Error {}

export const exitCodes = { clean: 0, findings: 1, mistake: 2 } as const;

export const help = `Judge a stack by the policy pack, without an engine, a program or a cloud.

  npm run audit -- FILE [options]           judge a stack
  npm run audit -- explain RULE             what a rule looks at, why, how to fix it
  npm run audit -- coverage [NAME]          controls of a baseline, or of all in brief
  npm run audit -- waivers [FILE]           waivers and how long they run
                                            (default: waivers.yaml)
  npm run audit -- config NAME [NAME ...]   a --policy-pack-config file of baselines,
                                            combined to the strictest

FILE is the JSON of \`pulumi stack export\`, a backend's state file or
\`pulumi preview --json\`; - reads standard input.

Options
  --baseline NAME        judge by what a baseline asks for; may be repeated
                         (default: every rule, as hard as the environment has it)
  --config FILE          levels and settings, as --policy-pack-config takes them
  --waivers FILE         waivers (default: waivers.yaml, if it is there)
  --environment E        dev, staging, prod, dr or preview (default: the stack's)
  --at YYYY-MM-DD        day that waivers are dated by (default: today, in UTC)
  --unknown-policy P     advisory, or mandatory: what can't be judged fails the audit
                         (default: advisory)
  --program FILE         file that findings point to in SARIF where the stack
                         doesn't tell their own (default: Pulumi.yaml)
  --out DIR              write report.html, report.json, results.csv, controls.csv,
                         full.sarif, upload.sarif and manifest.json there
  -h, --help             show this

The same FILE, options and --at give the same bytes.

Exit codes
  0    nothing failed
  1    a rule failed and isn't waived, or a waiver has expired
  2    it could not start: an argument, a file that is missing or isn't a stack

Environment
  NO_COLOR, FORCE_COLOR  colour never, colour always

Examples
  pulumi stack export --file state.json
  npm run audit -- state.json --baseline hipaa --baseline soc2 --out evidence
  npm run audit -- explain kms-rotation
`;
