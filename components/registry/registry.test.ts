import assert from "node:assert/strict";
import { build, itKeepsTheContract } from "../../test/contract";
import { standbyOn } from "../../test/sites";
import { clouds } from "../cloud";
import { Registry } from ".";

const token = "trifold:registry:Registry";

describe("registry", () => {
  itKeepsTheContract({
    token,
    builds: {
      defaults: (ground) => new Registry("registry", ground),
      "everything set": (ground) =>
        new Registry("registry", {
          ...ground,
          repositories: ["app", "worker"],
          keepReleases: 25,
          replica: standbyOn(ground.site.cloud, ground.site.environment),
        }),
    },
  });

  for (const cloud of clouds)
    it(`tells where images are pulled from on ${cloud} (CLU-14)`, async () => {
      const hosts: string[] = [];
      const urls: string[] = [];
      await build(
        cloud,
        (ground) => {
          const { host, urls: all } = new Registry("registry", { ...ground, repositories: ["app", "worker"] });
          host.apply((text) => hosts.push(text));
          for (const url of Object.values(all)) url.apply((text) => urls.push(text));
        },
        false,
      );
      assert.equal(hosts.length, 1);
      assert.equal(urls.length, 2);
      for (const url of urls) assert.ok(url.startsWith(`${hosts[0]}/`), `${url} is not below ${hosts[0]}`);
    });

  it("refuses names that a registry wouldn't take, and names given twice", async () => {
    await assert.rejects(
      build("aws", (ground) => new Registry("registry", { ...ground, repositories: ["App"] }), true),
      /repositories is \["App"\]; name one or more, each once/,
    );
    await assert.rejects(
      build("aws", (ground) => new Registry("registry", { ...ground, repositories: ["app", "app"] }), true),
      /each once/,
    );
  });
});
