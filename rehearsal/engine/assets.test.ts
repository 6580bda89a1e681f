import assert from "node:assert/strict";
import { archiveFrom } from "./assets";
import { Archive, Asset } from "./values";

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
