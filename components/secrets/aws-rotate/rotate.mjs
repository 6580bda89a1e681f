// What happens to a secret on its day. Secrets Manager calls the four steps in turn, and calls again after a failure, so
// each step may be the second of its kind: it looks first, and does what is still to do. Until the last one, readers get
// the old value, which goes on working.
// https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_lambda-functions.html

/**
 * @param {{ Step: string, SecretId: string, ClientRequestToken: string }} event
 * @param {{
 *   describe(id: string): Promise<{ RotationEnabled?: boolean, VersionIdsToStages?: Record<string, string[]> }>,
 *   read(id: string, stage: string, version?: string): Promise<string | undefined>,
 *   draw(length: number): Promise<string>,
 *   put(id: string, version: string, value: string): Promise<unknown>,
 *   promote(id: string, to: string, from?: string): Promise<unknown>,
 * }} store `read` gives undefined where there is no such version
 * @param {{
 *   next(current: string, draw: (length: number) => Promise<string>): Promise<string>,
 *   set(pending: string, current: string): Promise<unknown>,
 *   test(pending: string, current: string): Promise<unknown>,
 * }} kind what makes a value, where it is used, and how it is known to work
 */
export async function rotate({ Step: step, SecretId: id, ClientRequestToken: version }, store, kind) {
  const secret = await store.describe(id);
  const stages = secret.VersionIdsToStages?.[version];
  if (!secret.RotationEnabled) throw new Error(`Rotation of ${id} is off`);
  if (!stages) throw new Error(`${id} has no version ${version} to rotate to`);
  if (stages.includes("AWSCURRENT")) return;
  if (!stages.includes("AWSPENDING")) throw new Error(`Version ${version} of ${id} is not pending`);
  const current = await store.read(id, "AWSCURRENT");
  if (current === undefined) throw new Error(`${id} has no value yet`);
  const pending = await store.read(id, "AWSPENDING", version);
  if (step === "createSecret") {
    if (pending === undefined) await store.put(id, version, await kind.next(current, (length) => store.draw(length)));
    return;
  }
  if (pending === undefined) throw new Error(`Version ${version} of ${id} has no value yet`);
  if (step === "setSecret") await kind.set(pending, current);
  else if (step === "testSecret") await kind.test(pending, current);
  else if (step === "finishSecret") await store.promote(id, version, holderOf("AWSCURRENT", secret.VersionIdsToStages));
  else throw new Error(`There is no step ${step}`);
}

const holderOf = (stage, versions) => Object.keys(versions).find((version) => versions[version].includes(stage));
