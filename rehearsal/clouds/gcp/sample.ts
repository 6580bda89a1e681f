// A small project for tests of rows.
import type { Item, Props, Row } from "../row";
import * as testing from "../testing/sample";
import { pkg } from ".";

export class Sample extends testing.Sample {
  constructor() {
    super(pkg, { cloud: "gcp", account: "shop-prod", region: "us-central1", config: { region: "us-central1" } });
  }

  /** The inputs as they leave check: with the provider's defaults. */
  checked(type: string, inputs: Props): Props {
    return this.check(type, inputs).inputs;
  }

  /** Makes something that is called `name` where its inputs don't say; throws what is refused of it. */
  override make(type: string, inputs: Props, name = `thing${this.all(type).length}`): Item {
    const { autoName } = rowOf(type);
    return super.make(type, { ...(autoName && { [autoName.property]: name }), ...inputs }, name);
  }
}

export const rowOf = (type: string): Row => testing.rowOf(pkg, type);
