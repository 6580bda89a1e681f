// The function's own side: rotate.mjs on the SDK that AWS's runtime brings.
import {
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import * as kind from "./kind.mjs";
import { rotate } from "./rotate.mjs";

const client = new SecretsManagerClient({});

const store = {
  describe: (SecretId) => client.send(new DescribeSecretCommand({ SecretId })),
  read: async (SecretId, VersionStage, VersionId) => {
    try {
      return (await client.send(new GetSecretValueCommand({ SecretId, VersionStage, VersionId }))).SecretString;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      throw error;
    }
  },
  draw: async (PasswordLength) =>
    (await client.send(new GetRandomPasswordCommand({ PasswordLength, ExcludePunctuation: true }))).RandomPassword,
  put: (SecretId, ClientRequestToken, SecretString) =>
    client.send(
      new PutSecretValueCommand({ SecretId, ClientRequestToken, SecretString, VersionStages: ["AWSPENDING"] }),
    ),
  promote: (SecretId, MoveToVersionId, RemoveFromVersionId) =>
    client.send(
      new UpdateSecretVersionStageCommand({
        SecretId,
        VersionStage: "AWSCURRENT",
        MoveToVersionId,
        RemoveFromVersionId,
      }),
    ),
};

export const handler = (event) => rotate(event, store, kind);
