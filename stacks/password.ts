import type { Problem } from "./problem";
import type { Layer } from "./vocabulary";

const setting = "databasePassword";

export interface PasswordSource {
  readonly namespace: string;
  readonly settings: Layer;
  /** Whether the stack file holds it encrypted. */
  readonly encrypted: boolean;
  /** A rehearsal goes on with a stand-in where a secret is missing. */
  readonly rehearsal: boolean;
}

/** A password that nobody uses: it satisfies every cloud, and its text says where it comes from. */
export const standIn = "Rehearsal-stand-in-1";

/** Whether a rehearsal has to make do with the stand-in. */
export const wantsStandIn = ({ settings, rehearsal }: PasswordSource): boolean =>
  rehearsal && settings.database?.passwordSource === "config" && settings.databasePassword === undefined;

/** What is wrong with the password's setting; the password itself is in no message. */
export function passwordProblems(source: PasswordSource): Problem[] {
  const { namespace, settings, encrypted } = source;
  const password = settings.databasePassword;
  const wanted = settings.database?.passwordSource === "config";
  const remedy = `pulumi config set --secret ${namespace}:${setting}`;
  const problem = (wrong: string, step = remedy): Problem[] => [{ setting, wrong, remedy: step }];
  if (!wanted && password === undefined) return [];
  if (!wanted)
    return problem(
      "set, but database.passwordSource is generated, so it would not be used",
      `pulumi config rm ${namespace}:${setting}`,
    );
  if (password === undefined)
    return wantsStandIn(source)
      ? []
      : problem("missing; database.passwordSource is config, so it comes from this secret setting");
  if (!encrypted) return problem("stands in plain text; change the password and store the new one encrypted");
  return acceptable(password)
    ? []
    : problem("use 16 to 128 letters, digits and marks, three kinds of them, without space, quotes, / and @");
}

/** What RDS, flexible server and Cloud SQL all take. */
function acceptable(password: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  return kinds >= 3 && /^[!-~]{16,128}$/.test(password) && !/["'`/@]/.test(password);
}
