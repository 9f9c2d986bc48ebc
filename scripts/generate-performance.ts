// Writes docs/performance.md from bench/check.json; test/docs.test.ts holds it fresh.
import { writeFileSync } from 'node:fs';
import { performancePage } from './performance';

writeFileSync('docs/performance.md', performancePage());
