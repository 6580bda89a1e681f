// The constraints of SARIF 2.1.0 that a reader leans on, for ajv: types, enumerations and required members of what the audit
// writes, and nothing else allowed. Written from the specification, section 3; the tests hold both forms against it.

const text = { type: "string", minLength: 1 };
const object = (properties: object, required: readonly string[] = []) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
const message = object({ text, markdown: text }, ["text"]);
/** 3.8: any members. */
const bag = { type: "object", properties: { tags: { type: "array", items: text, uniqueItems: true } } };

const location = object(
  {
    physicalLocation: object(
      {
        artifactLocation: object({ uri: { type: "string", pattern: "^(?!/|[a-zA-Z]:|.*\\.\\./)[^\\s\\\\]+$" } }, [
          "uri",
        ]),
        region: object({ startLine: { type: "integer", minimum: 1 }, startColumn: { type: "integer", minimum: 1 } }),
      },
      ["artifactLocation"],
    ),
    logicalLocations: { type: "array", items: object({ name: text, fullyQualifiedName: text, kind: text }) },
  },
  ["physicalLocation"],
);

const suppression = object(
  {
    kind: { enum: ["inSource", "external"] },
    status: { enum: ["accepted", "underReview", "rejected"] },
    justification: text,
  },
  ["kind"],
);

const result = {
  ...object(
    {
      ruleId: text,
      ruleIndex: { type: "integer", minimum: 0 },
      kind: { enum: ["notApplicable", "pass", "fail", "review", "open", "informational"] },
      level: { enum: ["none", "note", "warning", "error"] },
      message,
      locations: { type: "array", items: location, minItems: 1 },
      partialFingerprints: { type: "object", additionalProperties: text, minProperties: 1 },
      suppressions: { type: "array", items: suppression },
      properties: bag,
    },
    ["message", "ruleId", "ruleIndex", "locations", "partialFingerprints"],
  ),
  // 3.27.10: a level other than none belongs to failures
  if: { properties: { kind: { const: "fail" } } },
  else: { properties: { level: { const: "none" } } },
};

const rule = object(
  {
    id: text,
    name: text,
    shortDescription: message,
    fullDescription: message,
    help: message,
    defaultConfiguration: object({ level: { enum: ["none", "note", "warning", "error"] } }),
    properties: bag,
  },
  ["id"],
);

export const sarifSchema = object(
  {
    $schema: { type: "string", format: "uri" },
    version: { const: "2.1.0" },
    runs: {
      type: "array",
      minItems: 1,
      items: object(
        {
          tool: object(
            {
              driver: object(
                {
                  name: text,
                  version: text,
                  semanticVersion: text,
                  rules: { type: "array", items: rule, uniqueItems: true },
                },
                ["name"],
              ),
            },
            ["driver"],
          ),
          automationDetails: object({ id: text }),
          invocations: {
            type: "array",
            items: object(
              {
                executionSuccessful: { type: "boolean" },
                endTimeUtc: { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$" },
              },
              ["executionSuccessful"],
            ),
          },
          columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
          results: { type: "array", items: result },
          properties: bag,
        },
        ["tool", "results"],
      ),
    },
  },
  ["version", "runs"],
);
