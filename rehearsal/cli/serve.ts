import { pathToFileURL } from "node:url";
import { paint, type Style } from "../display/style";
import { rehearsalEnvironment } from "./environment";
import type { Stage } from "./stage";

/** What a shell needs so that a plain `pulumi` works on the simulated clouds. */
export function serveEnvironment(
  ports: Readonly<Record<string, number>>,
  stage: Stage,
  env: NodeJS.ProcessEnv,
): Record<string, string> {
  const passphrase = stage.passphraseFile(env);
  return {
    ...rehearsalEnvironment(ports),
    PULUMI_BACKEND_URL: pathToFileURL(stage.backend).href,
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // opens what the built-in engine has left in this stage
    ...(passphrase && { PULUMI_CONFIG_PASSPHRASE_FILE: passphrase }),
  };
}

export function serveText(env: Readonly<Record<string, string>>, stage: Stage, style: Style): string {
  const quote = (value: string) => (/^[\w.,:/@-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`);
  return [
    `The simulated clouds are up; their account is kept in ${stage.folder}.`,
    "In another shell, before `pulumi preview` or `pulumi up`:",
    "",
    ...Object.entries(env).map(([name, value]) => `export ${paint(style, "bold", name)}=${quote(value)}`),
    ...("PULUMI_CONFIG_PASSPHRASE_FILE" in env
      ? []
      : ["# and the passphrase that this shell has: it opens the state's secrets"]),
    "",
    "The CLI writes the stage's salt into Pulumi.<stack>.yaml, where it doesn't belong: copy that file and",
    "say --config-file COPY.",
    "",
    "Ctrl-C ends it; the account stays.",
    "",
  ].join("\n");
}
