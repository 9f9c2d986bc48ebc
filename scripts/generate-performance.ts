// Writes docs/performance.md from bench/results.json and bench/check.json; test/docs.test.ts holds it fresh.
import { writeFileSync } from 'node:fs';
import { performancePage } from './performance';

writeFileSync('docs/performance.md', performancePage());
