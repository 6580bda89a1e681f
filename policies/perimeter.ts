// VPC Service Controls.
import { fail, pass, unknown } from "./judge";
import { list } from "./read";
import type { Judge } from "./rule";

/** A perimeter, where a stack has one, covers the service. */
export const perimeter =
  (service: string): Judge =>
  (view) => {
    const path = "status.restrictedServices";
    const services = list(view.props, path);
    if (typeof services === "symbol") return unknown(path, service);
    return services.includes(service) || services.includes("*") ? pass(path) : fail(path, `${service} as well`);
  };
