/** A mistake of the caller's: the message is all that is shown, and the exit code is 2. */
export class Mistake extends Error {}
/** One in the words of the command line, which --help would have answered. */
export class Misspelling extends Mistake {}

/** What the exit code says. */
export const exitCodes = {
  worked: 0,
  failed: 1,
  mistake: 2,
  /** These three as the CLI's own list has them; it keeps 3 for who may not, and 4 for resources. */
  violated: 5,
  changed: 7,
  /** As shells count a process that SIGINT ended. */
  interrupted: 130,
} as const;

export const help = `Rehearse a Pulumi stack on simulated clouds: no account, no credentials, no CLI.

  npm start -- [operation] [stack] [options]

Operation (default: up)
  preview     show the plan
  up          show the plan, then carry it out
  refresh     compare the state with what exists in the simulated account
  destroy     delete everything that the stack made
  drift       change, delete or make things in the simulated account behind the
              stack's back, as somebody at a console would
  serve       run the simulated clouds alone, for a plain \`pulumi up\`

Stack (default: dev)
  the <stack> of Pulumi.<stack>.yaml

Options
  --cloud C           aws, azure or gcp, in place of the stack file's (with the
                      cloud's usual region, if --region is left out)
  --region R          in place of the stack file's region
  -s, --stack S       as the stack behind the operation
  -c, --config K=V    a setting on top of the stack file; may be repeated
  --config-file FILE  in place of Pulumi.<stack>.yaml
  --stage DIR         where the simulated account and the state live; separate
                      stages never meet (default: .rehearsal)
  -C, --cwd DIR       folder of the Pulumi program (default: this repository)
  --policy-pack DIR   policy pack to run; may be repeated (default: policies for
                      this repository's program, none for another)
  --no-policy-pack    run no policy pack
  --engine E          built-in, or pulumi: the \`pulumi\` on the PATH plans and
                      deploys, on the same clouds (default: built-in)
  --stop-on-error     a resource that fails stops the whole run; without it, it
                      stops what depends on it and nothing else (built-in;
                      with --engine pulumi a failure always stops the run)
  -p, --parallel N    steps at once (default: four a core)
  -r, --refresh       refresh the state first (preview, up, destroy)
  --expect-no-changes
                      changes are an error, told once they are made
  -j, --json          for machines: preview prints Pulumi's JSON digest, the
                      others engine events, one JSON object a line
  -h, --help          show this

Part of the stack (URN: as --json prints it, or a pattern: * is any text without
a colon, ** any text; each may be repeated)
  -t, --target URN    change this alone; providers and what it needs are there
                      already, or it fails
  --target-dependents with what depends on a target
  -x, --exclude URN   change all but this
  --exclude-dependents
                      and but what depends on it (not destroy)
  --replace URN       replace this (preview, up)
  --target-replace URN
                      change this alone, and replace it (preview, up)

What goes wrong (preview, up, refresh, destroy, serve)
  --fault SPEC        plan a fault; may be repeated. SPEC: <operation> [what]
                      [before|after] <effect> [xN|always] [skip N] [: message]
                      operation: check diff create update delete read invoke any
                      what: a type, a URN or a name; * is any text
                      effect: fail throttle timeout partial crash disconnect
  --faults FILE       such faults from a YAML or JSON list
  --quota SPEC        a limit of the account; may be repeated. SPEC: <cloud>
                      [region] <quota>=<number|unlimited|fresh>, or fresh for
                      what a new account has (docs/reference/quotas.md)
  --quotas FILE       such limits from a YAML or JSON list

What drifts (drift; one thing by chance, if nothing is named)
  --change SPEC       set properties: 'name path=value ...'; may be repeated
  --delete NAME       delete a thing by name, id or URN; may be repeated
  --make SPEC         make a thing that no stack has, to be imported or
                      referred to: 'type name path=value ...'; may be repeated
  --force             delete also what is protected or still in use
  --seed N            the same choice again

Exit codes
  0    it worked
  1    the operation failed: an error, or something that a cloud refused
  2    it could not start: an argument, the stage, a missing file or tool
  5    a mandatory policy said no
  7    there are changes, and --expect-no-changes was given
  130  interrupted (Ctrl-C once: what is under way is finished; twice: stop now)

Environment
  PULUMI_CONFIG_PASSPHRASE   opens encrypted values of the stack file; without
                             it the stage makes and keeps one of its own
  NO_COLOR, FORCE_COLOR      colour never, colour always

Examples
  npm start
  npm start -- preview prod --cloud gcp
  npm start -- destroy dev
  npm start -- up dev --refresh --target '**::cluster**'
  npm start -- up dev --fault 'create aws:rds:Instance after timeout'
  npm start -- up prod --cloud aws --quota fresh
  npm start -- drift dev --change 'logs tags.Owner=somebody'
  npm start -- up dev --cwd ../other-program --stage /tmp/stage
`;
