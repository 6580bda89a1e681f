// The installed SDKs' declaration files, read one declaration at a time: a package's types are megabytes, a row's are lines.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

/** A property as it is declared. */
export interface Member {
  readonly name: string;
  readonly optional: boolean;
  readonly type: ts.TypeNode;
  readonly doc: string;
}

export type Side = "input" | "output";

/** Text from `head` to the brace at the same depth that closes it. */
function block(text: string, head: RegExp, indent: string): string | undefined {
  const at = head.exec(text);
  if (at === null) return undefined;
  const end = text.indexOf(`\n${indent}}`, at.index);
  return text.slice(at.index, end + indent.length + 2);
}

export class Typings {
  readonly #root: string;
  readonly #texts = new Map<string, string>();
  readonly #spaces = new Map<string, string>();

  /** `npm`: `@pulumi/aws`. */
  constructor(npm: string) {
    this.#root = dirname(require.resolve(`${npm}/package.json`));
  }

  /** The file that declares a token (`aws:ec2/vpc:Vpc`, `azure-native:network:DnsForwardingRuleset`), without its ending. */
  fileOf(token: string): string {
    const [, module = "", name = ""] = token.split(":");
    const named = module.includes("/") ? module : `${module}/${name}`;
    const folder = dirname(named) === "index" ? "." : dirname(named);
    const wanted = `${named.slice(named.lastIndexOf("/") + 1)}.d.ts`.toLowerCase();
    const file = readdirSync(join(this.#root, folder)).find((one) => one.toLowerCase() === wanted);
    if (file === undefined) throw new Error(`the installed SDK declares no ${token}`);
    return join(folder, file.slice(0, -".d.ts".length));
  }

  /** What a resource or a function takes; undefined where it takes nothing. */
  input(token: string): readonly Member[] | undefined {
    return members(block(this.#declaring(token), new RegExp(`^export interface ${typeName(token)}Args \\{`, "m"), ""));
  }

  /** What a resource's class or a function's result has. */
  output(token: string): readonly Member[] | undefined {
    const text = this.#declaring(token);
    return (
      members(block(text, /^export declare class \w+ extends pulumi\.CustomResource \{/m, "")) ??
      members(block(text, new RegExp(`^export interface ${typeName(token)}Result \\{`, "m"), ""))
    );
  }

  /** An object type below `types/input` or `types/output`: `rds.ProxyAuth`. */
  shape(side: Side, name: string): readonly Member[] | undefined {
    const [space, type] = name.includes(".") ? name.split(".") : ["", name];
    const text = space === "" ? this.#read(`types/${side}.d.ts`) : this.#space(side, space ?? "");
    const indent = space === "" ? "" : "    ";
    return members(block(text, new RegExp(`^${indent}(?:export )?interface ${type} \\{`, "m"), indent));
  }

  /** The values of an enum: `network.IPVersion`. */
  enumeration(name: string): readonly (string | number)[] | undefined {
    const cut = name.lastIndexOf(".");
    const text = this.#read(join("types/enums", cut < 0 ? "" : name.slice(0, cut), "index.d.ts"));
    const found = block(text, new RegExp(`^export declare const ${name.slice(cut + 1)}: \\{`, "m"), "");
    const values = found?.matchAll(/^ {4}readonly .+: ("(?:[^"\\]|\\.)*"|-?[\d.]+);$/gm);
    return values && [...values].map((one) => JSON.parse(one[1] ?? "null") as string | number);
  }

  #declaring(token: string): string {
    return this.#read(`${this.fileOf(token)}.d.ts`);
  }

  #space(side: string, space: string): string {
    const key = `${side}.${space}`;
    const text =
      this.#spaces.get(key) ??
      block(this.#read(`types/${side}.d.ts`), new RegExp(`^export declare namespace ${space} \\{`, "m"), "") ??
      "";
    this.#spaces.set(key, text);
    return text;
  }

  #read(file: string): string {
    const text = this.#texts.get(file) ?? readFileSync(join(this.#root, file), "utf8");
    this.#texts.set(file, text);
    return text;
  }
}

function typeName(token: string): string {
  const name = token.split(":")[2] ?? "";
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function members(text: string | undefined): readonly Member[] | undefined {
  if (text === undefined) return undefined;
  const [declared] = ts.createSourceFile("one.d.ts", text, ts.ScriptTarget.Latest, true).statements;
  if (declared === undefined || !(ts.isInterfaceDeclaration(declared) || ts.isClassDeclaration(declared)))
    return undefined;
  return [...declared.members].flatMap((member) => {
    if (!(ts.isPropertySignature(member) || ts.isPropertyDeclaration(member)) || member.type === undefined) return [];
    const name = ts.isStringLiteral(member.name) ? member.name.text : member.name.getText();
    const doc = ts.getJSDocCommentsAndTags(member).map((one) => one.getText());
    return [{ name, optional: member.questionToken !== undefined, type: member.type, doc: doc.join("\n") }];
  });
}
