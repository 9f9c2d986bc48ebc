import { readFileSync } from 'node:fs';
import { Severity } from '../../../lib/findings';
import { RULES } from '../../../lib/rules';
import { delayNeedsShell } from '../../../lib/rules/app/delay-needs-shell';
import { exampleFindings, rulePage } from '../../../lib/validation/files/rule-page';
import { findings } from '../../support/rules';

test('a page says why, shows the finding in its place, how it is mended, and where more is said', () => {
  const page = rulePage({
    ...delayNeedsShell,
    id: 'app/an-example',
    severity: Severity.WARNING,
    since: '1.2.3',
    why: 'One sentence\nin two lines. Another\none.',
    bad: '\nkind: Service\napiVersion: v1\n---\nkind: Service\napiVersion: v1\n\n',
    good: '\nkind: List\n\n',
    sources: ['https://example.org/a', 'https://example.org/b'],
  });
  expect(page).toBe(`## app/an-example

warning, since 1.2.3

One sentence in two lines. Another one.

Found in:

\`\`\`yaml
kind: Service
apiVersion: v1
---
kind: Service
apiVersion: v1
\`\`\`

as:

\`\`\`text
Service : findings/object-without-name: metadata.name: there is none, so that the API server refuses the Service; add metadata.name
Service : findings/object-without-name: metadata.name: there is none, so that the API server refuses the Service; add metadata.name
\`\`\`

Mended:

\`\`\`yaml
kind: List
\`\`\`

- <https://example.org/a>
- <https://example.org/b>
`);
});

test.each(RULES.map((rule) => [rule.id, rule] as const))(
  '%s is found in its bad example, in its cluster',
  (_, rule) => {
    expect(exampleFindings(rule)).toEqual(findings(rule.bad, rule));
    expect(exampleFindings(rule)).toHaveLength(1);
  },
);

test('every page is part of docs/rules.md', () => {
  const page = readFileSync('docs/rules.md', 'utf8');
  expect(RULES.filter((rule) => !page.includes(rulePage(rule))).map(({ id }) => id)).toEqual([]);
});
