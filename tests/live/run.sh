#!/usr/bin/env bash
# The live tests: installs the real programs that we stand in for (once, under
# target/live), and compares a few hundred made-up calls with them.
#
#   PRESIGN_LIVE_CALLS   how many calls of each program (default 300)
#   PRESIGN_LIVE_SEED    the seed of the dice (default 1; another looks elsewhere)
#   PRESIGN_LIVE_AWS, PRESIGN_LIVE_S3CMD   real programs that are there already
set -euo pipefail
cd "$(dirname "$0")/../.."

S3CMD_VERSION=2.4.0
# The official AWS CLI build, as packed for AWS Lambda; this version holds AWS CLI 2.36.12.
AWS_LAYER=@aws-cdk/asset-awscli-v2@2.0.186

export PRESIGN_LIVE_SEED=${PRESIGN_LIVE_SEED:-1}
live=$PWD/target/live
mkdir -p "$live"

install_s3cmd() {
    python3 -m venv "$live/s3cmd"
    "$live/s3cmd/bin/pip" install --quiet "s3cmd==$S3CMD_VERSION"
}

install_aws() {
    rm -rf "$live/layer"
    (cd "$live" && npm pack --silent "$AWS_LAYER" >/dev/null && tar -xzf aws-cdk-asset-awscli-v2-*.tgz &&
        unzip -q package/lib/layer.zip -d layer && rm -rf package aws-cdk-asset-awscli-v2-*.tgz)
}

if [ -z "${PRESIGN_LIVE_S3CMD:-}" ]; then
    export PRESIGN_LIVE_S3CMD=$live/s3cmd/bin/s3cmd
    [ -x "$PRESIGN_LIVE_S3CMD" ] || install_s3cmd
fi
if [ -z "${PRESIGN_LIVE_AWS:-}" ]; then
    export PRESIGN_LIVE_AWS=$live/layer/awscli/v2/2.36.12/dist/aws
    [ -x "$PRESIGN_LIVE_AWS" ] || install_aws
fi
"$PRESIGN_LIVE_S3CMD" --version
HOME=$live "$PRESIGN_LIVE_AWS" --version

cargo test --features live --test all live::
