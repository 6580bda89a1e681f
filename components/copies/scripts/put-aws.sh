# The dump into a bucket, the manifest after it: a folder without a manifest isn't whole. Nothing is ever written twice.
set -euo pipefail
folder=$(cat /work/folder)
[ ! -e "/work/tried-$STEP" ] || folder="$folder-$(date -u +%H%M%S)"
touch "/work/tried-$STEP"
aws s3 cp /work/dump "s3://$BUCKET/$folder/$PGDATABASE.dump" --storage-class "$CLASS" --only-show-errors
aws s3 cp /work/manifest.json "s3://$BUCKET/$folder/manifest.json" --only-show-errors
echo "s3://$BUCKET/$folder"
