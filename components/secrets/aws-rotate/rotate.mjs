// What happens to a secret on its day. Secrets Manager calls the four steps in turn, and calls again after a failure, so
// each step may be the second of its kind: it looks first, and does what is still to do.
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
 */
export async function rotate({ Step: step, SecretId: id, ClientRequestToken: version }, store) {
  const secret = await store.describe(id);
  const stages = secret.VersionIdsToStages?.[version];
  if (!secret.RotationEnabled) throw new Error(`Rotation of ${id} is off`);
  if (!stages) throw new Error(`${id} has no version ${version} to rotate to`);
  if (stages.includes("AWSCURRENT")) return;
  if (!stages.includes("AWSPENDING")) throw new Error(`Version ${version} of ${id} is not pending`);
  if (step === "createSecret") return create(id, version, store);
  // Nobody but the store holds this value: there is nowhere to set it, and nothing to test it against.
  if (step === "setSecret") return;
  if (step === "testSecret") return test(id, version, store);
  if (step === "finishSecret") return finish(id, version, secret.VersionIdsToStages, store);
  throw new Error(`There is no step ${step}`);
}

async function create(id, version, store) {
  if ((await store.read(id, "AWSPENDING", version)) !== undefined) return;
  const current = await store.read(id, "AWSCURRENT");
  if (current === undefined) throw new Error(`${id} has no value yet`);
  await store.put(id, version, await store.draw(current.length));
}

async function test(id, version, store) {
  const [pending, current] = [await store.read(id, "AWSPENDING", version), await store.read(id, "AWSCURRENT")];
  if (pending === undefined || pending === current) throw new Error(`Version ${version} of ${id} is no new value`);
}

async function finish(id, version, versions, store) {
  const [current] = Object.entries(versions).find(([, stages]) => stages.includes("AWSCURRENT")) ?? [];
  await store.promote(id, version, current);
}
