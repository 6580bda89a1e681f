// The password of a user of ElastiCache, in JSON with how to reach the cache. A user may have two: the new one is set
// beside the current one, which goes on working until the next rotation puts another in its place.
// https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/User-Secrets-Manager.html
import { DescribeUsersCommand, ElastiCacheClient, ModifyUserCommand } from "@aws-sdk/client-elasticache";

const client = new ElastiCacheClient({});
/** Seconds between looks, and how often: a change takes some ten seconds, and the function has two minutes. */
const pause = { seconds: 5, times: 20 };

export async function next(current, draw) {
  const login = JSON.parse(current);
  return JSON.stringify({ ...login, password: await draw(login.password.length) });
}

export async function set(pending, current) {
  const { userId, password } = JSON.parse(pending);
  await settled(userId);
  await client.send(
    new ModifyUserCommand({
      UserId: userId,
      AuthenticationMode: { Type: "password", Passwords: [JSON.parse(current).password, password] },
    }),
  );
}

export const test = (pending) => settled(JSON.parse(pending).userId);

/** Waits until the user takes changes again: then the last one has reached every node. */
async function settled(userId) {
  for (let look = 0; look < pause.times; look++) {
    const { Users } = await client.send(new DescribeUsersCommand({ UserId: userId }));
    if (Users?.[0]?.Status === "active") return;
    await new Promise((resolve) => setTimeout(resolve, pause.seconds * 1000));
  }
  throw new Error(`The user ${userId} did not become active`);
}
