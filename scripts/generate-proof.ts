// Writes docs/proof.md from the results of the cluster tests; test/docs.test.ts holds it fresh.
import { writeFileSync } from 'node:fs';
import { readResults } from '../test/cluster/support/results';
import { proofPage } from './proof';

writeFileSync('docs/proof.md', proofPage(readResults()));
