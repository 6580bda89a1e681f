import assert from "node:assert/strict";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArguments } from "./arguments";
import { findProgram } from "./program";
import { openStage } from "./stage";

describe("The program of a rehearsal", () => {
  let folder: string;
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const find = (...args: string[]) => findProgram(folder, parseArguments(args), () => ["kept"]);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "program-"));
    write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
    write("Pulumi.dev.yaml", "config:\n  shop:cloud: aws\n  shop:region: eu-west-1\n");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is found with its project, stack file and no settings of its own", () => {
    const { project, stack, config, configFile } = find();
    assert.deepEqual(
      { project, stack, config, configFile },
      { project: "shop", stack: "dev", config: {}, configFile: join(folder, "Pulumi.dev.yaml") },
    );
  });

  it("takes settings and a stack file of the command line's", () => {
    assert.deepEqual(find("-c", "cloud=gcp", "-c", "other:a=b=c").config, { "shop:cloud": "gcp", "other:a": "b=c" });
    const file = join(folder, "elsewhere.yaml");
    const given = () => findProgram(folder, parseArguments(["up", "new"]), () => [], file);
    assert.throws(given, /--config-file .*elsewhere\.yaml: there is no such file/);
    write("elsewhere.yaml", "config:\n  shop:cloud: aws\n");
    assert.deepEqual([given().stack, given().configFile], ["new", file]);
  });

  it("moves to another cloud with that cloud's usual region, and within a cloud keeps the region", () => {
    assert.deepEqual(find("--cloud", "gcp").config, { "shop:cloud": "gcp", "shop:region": "us-central1" });
    assert.deepEqual(find("--cloud", "azure", "--region", "uksouth").config, {
      "shop:cloud": "azure",
      "shop:region": "uksouth",
    });
    assert.deepEqual(find("--cloud", "aws").config, { "shop:cloud": "aws" });
    assert.deepEqual(find("--region", "us-west-2").config, { "shop:region": "us-west-2" });
  });

  it("is refused with what there is when the stack file or the project is missing", () => {
    assert.throws(() => find("up", "dve"), /no Pulumi\.dve\.yaml .*Did you mean "dev"\?/);
    assert.throws(() => find("up", "production"), /There is: dev\./);
    rmSync(join(folder, "Pulumi.yaml"));
    assert.throws(() => find(), /no Pulumi\.yaml in .*--cwd/);
  });

  it("needs no stack file for a stack with state, nor where no stack has one", () => {
    assert.equal(find("destroy", "kept").configFile, undefined);
    rmSync(join(folder, "Pulumi.dev.yaml"));
    assert.equal(find("up", "any").configFile, undefined);
  });

  it("says where YAML is wrong", () => {
    write("Pulumi.dev.yaml", "config: [\n");
    assert.throws(() => find(), /Pulumi\.dev\.yaml is not valid YAML: /);
    write("Pulumi.dev.yaml", "- a\n");
    assert.throws(() => find(), /holds no settings/);
  });

  it("knows whether encrypted values are in it", () => {
    assert.equal(find().encrypted, false);
    write("Pulumi.dev.yaml", "encryptionsalt: v1:a:b\nconfig:\n  shop:key:\n    secure: v1:abc\n");
    assert.equal(find().encrypted, true);
  });

  it("reads YAML as the engine does: whole numbers of any size, hexadecimal ones, the first document", () => {
    write("Pulumi.dev.yaml", "config:\n  shop:big: 18446744073709551615\n  shop:hex: 0x1F\n  shop:no: off\n---\n- b\n");
    assert.deepEqual([find().encrypted, find("--cloud", "aws").config["shop:region"]], [false, "us-east-1"]);
    write("Pulumi.dev.yaml", "config:\n  shop:list: [18446744073709551615, { secure: v1:abc }]\n");
    assert.equal(find().encrypted, true);
    write("Pulumi.dev.yaml", "config:\n  shop:a: \u0001\n");
    assert.throws(() => find(), /Pulumi\.dev\.yaml is not valid YAML: control characters are not allowed/);
  });
});

describe("The stage", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "stage-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("keeps one passphrase that its owner alone can read, and never in version control", () => {
    const stage = openStage(join(folder, "a"));
    const made = stage.passphrase({});
    assert.ok(made.length >= 32);
    assert.equal(openStage(join(folder, "a")).passphrase({}), made);
    assert.notEqual(openStage(join(folder, "b")).passphrase({}), made);
    assert.equal(statSync(join(folder, "a", "passphrase")).mode & 0o777, 0o600);
  });

  it("takes the user's passphrase as Pulumi does", () => {
    const stage = openStage(folder);
    assert.equal(stage.passphrase({ PULUMI_CONFIG_PASSPHRASE: "mine" }), "mine");
    writeFileSync(join(folder, "phrase.txt"), "from a file\n");
    assert.equal(stage.passphrase({ PULUMI_CONFIG_PASSPHRASE_FILE: join(folder, "phrase.txt") }), "from a file");
    assert.throws(
      () => stage.passphrase({ PULUMI_CONFIG_PASSPHRASE_FILE: "/nowhere" }),
      /\/nowhere, which doesn't exist/,
    );
  });
});
