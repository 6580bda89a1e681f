// One row a resource type: all that the simulated clouds know of it. aws/, azure/, gcp/, random.ts and tls.ts hold the rows.

/**
 * A property value as a cloud sees it: secrets are unwrapped, what isn't known yet in a preview is UNKNOWN. No other symbol
 * ever stands there; `typeof UNKNOWN` would say so, but widens to `symbol` in every object literal.
 */
export type Value = null | boolean | number | string | symbol | readonly Value[] | { readonly [key: string]: Value };
export type Props = { readonly [key: string]: Value };

/** Stands for a value that a preview can't know. Checks let it pass: they say only what is sure. */
export const UNKNOWN: unique symbol = Symbol("unknown");

/** Something that exists in the account. */
export interface Item {
  readonly type: string;
  readonly id: string;
  readonly inputs: Props;
  /** Inputs, the cloud's defaults and computed values together: what a read returns. */
  readonly outputs: Props;
  readonly place: Place;
}

/** Where a provider works: from its configuration, with stand-ins for what credentials would tell. */
export interface Place {
  readonly cloud: string;
  /** AWS account id, Azure subscription id, GCP project id. */
  readonly account: string;
  /** AWS region, GCP region; empty where a resource carries its own location (Azure). */
  readonly region: string;
  /** The provider's whole configuration. */
  readonly config: Props;
}

/** Read-only view of what exists. */
export interface AccountView {
  all(type: string): readonly Item[];
  /** The item of one of these types whose output `by` ("id": its id) equals the value. */
  find(types: readonly string[], by: string, value: Value): Item | undefined;
}

/** What a row's functions are given. */
export interface Moment {
  readonly type: string;
  readonly urn: string;
  /** Logical name: the last part of the URN. */
  readonly name: string;
  readonly inputs: Props;
  readonly place: Place;
  readonly account: AccountView;
  /**
   * Random text, the same for the same (resource, generation, label): ids, generated names, fingerprints. A label that
   * starts with `secret:` is the same within one account only, and can't be told without its file: passwords, keys.
   */
  readonly random: (label: string, length: number, alphabet?: string) => string;
  /** Time in the simulated world, ISO 8601. */
  readonly now: string;
  /** On update, diff and delete: what it was. */
  readonly old?: Item;
  /** In Check: the inputs that it has, where it exists. */
  readonly before?: Props;
  /** Outputs are only foreseen: what is dear to make may be left UNKNOWN. */
  readonly preview?: boolean;
}

/** One thing that the cloud would refuse: property path (`settings.tier`), reason in the cloud's own terms. */
export interface Refusal {
  readonly property: string;
  readonly reason: string;
}

/** A property that names another resource. Several references with the same path are alternatives: one must hold. */
export interface Reference {
  /** Path; `*` stands for every element: `subnetIds.*`, `networkInterfaces.*.subnetId`. */
  readonly path: string;
  /** Types of what may stand there. */
  readonly to: readonly string[];
  /** Which of its outputs stands there: a path, or several that will all do (`["id", "arn"]`). @default "id" */
  readonly by?: string | readonly string[];
  /** Values that are right without anything behind them: `"AzureServices"`, alias keys, prefixes of the cloud's own things. */
  readonly except?: RegExp;
  /** Deleting the target takes the reference along instead of being refused. @default false */
  readonly weak?: boolean;
  /** It lies in the target and goes with it, as the keys of a vault do: deleting the target deletes it too. @default false */
  readonly inside?: boolean;
  /** Finds the target's value inside a longer one: the first group is compared (`projects/p/global/networks/(.+)`). */
  readonly within?: RegExp;
}

/** Something that an object hangs on without one of its inputs naming it whole: its cluster, its namespace, a name within one. */
export interface Tie {
  /** Input that it comes from, for the message. */
  readonly path: string;
  readonly to: readonly string[];
  /** @default "id" */
  readonly by?: string;
  readonly value: string;
  /** Only what lies in the same place will do. @default false */
  readonly here?: boolean;
  readonly weak?: boolean;
  readonly inside?: boolean;
  /** Why it is refused without; undefined: it may be missing. */
  readonly missing?: string;
}

/** A value that the provider writes into an input where the program gave none: path by its steps, since keys may hold dots; digits are indexes. */
export interface Fill {
  readonly path: readonly string[];
  readonly value: Value;
}

/** A name that outlives what had it: key rings never give theirs back, deleted pools keep theirs for a month. */
export interface Remains {
  /** @default for good */
  readonly days?: number;
  /** Said to who asks for the name meanwhile. */
  readonly reason: string;
}

export interface Row {
  readonly type: string;
  /** The physical name when the program gives none: property, and the real provider's own rule for it. */
  readonly autoName?: {
    readonly property: string;
    readonly max: number;
    /** Random characters added: 7 hex digits behind "-" in Terraform-based providers, 8 hex behind nothing in azure-native. */
    readonly random?: number;
    readonly separator?: string;
    readonly lower?: boolean;
    /** Characters kept; others are dropped. */
    readonly alphabet?: string;
  };
  readonly required?: readonly string[];
  /** Paths that can't be changed in place: a change replaces. `*` as in Reference. A parent path covers what is below it. */
  readonly immutable?: readonly string[];
  /** Paths that this change, from `old.inputs` to `inputs`, can't make in place although others could: a disk that shrinks. */
  readonly replaces?: (moment: Moment & { readonly old: Item }) => readonly string[];
  /** Paths of lists whose order means nothing, as the real provider's sets. */
  readonly unordered?: readonly string[];
  /** Paths that stay as they are where the program gives them no longer: what the provider both takes and makes up. */
  readonly kept?: readonly string[];
  /** What means the same although it is written otherwise, by path: two values are compared in this form. */
  readonly alike?: Readonly<Record<string, (value: Value) => Value>>;
  /**
   * The replacement can't stand beside the old one.
   * @default when the program itself gives what `unique` or `autoName` name, and that stays the same
   */
  readonly deleteBeforeReplace?: boolean | ((before: Props, after: Props) => boolean);
  /** Output properties that are secret whatever the inputs were. */
  readonly secrets?: readonly string[];
  /** Inputs that the cloud takes and never gives back: left out of outputs. */
  readonly writeOnly?: readonly string[];
  readonly references?: readonly Reference[];
  /** More than `references` can say: looked up when something is created or updated, and held or taken along as those are. */
  readonly ties?: (moment: Moment) => readonly Tie[];
  /** Properties, together, that may exist once in a scope. */
  readonly unique?: { readonly by: readonly string[]; readonly scope: "world" | "account" | "region" };
  /** What the cloud would refuse, by looking at the inputs (in Check: preview too) ... */
  readonly check?: (moment: Moment) => readonly Refusal[];
  /** ... and by looking at what exists (in Create and Update only): overlap, quota, state of a neighbour. */
  readonly admit?: (moment: Moment) => readonly Refusal[];
  /**
   * Why what was created or updated doesn't come up, where the provider waits for it: it exists, and the engine is told of
   * it with these reasons (ErrorResourceInitFailed).
   */
  readonly unready?: (moment: Moment & { readonly id: string }) => readonly string[];
  /** Seconds that the provider waits for that, where its inputs say so. @default as long as the provider usually waits */
  readonly patience?: (moment: Moment) => number | undefined;
  /** Before deletion: a reason why it can't be deleted now (deletion protection, not empty, locked retention). */
  readonly release?: (moment: Moment) => string | undefined;
  /** What a deletion leaves behind: for so long nothing else may have what `unique` names, and why in the cloud's words. Asked of what is being deleted. */
  readonly remains?: (moment: Moment) => Remains | undefined;
  /** Defaults that the provider itself writes into the inputs in Check, so that they show in the plan. */
  readonly inputDefaults?: (moment: Moment) => Props;
  /** The same below the first level. `olds` are the inputs that the engine has, if any. */
  readonly fills?: (moment: Moment, olds: Props) => readonly Fill[];
  readonly id: (moment: Moment) => string;
  /** Computed outputs and the cloud's defaults, in their true shape; inputs are added by the framework where these don't name them. */
  readonly outputs: (moment: Moment & { readonly id: string }) => Props;
  /** Outputs that an update in place makes anew (and so are unknown in the preview of that update). */
  readonly volatile?: readonly string[];
  /**
   * Outputs that a preview of an update keeps as they were. Of all the others the provider foresees what the inputs say, no more.
   * @default what follows from the inputs is foreseen
   */
  readonly stable?: readonly string[];
  /**
   * Outputs that the cloud changes by itself afterwards (a certificate that is issued): each read makes them anew, of `old`.
   * They are no inputs, so a refresh stores them and finds nothing to do; `adopts` tells of others.
   */
  readonly ripens?: readonly string[];
  /**
   * Those of them that the cloud takes as inputs as well. azure-native's Read (provider/pkg/provider/provider.go) carries
   * what has changed in an answer into the inputs: a refresh finds a difference, and the next update takes it back.
   */
  readonly adopts?: readonly string[];
  /**
   * Importing by an id that the account doesn't hold (`random`: the id is the value). Gives the inputs and outputs that
   * the real provider would make of it, or undefined when it can't.
   */
  readonly fromId?: (id: string, place: Place) => { readonly inputs: Props; readonly outputs: Props } | undefined;
  /** Usual seconds that the real thing takes; `source` says where the figure comes from. */
  readonly seconds: {
    readonly create: number;
    readonly update?: number;
    readonly delete?: number;
    readonly source?: string;
  };
}

/** A data source (invoke) of a package. */
export interface CloudFunction {
  readonly token: string;
  readonly call: (
    args: Props,
    moment: Omit<Moment, "urn" | "name" | "inputs" | "old" | "type">,
  ) => Props | readonly Refusal[];
  readonly secrets?: readonly string[];
}

/** A package: what one port serves. */
export interface Package {
  /** Provider package as Pulumi names it: `aws`, `azure-native`, `gcp`, `random`, `tls`. */
  readonly name: string;
  /** npm package whose version the server tells. */
  readonly npm: string;
  readonly rows: readonly Row[];
  /** The row of a type that isn't among them, where types can't be listed: a cluster's custom resources. */
  readonly rowOf?: (type: string) => Row | undefined;
  readonly functions: readonly CloudFunction[];
  /**
   * Configuration that the real provider would refuse, and the account that it would work in. Real providers read
   * their settings from the environment too (AWS_REGION, ARM_SUBSCRIPTION_ID, GOOGLE_PROJECT ...), after `config`.
   * In a preview the configuration may hold UNKNOWN. Lists and objects arrive parsed, though they travel as JSON text.
   */
  readonly place: (
    config: Props,
    environment: Readonly<Record<string, string | undefined>>,
  ) => Place | readonly Refusal[];
  /**
   * Which changed keys of the configuration make it another provider. In a preview `after` may hold UNKNOWN.
   * @default those that change the account or the region of its place
   */
  readonly moves?: (before: Props, after: Props) => readonly string[];
  /** Ids and names are compared without regard to case, as Azure does. @default false */
  readonly caseless?: boolean;
}
