import { createHash } from "node:crypto";
import { refuse } from "../limits";
import type { CloudFunction } from "../row";
import { pick, text } from "../values";
import { zoneType } from "./dns";

/** Keys of a signed zone, made up once from its id. */
export const getKeys: CloudFunction = {
  token: "gcp:dns/getKeys:getKeys",
  call: (args, { account, place }) => {
    const wanted = text(args["managedZone"]) ?? "";
    const zone = account.find([zoneType], "id", wanted) ?? account.find([zoneType], "name", wanted);
    if (!zone)
      return refuse(
        "managedZone",
        `googleapi: Error 404: The 'parameters.managedZone' resource named '${wanted}' does not exist., notFound`,
      );
    const digest = createHash("sha256").update(zone.id).digest("hex");
    const signed = pick(zone.outputs, "dnssecConfig.state") === "on";
    const key = (kind: string, tag: number) => ({
      algorithm: "ecdsap256sha256",
      creationTime: zone.outputs["creationTime"] ?? "",
      description: "",
      digests: [{ digest: digest.toUpperCase(), type: "sha256" }],
      id: `${kind}-${tag}`,
      isActive: true,
      keyLength: 256,
      keyTag: tag,
      publicKey: digest,
    });
    const tag = Number.parseInt(digest.slice(0, 4), 16);
    return {
      id: zone.id,
      managedZone: wanted,
      project: text(args["project"]) ?? place.account,
      keySigningKeys: signed ? [{ ...key("ksk", tag), dsRecord: `${tag} 13 2 ${digest.toUpperCase()}` }] : [],
      zoneSigningKeys: signed ? [key("zsk", (tag + 1) % 65536)] : [],
    };
  },
};
