# The dump into a bucket, the manifest after it: a folder without a manifest isn't whole. Nothing is ever written twice.
# By the XML API: `gcloud storage cp` wants to list what is there, which who only adds may not.
set -euo pipefail
export CLOUDSDK_CONFIG="/tmp/gcloud-$STEP" CLOUDSDK_CORE_DISABLE_PROMPTS=1
folder=$(cat /work/folder)
[ ! -e "/work/tried-$STEP" ] || folder="$folder-$(date -u +%H%M%S)"
touch "/work/tried-$STEP"
put() {
  printf 'header = "Authorization: Bearer %s"\n' "$(gcloud auth print-access-token)" |
    curl --config - --fail --silent --show-error --proto '=https' --tlsv1.2 --output /dev/null --upload-file "$2" \
      --header "x-goog-storage-class: $3" --header 'x-goog-if-generation-match: 0' \
      --header "x-goog-hash: md5=$(openssl md5 -binary "$2" | base64)" \
      "https://storage.googleapis.com/$BUCKET/$folder/$1"
}
put "$PGDATABASE.dump" /work/dump "$CLASS"
put manifest.json /work/manifest.json STANDARD
echo "gs://$BUCKET/$folder"
