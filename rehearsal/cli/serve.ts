import { pathToFileURL } from "node:url";
import { paint, type Style } from "../display/style";
import { rehearsalEnvironment } from "./environment";
import type { Stage } from "./stage";

/** What a shell needs so that a plain `pulumi` works on the simulated clouds. */
export function serveEnvironment(ports: Readonly<Record<string, number>>, stage: Stage): Record<string, string> {
  return {
    ...rehearsalEnvironment(ports),
    PULUMI_BACKEND_URL: pathToFileURL(stage.backend).href,
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

export function serveText(env: Readonly<Record<string, string>>, stage: Stage, style: Style): string {
  const quote = (value: string) => (/^[\w.,:/@-]*$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`);
  return [
    `The simulated clouds are up; their account is kept in ${stage.folder}.`,
    "In another shell, before `pulumi preview` or `pulumi up`:",
    "",
    ...Object.entries(env).map(([name, value]) => `export ${paint(style, "bold", name)}=${quote(value)}`),
    "# opens the state's secrets; choose one and keep it",
    `export ${paint(style, "bold", "PULUMI_CONFIG_PASSPHRASE")}=...`,
    "",
    "Ctrl-C ends it; the account stays.",
    "",
  ].join("\n");
}
