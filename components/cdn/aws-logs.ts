import type { Distribution } from "@pulumi/aws/cloudfront";
import { LogDelivery, LogDeliveryDestination, LogDeliverySource } from "@pulumi/aws/cloudwatch";
import * as pulumi from "@pulumi/pulumi";
import type { BuildContext } from "../build";
import { edgeRegion } from "../keys/aws-edge";
import { awsNames } from "../naming/aws";
import { nativeOf } from "../site";
import { siteName, tagsOf } from "../site/aws-identity";
import type { CompleteCdnArgs } from ".";

/**
 * Standard logging, version 2 (CDN-09): to the site's store for logs, whose policy lets the delivery in and whose
 * lifecycle ends them. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logging.html
 */
export function deliverLogs({ name, site, args, child }: BuildContext<CompleteCdnArgs>, distribution: Distribution) {
  const logs = args.storage.buckets.logs;
  if (!logs) throw new pulumi.RunError(`Cdn "${name}": the storage that it was given has no "logs" store.`);
  const { arn } = nativeOf(logs, "aws", `Cdn "${name}"`);
  const deliveryName = siteName(site, awsNames.logDelivery, site.region, name);
  // Fixed names of the region, which a replacement would have too.
  const options = { ...child, deleteBeforeReplace: true };
  const source = new LogDeliverySource(
    name,
    {
      region: edgeRegion,
      name: deliveryName,
      logType: "ACCESS_LOGS",
      resourceArn: distribution.arn,
      tags: tagsOf(site, name),
    },
    options,
  );
  const destination = new LogDeliveryDestination(
    name,
    {
      region: edgeRegion,
      name: deliveryName,
      outputFormat: "json",
      deliveryDestinationConfiguration: { destinationResourceArn: arn },
      tags: tagsOf(site, name),
    },
    options,
  );
  new LogDelivery(
    name,
    {
      region: edgeRegion,
      deliverySourceName: source.name,
      deliveryDestinationArn: destination.arn,
      s3DeliveryConfigurations: [{ suffixPath: "{DistributionId}/{yyyy}/{MM}/{dd}", enableHiveCompatiblePath: false }],
      tags: tagsOf(site, name),
    },
    options,
  );
}
