#!/usr/bin/env bash
# Installs the packed tarball in an empty folder, and tries there what a new user would: npm run test:package
#  - the README's program, the command line, and the starter with the real cdk8s-cli
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# fails unless the command ends with the code that is expected
ends_with() {
  local expected=$1 code=0
  shift
  "$@" || code=$?
  [ "$code" = "$expected" ] || { echo "ended with $code instead of $expected: $*"; exit 1; }
}

tarball=$(npm pack --silent --pack-destination "$folder")
mkdir "$folder/plain" "$folder/starter"
cp examples/app-that-survives-its-deployment/main.ts "$folder/plain/main.ts"
cp -R examples/starter/. "$folder/starter"

cd "$folder/plain"
npm init --yes >/dev/null
npm install --silent --omit=optional "../$tarball" cdk8s cdk8s-plus-27 constructs tsx
npx tsx main.ts
diff dist/shop.k8s.yaml "$root/examples/app-that-survives-its-deployment/expected.yaml"
echo "the README's program runs from the tarball: $(du -k "../$tarball" | cut -f1) KiB, $(tar -tzf "../$tarball" | wc -l) files"

ends_with 0 npx cdk8s-patterns check dist --fail-on warning
sed 's/maxUnavailable: 1/maxUnavailable: 0/' dist/shop.k8s.yaml >broken.yaml
ends_with 1 npx cdk8s-patterns check broken.yaml
ends_with 0 npx cdk8s-patterns explain dist checkout >explained.txt
grep -q 'SIGKILL to whatever still runs; 5 s are to spare' explained.txt
ends_with 0 npx cdk8s-patterns rules app/grace-too-short >rule.md
echo 'the command line runs from the tarball'

cd "$folder/starter"
npm install --silent --omit=optional "../$tarball"
ends_with 0 npm run --silent synth
grep -q '"results": \[\]' findings.sarif
ends_with 0 npm run --silent check
sed -i 's/storefront:2.3.0/storefront:latest/' main.ts
rm -rf dist
ends_with 2 npm run --silent synth >synth.txt 2>&1
grep -q 'app/image-not-pinned' synth.txt
grep -q 'app/image-not-pinned' findings.sarif
echo "the starter runs with cdk8s-cli $(npx cdk8s --version 2>/dev/null | tail -1), and fails when it shall"
