#!/usr/bin/env bash
# Installs the packed tarball in an empty folder and runs the README's program there: npm run test:package
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

tarball=$(npm pack --silent --pack-destination "$folder")
cp examples/app-that-survives-its-deployment/main.ts "$folder/main.ts"
cd "$folder"
npm init --yes >/dev/null
npm install --silent --omit=optional "./$tarball" cdk8s cdk8s-plus-27 constructs tsx
npx tsx main.ts
diff dist/shop.k8s.yaml "$root/examples/app-that-survives-its-deployment/expected.yaml"
echo "the README's program runs from the tarball: $(du -k "$tarball" | cut -f1) KiB, $(tar -tzf "$tarball" | wc -l) files"
