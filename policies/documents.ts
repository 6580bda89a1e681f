import { type Statement, statements } from "./iam";
import { fail, pass, unknown } from "./judge";
import { read } from "./read";
import type { Judge } from "./rule";

/** A policy document judged statement by statement; one that isn't known yet is unknown. */
export const document =
  (path: string, expected: string, bad: (one: Statement) => boolean): Judge =>
  (view) => {
    const found = statements(read(view.props, path));
    if (typeof found === "symbol") return unknown(path, expected);
    if (found.some(bad)) return fail(path, expected);
    return found.some((one) => one.open) ? unknown(path, expected) : pass(path, expected);
  };
