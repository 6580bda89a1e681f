// Subnets that a property names have no route to an internet gateway.
import { notApplicable, unknown } from "./judge";
import { isUnknown, read } from "./read";
import { reached, subnetReach, subnetsOf } from "./routes";
import type { Judge } from "./rule";

/** All of them are private. Subnets made outside the stack can't be seen. */
export const privateSubnets =
  (property: string): Judge =>
  (view, { graph }) => {
    const expected = "subnets without a route to an internet gateway";
    const { here, elsewhere } = subnetsOf(graph, view, property);
    if (elsewhere)
      return isUnknown(read(view.props, property))
        ? unknown(property, expected)
        : notApplicable("the subnets are made elsewhere");
    const reaches = here.map((subnet) => subnetReach(graph, subnet));
    return reached(reaches.includes(true) ? true : reaches.includes("unknown") ? "unknown" : false, property, expected);
  };
