import assert from "node:assert/strict";
import * as fc from "fast-check";
import { build, the } from "../../test/contract";
import { cdnOn, fullCdnOn } from "../../test/edge";
import { requestNamed } from "./azure-approval";
import { privateLinkRegion } from "./azure-regions";
import { duration } from "./azure-rules";

const recorded = (make: Parameters<typeof build>[1]) => build("azure", make, false);
const Deployment = "azure-native:resources:Deployment";

describe("cdn on Azure", () => {
  it("is Front Door Premium (F2), whose own name leads nowhere", async () => {
    const recording = await recorded((ground) => fullCdnOn(ground));
    assert.deepEqual(the(recording, "azure-native:cdn:Profile").inputs["sku"], { name: "Premium_AzureFrontDoor" });
    const routes = recording.registrations.filter((one) => one.type === "azure-native:cdn:Route");
    assert.equal(routes.length, 2);
    for (const { inputs } of routes) {
      assert.equal(inputs["linkToDefaultDomain"], "Disabled");
      assert.equal(inputs["httpsRedirect"], "Enabled", "NET-10");
      assert.equal(inputs["forwardingProtocol"], "HttpsOnly", "CDN-04");
    }
  });

  it("speaks TLS 1.3 with a set of ciphers of its own, or 1.2 with Azure's newest (CDN-04, SEC-04, F5)", async () => {
    const tls = async (minTls: "1.2" | "1.3") =>
      the(await recorded((ground) => cdnOn(ground, { minTls })), "azure-native:cdn:AFDCustomDomain").inputs[
        "tlsSettings"
      ] as { minimumTlsVersion: string; cipherSuiteSetType: string };
    assert.deepEqual(
      [(await tls("1.3")).minimumTlsVersion, (await tls("1.3")).cipherSuiteSetType],
      ["TLS13", "Customized"],
    );
    assert.deepEqual(
      [(await tls("1.2")).minimumTlsVersion, (await tls("1.2")).cipherSuiteSetType],
      ["TLS12", "TLS12_2023"],
    );
  });

  it("reaches closed accounts by private link, and says yes to its own request alone (CDN-05)", async () => {
    const recording = await recorded((ground) => cdnOn(ground));
    const origin = the(recording, "azure-native:cdn:AFDOrigin").inputs["sharedPrivateLinkResource"] as {
      privateLink: { id: string };
      groupId: string;
      requestMessage: string;
    };
    const account = the(recording, "azure-native:storage:StorageAccount", "storage-assets");
    assert.equal(origin.privateLink.id, account.id);
    assert.equal(origin.groupId, "web");
    assert.equal(account.inputs["publicNetworkAccess"], "Disabled");
    assert.equal(account.inputs["allowBlobPublicAccess"], false);
    const approval = the(recording, Deployment, "cdn-assets-approval").inputs["properties"] as {
      parameters: { connection: { value: string }; message: { value: string } };
    };
    assert.equal(approval.parameters.message.value, origin.requestMessage);
    assert.match(approval.parameters.connection.value, /^[a-z0-9]+\.[0-9a-f-]{36}$/);
    const route = the(recording, "azure-native:cdn:Route");
    assert.ok(route.dependencies.includes(the(recording, Deployment, "cdn-assets-approval").urn));
  });

  it("says what to do when the request hasn't arrived", () => {
    const state = (description: string) => ({ name: description, privateLinkServiceConnectionState: { description } });
    assert.equal(requestNamed("b", "acc", [state("a"), state("b")]), "b");
    assert.throws(() => requestNamed("c", "acc", [state("a")]), /hasn't arrived at the storage account "acc" yet; run/);
  });

  it("asks a copy when the first store fails, or first when told so (CDN-10)", async () => {
    const priorities = async (failedOver: boolean) =>
      Object.fromEntries(
        (await recorded((ground) => fullCdnOn(ground, {}, failedOver))).registrations
          .filter((one) => one.type === "azure-native:cdn:AFDOrigin" && one.name !== "cdn-api")
          .map((one) => [one.name, one.inputs["priority"]]),
      );
    assert.deepEqual(await priorities(false), { "cdn-assets": 1, "cdn-assets-copy": 2 });
    assert.deepEqual(await priorities(true), { "cdn-assets": 2, "cdn-assets-copy": 1 });
  });

  it("guards both names before a client can come by one (CDN-06)", async () => {
    const recording = await recorded((ground) => cdnOn(ground));
    const guard = the(recording, "azure-native:cdn:SecurityPolicy");
    const [association] = (guard.inputs["parameters"] as { associations: { domains: object[] }[] }).associations;
    assert.equal(association?.domains.length, 2);
    assert.ok(the(recording, "azure-native:dns:RecordSet", "cdn").dependencies.includes(guard.urn));
  });

  it("logs to the workspace and to the store for logs (CDN-09)", async () => {
    const { inputs } = the(
      await recorded((ground) => cdnOn(ground)),
      "azure-native:monitor:DiagnosticSetting",
      "cdn-access",
    );
    assert.ok(inputs["workspaceId"] && inputs["storageAccountId"]);
    assert.match(JSON.stringify(inputs["logs"]), /FrontDoorAccessLog.*FrontDoorWebApplicationFirewallLog/);
  });

  it("keeps assets as long as it is told, and doesn't for 0 seconds (CDN-08)", async () => {
    const rules = async (assetTtl: number) =>
      (await recorded((ground) => cdnOn(ground, { assetTtl }))).registrations.filter(
        (one) => one.type === "azure-native:cdn:Rule" && one.name === "cdn-caching",
      );
    assert.equal((await rules(0)).length, 0);
    assert.match(JSON.stringify((await rules(90_000))[0]?.inputs), /"cacheDuration":"1\.01:00:00"/);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 31_536_000 }), (seconds) => {
        const [, days = "0", hours = "", minutes = "", rest = ""] =
          /^(?:(\d+)\.)?(\d\d):(\d\d):(\d\d)$/.exec(duration(seconds)) ?? [];
        assert.equal(Number(days || 0) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(rest), seconds);
      }),
    );
  });

  it("finds a region for its private endpoints", () => {
    assert.equal(privateLinkRegion("eastus"), "eastus");
    assert.equal(privateLinkRegion("westus"), "westus3");
  });
});
