// The analyzer protocol's `remediate`: additions to a resource's inputs, on the very tree that came over the wire, so
// that secret markers and unknown values go back as they came.
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { entryOf } from "../catalogue";
import { judgeView, toView } from "../evaluate";
import { Graph } from "../graph";
import { additionsFor } from "../remediations";
import { add } from "../remediations/remedy";
import type { Context, Props } from "../rule";
import { rules } from "../rules";
import type { Policies } from "./policies";
import { reveal, revealStruct, wireMarks } from "./wire";

/**
 * A resource is all that is known here: a rule that also asks for neighbours fails for want of them, with the additions as
 * without, and so leaves it alone. One remediation a rule that asks for it, fails, and passes with the additions; the others leave no trace. */
export function remediate(
  request: proto.AnalyzeRequest,
  policies: Policies,
  context: Context,
): proto.RemediateResponse {
  const response = new proto.RemediateResponse();
  const type = request.getType();
  const wanted = rules.filter(({ id }) => policies.remediates(id) && additionsFor(id, type));
  if (wanted.length === 0) return response;
  const provider = revealStruct(request.getProvider()?.getProperties()).props;
  let tree: Props = request.getProperties()?.toJavaScript() ?? {};
  for (const rule of wanted) {
    const isFailing = (of: Props) => {
      const { props, secrets } = reveal(of);
      const resource = { type, name: request.getName(), urn: request.getUrn(), inputs: props, secretInputs: secrets };
      const view = toView(resource, provider);
      const alone = { ...context, graph: new Graph([view]) };
      return (["inputs", "graph"] as const).some((phase) =>
        judgeView(view, alone, [rule], phase).some(({ status }) => status === "fail"),
      );
    };
    if (!isFailing(tree)) continue;
    const better = structuredClone(tree) as Record<string, unknown>;
    const additions = additionsFor(rule.id, type) ?? [];
    const own = typeof additions === "function" ? additions(reveal(tree).props) : additions;
    for (const addition of own) add(better, addition, wireMarks);
    if (isFailing(better)) continue;
    tree = better;
    response.addRemediations(remediation(rule.id, better, policies));
  }
  return response;
}

function remediation(rule: string, properties: Props, { pack }: Policies): proto.Remediation {
  const one = new proto.Remediation();
  one.setPolicyname(rule);
  one.setPolicypackname(pack.name);
  one.setPolicypackversion(pack.version);
  one.setDescription(entryOf(rule).title);
  one.setProperties(Struct.fromJavaScript(properties as Record<string, JavaScriptValue>));
  return one;
}
