# The dump into a container, the manifest after it: a folder without a manifest isn't whole. Nothing is ever written twice.
set -euo pipefail
export AZURE_CONFIG_DIR="/tmp/azure-$STEP" AZURE_CORE_COLLECT_TELEMETRY=false
az login --service-principal --username "$AZURE_CLIENT_ID" --tenant "$AZURE_TENANT_ID" \
  --federated-token "$(cat "$AZURE_FEDERATED_TOKEN_FILE")" --allow-no-subscriptions --output none
folder=$(cat /work/folder)
[ ! -e "/work/tried-$STEP" ] || folder="$folder-$(date -u +%H%M%S)"
touch "/work/tried-$STEP"
put() {
  az storage blob upload --auth-mode login --account-name "$ACCOUNT" --container-name "$BUCKET" --name "$folder/$1" \
    --file "$2" --tier "$3" --if-none-match '*' --overwrite true --no-progress --only-show-errors --output none
}
put "$PGDATABASE.dump" /work/dump "$CLASS"
put manifest.json /work/manifest.json Hot
echo "https://$ACCOUNT.blob.core.windows.net/$BUCKET/$folder"
