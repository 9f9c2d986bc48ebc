// Writes the generated pages; test/docs.test.ts holds them fresh.
import { writeFileSync } from 'node:fs';
import { enginesPage, fencesPage, rulesPage, versionsPage } from './docs';

writeFileSync('docs/rules.md', rulesPage());
writeFileSync('docs/kubernetes-versions.md', versionsPage());
writeFileSync('docs/canary-engines.md', enginesPage());
writeFileSync('docs/fence-engines.md', fencesPage());
