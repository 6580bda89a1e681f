import assert from "node:assert/strict";
import { readAsset, writeAsset } from "./asset-state";
import { archiveFrom, restoreContents } from "./assets";
import { Archive, Asset } from "./values";
import { marshal, unmarshal } from "./wire";

const files = { "dir/b.txt": new Asset({ text: "hello" }, "x"), "a.mjs": new Asset({ text: "export {};\n" }, "y") };

describe("archives", () => {
  it("have the hash that the CLI gives them: of Go's tar of their files, by name", () => {
    // Made with archive/tar of Go 1.26 from these two files, mode 0600.
    const hash = "bf329026c2c8589729d427cc30b345939d46f19c94e588c2aa794ef004c6a864";
    assert.equal(archiveFrom({ assets: files }, undefined).hash, hash);
  });

  it("keep a hash that they come with", () => {
    assert.deepEqual(archiveFrom({ assets: files, hash: "known" }, undefined), new Archive({ assets: files }, "known"));
    assert.deepEqual(archiveFrom({ path: "a.zip", hash: "known" }, undefined), new Archive({ path: "a.zip" }, "known"));
  });

  it("are refused where something would have to be opened first", () => {
    assert.throws(() => archiveFrom({ path: "folder" }, undefined), /archives of a path or URL are not supported/);
    assert.throws(
      () => archiveFrom({ assets: { inner: new Archive({ path: "a.zip" }, "h") } }, undefined),
      /archive member inner: only assets are supported/,
    );
    assert.throws(
      () => archiveFrom({ assets: { far: new Asset({ uri: "https://example.com/x" }, "h") } }, undefined),
      /archive member far: remote assets are not supported/,
    );
  });
});

describe("what a provider is told of files that were", () => {
  const [text, archive] = [new Asset({ text: "hello" }, "x"), new Archive({ assets: files }, "h")];
  const echoed = unmarshal(marshal({ text, archive, list: [text] }, { elide: true }), {});

  it("is their hash alone", () => {
    assert.deepEqual(echoed["text"], new Asset({ text: "" }, "x"));
    // As the CLI reads it, and so as a refresh leaves it in the state.
    assert.deepEqual(echoed["archive"], new Archive({ assets: {} }, "h"));
  });

  it("gets its contents back from what they were, an archive of assets excepted", () => {
    const restored = restoreContents({ text, archive }, { ...echoed, other: new Asset({ text: "" }, "unheard of") });
    assert.deepEqual(restored["text"], text);
    assert.deepEqual(restored["list"], [text]);
    assert.deepEqual(restored["archive"], new Archive({ assets: {} }, "h"));
    assert.deepEqual(restored["other"], new Asset({ text: "" }, "unheard of"));
  });

  it("is written with its keys sorted and without what is empty", () => {
    const written = JSON.stringify(writeAsset(archive));
    assert.match(written, /^\{"\w{32}":"\w{32}","assets":\{"a.mjs":.*,"dir\/b.txt":.*\},"hash":"h"\}$/);
    assert.deepEqual(Object.keys(writeAsset(new Asset({ text: "" }, "x"))).slice(1), ["hash"]);
    assert.deepEqual(readAsset(writeAsset(new Archive({ assets: {} }, "h"))), new Archive({ assets: {} }, "h"));
  });
});
