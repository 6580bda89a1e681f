# The database's password, out of Key Vault, into a volume in memory.
set -euo pipefail
umask 077
export AZURE_CONFIG_DIR=/tmp/azure AZURE_CORE_COLLECT_TELEMETRY=false
az login --service-principal --username "$AZURE_CLIENT_ID" --tenant "$AZURE_TENANT_ID" \
  --federated-token "$(cat "$AZURE_FEDERATED_TOKEN_FILE")" --output none
az keyvault secret show --vault-name "$VAULT" --name "$ENTRY" --query value --output tsv | tr -d '\n' >/login/password
