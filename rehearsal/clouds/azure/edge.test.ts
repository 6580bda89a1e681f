// Names, Front Door and its firewalls: a good example, what Azure would refuse of it, and what it refuses by its neighbours.
import assert from "node:assert/strict";
import { type Props, UNKNOWN } from "../row";
import type { Example } from "../testing/sample";
import { pick, text } from "../values";
import { itTellsApart, rowOf, Sample, type Thing } from "./sample";

const group = { resourceGroupName: "shop-prod" };
const door = { ...group, profileName: "shop" };
const id = (path: string) =>
  `/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/shop-prod/providers/${path}`;
const limit = {
  name: "RateLimit",
  priority: 1,
  ruleType: "RateLimitRule",
  action: "Block",
  rateLimitDurationInMinutes: 5,
  rateLimitThreshold: 2000,
  matchConditions: [
    { matchVariable: "RemoteAddr", operator: "IPMatch", negateCondition: true, matchValue: ["192.0.2.0/24"] },
  ],
};

const examples: readonly Example[] = [
  {
    type: "dns:Zone",
    good: { ...group, zoneName: "shop.example", location: "global", zoneType: "Public" },
    bad: [
      [{ zoneName: "shop" }, "zoneName"],
      [{ location: "eastus" }, "location"],
      [{ zoneType: "Open" }, "zoneType"],
    ],
  },
  {
    type: "dns:DnssecConfig",
    good: { ...group, zoneName: "shop.example" },
    bad: [[{ zoneName: undefined }, "zoneName"]],
  },
  {
    type: "dns:RecordSet",
    good: {
      ...group,
      zoneName: "shop.example",
      recordType: "A",
      relativeRecordSetName: "www",
      ttl: 300,
      aRecords: [{ ipv4Address: "203.0.113.7" }],
    },
    bad: [
      [{ ttl: undefined }, "ttl"],
      [{ aRecords: undefined }, "aRecords"],
      [{ cnameRecord: { cname: "a.example" } }, "cnameRecord"],
      [{ recordType: "B" }, "recordType"],
      [{ "aRecords.0.ipv4Address": "2001:db8::1" }, "aRecords.0.ipv4Address"],
      [{ targetResource: { id: UNKNOWN } }, "aRecords"],
      [{ relativeRecordSetName: "www." }, "relativeRecordSetName"],
    ],
  },
  {
    type: "trafficmanager:Profile",
    good: {
      ...group,
      profileName: "shop",
      location: "global",
      trafficRoutingMethod: "Priority",
      dnsConfig: { relativeName: "shop", ttl: 60 },
      monitorConfig: { protocol: "HTTPS", port: 443, path: "/health", intervalInSeconds: 10, timeoutInSeconds: 9 },
    },
    bad: [
      [{ location: "eastus" }, "location"],
      [{ "monitorConfig.intervalInSeconds": 20 }, "monitorConfig.intervalInSeconds"],
      [{ "monitorConfig.timeoutInSeconds": 10 }, "monitorConfig.timeoutInSeconds"],
      [{ "monitorConfig.path": "health" }, "monitorConfig.path"],
      [{ trafficRoutingMethod: "Failover" }, "trafficRoutingMethod"],
    ],
  },
  {
    type: "trafficmanager:Endpoint",
    good: {
      ...group,
      profileName: "shop",
      endpointName: "primary",
      endpointType: "ExternalEndpoints",
      target: UNKNOWN,
      priority: 1,
    },
    bad: [
      [{ priority: 0 }, "priority"],
      [{ endpointType: "External" }, "endpointType"],
      [{ target: undefined }, "target"],
      [{ endpointStatus: "Off" }, "endpointStatus"],
    ],
  },
  {
    type: "frontdoor:Policy",
    good: {
      ...group,
      policyName: "shopwaf",
      location: "Global",
      sku: { name: "Premium_AzureFrontDoor" },
      policySettings: { enabledState: "Enabled", mode: "Prevention" },
      customRules: { rules: [limit] },
      managedRules: {
        managedRuleSets: [{ ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.1", ruleSetAction: "Block" }],
      },
    },
    bad: [
      [{ policyName: "shop-waf" }, "policyName"],
      [{ "sku.name": "Standard_AzureFrontDoor" }, "managedRules"],
      [{ "policySettings.mode": "Block" }, "policySettings.mode"],
      [{ "customRules.rules.0.rateLimitDurationInMinutes": 3 }, "customRules.rules.0.rateLimitDurationInMinutes"],
      [{ "customRules.rules.0.rateLimitThreshold": undefined }, "customRules.rules.0.rateLimitThreshold"],
      [{ "managedRules.managedRuleSets.0.ruleSetVersion": "9.9" }, "managedRules.managedRuleSets.0.ruleSetVersion"],
      [{ "customRules.rules": [limit, { ...limit, name: "Other" }] }, "customRules.rules.1.priority"],
    ],
  },
  {
    type: "network:WebApplicationFirewallPolicy",
    good: {
      ...group,
      policyName: "shop-waf",
      location: "eastus",
      policySettings: { mode: "Prevention", state: "Enabled", maxRequestBodySizeInKb: 128 },
      managedRules: { managedRuleSets: [{ ruleSetType: "Microsoft_DefaultRuleSet", ruleSetVersion: "2.1" }] },
      customRules: [
        {
          name: "RateLimit",
          priority: 1,
          ruleType: "RateLimitRule",
          action: "Block",
          rateLimitDuration: "FiveMins",
          rateLimitThreshold: 2000,
          groupByUserSession: [{ groupByVariables: [{ variableName: "ClientAddr" }] }],
          matchConditions: [],
        },
      ],
    },
    bad: [
      [{ managedRules: undefined }, "managedRules"],
      [{ "managedRules.managedRuleSets.0.ruleSetType": "DRS" }, "managedRules.managedRuleSets.0.ruleSetType"],
      [{ "customRules.0.groupByUserSession": undefined }, "customRules.0.groupByUserSession"],
      [{ "policySettings.maxRequestBodySizeInKb": 4000 }, "policySettings.maxRequestBodySizeInKb"],
    ],
  },
  {
    type: "resources:Deployment",
    good: { ...group, deploymentName: "shop", properties: { mode: "Incremental", template: { resources: [] } } },
    bad: [
      [{ "properties.mode": "All" }, "properties.mode"],
      [{ properties: { mode: "Incremental" } }, "properties.template"],
    ],
  },
  {
    type: "cdn:Profile",
    good: { ...door, location: "Global", sku: { name: "Premium_AzureFrontDoor" }, originResponseTimeoutSeconds: 60 },
    bad: [
      [{ "sku.name": "Standard_Microsoft" }, "sku.name"],
      [{ originResponseTimeoutSeconds: 5 }, "originResponseTimeoutSeconds"],
    ],
  },
  {
    type: "cdn:AFDEndpoint",
    good: { ...door, endpointName: "shop", location: "Global" },
    bad: [[{ endpointName: "shop_" }, "endpointName"]],
  },
  {
    type: "cdn:AFDCustomDomain",
    good: {
      ...door,
      customDomainName: "www-shop-example",
      hostName: "www.shop.example",
      tlsSettings: {
        certificateType: "ManagedCertificate",
        minimumTlsVersion: "TLS13",
        cipherSuiteSetType: "Customized",
        customizedCipherSuiteSet: { cipherSuiteSetForTls13: ["TLS_AES_256_GCM_SHA384"] },
      },
    },
    bad: [
      [{ hostName: "shop" }, "hostName"],
      [{ "tlsSettings.cipherSuiteSetType": "TLS12_2023" }, "tlsSettings.cipherSuiteSetType"],
      [{ "tlsSettings.customizedCipherSuiteSet": undefined }, "tlsSettings.customizedCipherSuiteSet"],
      [{ "tlsSettings.certificateType": "CustomerCertificate" }, "tlsSettings.secret"],
    ],
  },
  {
    type: "cdn:AFDOriginGroup",
    good: {
      ...door,
      originGroupName: "assets",
      loadBalancingSettings: { sampleSize: 4, successfulSamplesRequired: 3 },
    },
    bad: [
      [{ loadBalancingSettings: undefined }, "loadBalancingSettings"],
      [{ healthProbeSettings: { probeIntervalInSeconds: 300 } }, "healthProbeSettings.probeIntervalInSeconds"],
    ],
  },
  {
    type: "cdn:AFDOrigin",
    good: {
      ...door,
      originGroupName: "assets",
      originName: "assets",
      hostName: "shop.z13.web.core.windows.net",
      priority: 1,
      sharedPrivateLinkResource: {
        privateLink: { id: id("Microsoft.Storage/storageAccounts/shop") },
        groupId: "web",
        privateLinkLocation: "eastus",
        requestMessage: "shop",
      },
    },
    bad: [
      [{ hostName: "https://shop.example" }, "hostName"],
      [{ priority: 6 }, "priority"],
      [{ enforceCertificateNameCheck: false }, "enforceCertificateNameCheck"],
      [{ "sharedPrivateLinkResource.groupId": "files" }, "sharedPrivateLinkResource.groupId"],
      [{ "sharedPrivateLinkResource.requestMessage": "x".repeat(141) }, "sharedPrivateLinkResource.requestMessage"],
    ],
  },
  {
    type: "cdn:Route",
    good: {
      ...door,
      endpointName: "shop",
      routeName: "assets",
      originGroup: { id: UNKNOWN },
      customDomains: [{ id: UNKNOWN }],
      patternsToMatch: ["/*"],
      supportedProtocols: ["Http", "Https"],
      httpsRedirect: "Enabled",
    },
    bad: [
      [{ patternsToMatch: ["*"] }, "patternsToMatch.0"],
      [{ supportedProtocols: ["Https"] }, "supportedProtocols"],
      [{ forwardingProtocol: "Https" }, "forwardingProtocol"],
      [{ customDomains: undefined, linkToDefaultDomain: "Disabled" }, "customDomains"],
    ],
  },
  {
    type: "cdn:RuleSet",
    good: { ...door, ruleSetName: "headers" },
    bad: [[{ ruleSetName: "my-headers" }, "ruleSetName"]],
  },
  {
    type: "cdn:Rule",
    good: {
      ...door,
      ruleSetName: "caching",
      ruleName: "lifetime",
      order: 1,
      actions: [
        {
          name: "RouteConfigurationOverride",
          parameters: {
            typeName: "DeliveryRuleRouteConfigurationOverrideActionParameters",
            cacheConfiguration: { cacheBehavior: "OverrideIfOriginMissing", cacheDuration: "1.00:00:00" },
          },
        },
      ],
    },
    bad: [
      [{ "actions.0.name": "Block" }, "actions.0.name"],
      [
        { "actions.0.parameters.cacheConfiguration.cacheDuration": "P1D" },
        "actions.0.parameters.cacheConfiguration.cacheDuration",
      ],
      [{ actions: [] }, "actions"],
    ],
  },
  {
    type: "cdn:SecurityPolicy",
    good: {
      ...door,
      securityPolicyName: "waf",
      parameters: {
        type: "WebApplicationFirewall",
        wafPolicy: { id: UNKNOWN },
        associations: [{ domains: [{ id: UNKNOWN }], patternsToMatch: ["/*"] }],
      },
    },
    bad: [
      [{ "parameters.type": "Firewall" }, "parameters.type"],
      [{ "parameters.associations": [] }, "parameters.associations"],
    ],
  },
];

describe("what Azure refuses at the edge", () => {
  itTellsApart(examples);

  const good = (type: string) => examples.find((one) => one.type === type)?.good ?? {};
  const admit = (type: string, inputs: Props, things: readonly Thing[]) =>
    new Sample(things).admit(`azure-native:${type}`, inputs);

  it("leads no route to a group without origins, and no path to two routes", () => {
    const things: readonly Thing[] = [["cdn:AFDOriginGroup", good("cdn:AFDOriginGroup")]];
    const route = { ...good("cdn:Route"), originGroup: { id: id("Microsoft.Cdn/profiles/shop/originGroups/assets") } };
    assert.match(admit("cdn:Route", route, things)[0]?.reason ?? "", /no enabled origins/);
    const full: typeof things = [...things, ["cdn:AFDOrigin", good("cdn:AFDOrigin")]];
    assert.deepEqual(admit("cdn:Route", route, full), []);
    assert.match(
      admit("cdn:Route", route, [...full, ["cdn:Route", { ...route, routeName: "b" }]])[0]?.reason ?? "",
      /matches \/\* already/,
    );
  });

  it("approves a domain once its zone shows the token that was asked for", () => {
    const inputs = good("cdn:AFDCustomDomain");
    const old = new Sample([["cdn:AFDCustomDomain", inputs]]).items[0]!;
    const token = text(pick(old.outputs, "validationProperties.validationToken")) ?? "";
    const host = text(inputs["hostName"]) ?? "";
    const [label = "", ...zone] = host.split(".");
    const record = (value: string): readonly Thing[] => [
      [
        "dns:RecordSet",
        {
          ...group,
          zoneName: zone.join("."),
          recordType: "TXT",
          relativeRecordSetName: `_dnsauth.${label}`,
          ttl: 60,
          txtRecords: [{ value: [value] }],
        },
      ],
    ];
    const stateBeside = (things: readonly Thing[]) =>
      rowOf("cdn:AFDCustomDomain").outputs({ ...new Sample(things).moment(old.type, inputs, "shop", old), id: old.id })[
        "domainValidationState"
      ];
    assert.equal(stateBeside([]), "Pending");
    assert.equal(stateBeside(record("something else")), "Pending");
    assert.equal(stateBeside(record(token)), "Approved");
    // And so a refresh learns of it.
    assert.deepEqual(rowOf("cdn:AFDCustomDomain").ripens, ["domainValidationState"]);
  });

  it("logs in to no origin that it reaches by private link", () => {
    const authenticated = { ...good("cdn:AFDOriginGroup"), authentication: { type: "SystemAssignedIdentity" } };
    const [refused] = admit("cdn:AFDOrigin", good("cdn:AFDOrigin"), [["cdn:AFDOriginGroup", authenticated]]);
    assert.match(refused?.reason ?? "", /isn't supported for origins with Private Link/);
  });

  it("follows a profile by an A record only where it answers with addresses", () => {
    const profile = ["trafficmanager:Profile", good("trafficmanager:Profile")] as const;
    const endpoint = (target: string) =>
      ["trafficmanager:Endpoint", { ...good("trafficmanager:Endpoint"), target }] as const;
    const { aRecords: _, ...record } = good("dns:RecordSet");
    const alias = { ...record, targetResource: { id: id("Microsoft.Network/trafficmanagerprofiles/shop") } };
    assert.equal(admit("dns:RecordSet", alias, [profile])[0]?.property, "targetResource.id");
    assert.equal(admit("dns:RecordSet", alias, [profile, endpoint("shop.example")])[0]?.property, "targetResource.id");
    assert.deepEqual(admit("dns:RecordSet", alias, [profile, endpoint("203.0.113.7")]), []);
  });
});
