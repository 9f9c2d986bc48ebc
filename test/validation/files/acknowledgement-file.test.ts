import { World } from '../../../lib/facts';
import {
  AcknowledgementFile,
  BadAcknowledgementFile,
  isOver,
} from '../../../lib/validation/files/acknowledgement-file';
import { TargetCluster } from '../../../lib/values';
import { inFolder } from '../../support/command-line';

const ID = 'app/image-not-pinned';

function refusal(content: string): string {
  try {
    AcknowledgementFile.parse('a.yaml', content);
  } catch (error) {
    if (error instanceof BadAcknowledgementFile) return error.message;
    throw error;
  }
  throw new Error(`nothing is wrong with ${content}`);
}

/** Whether an entry of `pattern` accepts a finding of the object on a day. */
function accepts(pattern: string, [kind, namespace, name]: readonly (string | undefined)[], until?: string): boolean {
  const entry = `id: ${ID}, object: '${pattern}', reason: r${until === undefined ? '' : `, until: ${until}`}`;
  const manifest = { apiVersion: 'apps/v1', kind, metadata: { name, namespace } };
  const [fact] = new World([{ manifest, target: TargetCluster.of({}) }]).objects;
  if (fact === undefined) throw new Error('no object');
  const file = AcknowledgementFile.parse('a.yaml', `acknowledge: [{ ${entry} }]`);
  return file.accepting(fact, ID, '2026-11-26').length > 0;
}

test('entries are read, with their places', () => {
  const file = AcknowledgementFile.parse(
    'a.yaml',
    `# accepted by the shop team
acknowledge:
  - id: app/image-not-pinned
    object: " Deployment   shop/cart-* "
    reason: " rebuilt daily "
    until: 2027-01-31

  - { id: findings/duplicate-object, object: "*", reason: two clusters }
skip:
  - id: app/grace-too-short
    reason: >
      a drill
`,
  );
  expect(file.file).toBe('a.yaml');
  expect(file.entries).toEqual([
    {
      id: 'app/image-not-pinned',
      object: 'Deployment   shop/cart-*',
      reason: 'rebuilt daily',
      until: '2027-01-31',
      field: 'acknowledge[0]',
      line: 3,
    },
    {
      id: 'findings/duplicate-object',
      object: '*',
      reason: 'two clusters',
      until: undefined,
      field: 'acknowledge[1]',
      line: 8,
    },
  ]);
  expect(file.skips).toMatchObject([
    { id: 'app/grace-too-short', reason: 'a drill', until: undefined, field: 'skip[0]', line: 10 },
  ]);
});

describe('nothing is accepted', () => {
  test.each([
    ['by an empty file', ''],
    ['by comments', '# nothing yet\n---\n# still nothing\n'],
    ['by empty lists', 'acknowledge: []\nskip: []\n'],
    ['by lists of which nothing is written', 'acknowledge:\nskip:\n'],
    ['by an empty map', '{}'],
  ])('%s', (_, content) => {
    const { entries, skips } = AcknowledgementFile.parse('a.yaml', content);
    expect([entries, skips]).toEqual([[], []]);
  });

  test('where there is no file at the usual place', () => {
    const { file, entries, skips } = inFolder({}, () => AcknowledgementFile.read(undefined));
    expect([file, entries, skips]).toEqual(['', [], []]);
  });
});

describe('what is refused, with file and line', () => {
  test.each<[string, string, string]>([
    ['broken YAML', 'acknowledge:\n\t- a\n', 'a.yaml:2: Tabs are not allowed as indentation'],
    [
      'broken YAML after a good document',
      'skip: []\n---\nskip: [\n---\n',
      'a.yaml:4: Flow sequence in block collection',
    ],
    ['several documents', 'skip: []\n---\nskip: []\n', 'a.yaml: holds 2 documents, and may hold one'],
    ['a list', '# why\n- id: a\n', 'a.yaml:2: the file must be a map'],
    ['a text', '\ntext', 'a.yaml:2: the file must be a map'],
    ['null', '---\n\nnull\n', 'a.yaml:3: the file must be a map'],
    ['another key', 'skip: []\nignore: []\n', 'a.yaml:2: ignore is unknown; use `acknowledge` or `skip`'],
    ['a map of entries', 'acknowledge:\n  id: a\n', 'a.yaml:1: acknowledge must be a list of entries'],
    ['a text of entries', 'acknowledge: []\nskip: a\n', 'a.yaml:2: skip must be a list of entries'],
    ['an entry that is a text', `skip: []\nacknowledge:\n  - ${ID}\n`, 'a.yaml:3: acknowledge[0] must be a map'],
    ['an entry that is a list', 'skip:\n  - []\n', 'a.yaml:2: skip[0] must be a map'],
    ['an entry that is null', 'skip:\n  - null\n', 'a.yaml:2: skip[0] must be a map'],
  ])('%s', (_, content, message) => {
    expect(refusal(content).slice(0, message.length)).toBe(message);
  });

  const entry = (text: string, list = 'acknowledge') =>
    refusal(`# why\n${list}:\n  - ${text.replace(/\n/g, '\n    ')}\n`);
  const id = `id: ${ID}\n`;
  const object = 'object: Deployment shop/web\n';

  test.each<[string, string, string]>([
    [
      'a key of neither list',
      `${id}${object}reason: r\nwhy: r`,
      '6: acknowledge[0].why is unknown; an entry has id, object, reason, until',
    ],
    [
      'no id',
      `${object}reason: r`,
      '3: acknowledge[0].id must be a text: the id of a finding, for example availability/single-replica',
    ],
    [
      'an id that is a number',
      `id: 1\n${object}reason: r`,
      '3: acknowledge[0].id must be a text: the id of a finding, for example availability/single-replica',
    ],
    [
      'an id of nothing',
      `${object}id: app/nothing\nreason: r`,
      '4: acknowledge[0].id `app/nothing` is the id of no finding; `cdk8s-patterns rules` lists them',
    ],
    [
      'no object',
      `${id}reason: r`,
      '3: acknowledge[0].object must be a text: `Kind namespace/name`, with * for any part',
    ],
    [
      'an object that is a list',
      `${id}object: [web]\nreason: r`,
      '4: acknowledge[0].object must be a text: `Kind namespace/name`, with * for any part',
    ],
    [
      'an empty object',
      `${id}object: " "\nreason: r`,
      '4: acknowledge[0].object must be a text: `Kind namespace/name`, with * for any part',
    ],
    ['no reason', `${id}${object}`, '3: acknowledge[0].reason must be a text: why it is right in this place'],
    [
      'an empty reason',
      `${id}${object}reason: ""`,
      '5: acknowledge[0].reason must be a text: why it is right in this place',
    ],
    [
      'a reason of blanks',
      `${id}${object}reason: "  "`,
      '5: acknowledge[0].reason must be a text: why it is right in this place',
    ],
    [
      'a reason that is a number',
      `${id}${object}reason: 1`,
      '5: acknowledge[0].reason must be a text: why it is right in this place',
    ],
  ])('%s', (_, text, message) => {
    expect(entry(text)).toBe(`a.yaml:${message}`);
  });

  test('an entry under skip has no object: it leaves a rule out for all', () => {
    expect(entry(`${id}${object}reason: r`, 'skip')).toBe(
      'a.yaml:4: skip[0].object is unknown; an entry has id, reason, until',
    );
  });

  test.each([
    ['Deployment shop/web api'],
    ['Deployment * web'],
    ['Deployment shop/web/api'],
    ['Deployment /web'],
    ['Deployment shop/'],
    ['shop/web'],
    ['*/web'],
  ])('an object that is more or less than `Kind namespace/name`: %s', (pattern) => {
    expect(entry(`${id}object: "${pattern}"\nreason: r`)).toBe(
      `a.yaml:4: acknowledge[0].object \`${pattern}\` is no \`Kind namespace/name\`; use * for any part`,
    );
  });

  test.each([
    ['31.01.2027', '31.01.2027'],
    ['2027-1-31', '2027-1-31'],
    ['2027-01-31T00:00:00Z', '2027-01-31T00:00:00Z'],
    ['" 2027-01-31"', ' 2027-01-31'],
    ['2027-13-01', '2027-13-01'],
    ['2027-02-29', '2027-02-29'],
    ['2027-01-32', '2027-01-32'],
    ['2027', '2027'],
    ['tomorrow', 'tomorrow'],
    ['', 'null'],
    ['[2027-01-31]', '2027-01-31'],
  ])('a day that is none: until: %s', (until, shown) => {
    expect(entry(`${id}${object}reason: r\nuntil: ${until}`)).toBe(
      `a.yaml:6: acknowledge[0].until \`${shown}\` is no day; write it as 2027-01-31`,
    );
  });

  test('the second entry is the second', () => {
    const good = `{ id: ${ID}, object: "*", reason: r }`;
    expect(refusal(`acknowledge:\n  - ${good}\n  - { id: ${ID}, object: "*" }\n`)).toBe(
      'a.yaml:3: acknowledge[1].reason must be a text: why it is right in this place',
    );
  });
});

describe('which objects a pattern describes', () => {
  const web = ['Deployment', 'shop', 'web'];

  test.each<[string, (string | undefined)[], boolean]>([
    ['*', web, true],
    ['* *', web, true],
    ['* */*', web, true],
    ['Deployment', web, true],
    ['Deployment *', web, true],
    ['StatefulSet *', web, false],
    ['Deploy *', web, false],
    ['*Set *', ['StatefulSet', 'shop', 'web'], true],
    ['*Set *', web, false],
    ['Deployment shop/*', web, true],
    ['Deployment shop/*', ['Deployment', 'shop-2', 'web'], false],
    ['Deployment */web', web, true],
    ['Deployment */web', ['Deployment', 'ops', 'web'], true],
    ['Deployment */web', ['Deployment', 'shop', 'web-2'], false],
    ['Deployment shop/web', web, true],
    ['Deployment ops/web', web, false],
    ['Deployment web', web, true],
    ['Deployment web', ['Deployment', 'ops', 'web'], true],
    ['Deployment web', ['Deployment', 'shop', 'api'], false],
    ['Deployment default/web', ['Deployment', undefined, 'web'], true],
    ['Deployment default/web', web, false],
    ['* web-*-db', ['StatefulSet', 'shop', 'web-eu-db'], true],
    ['* web-*-db', ['StatefulSet', 'shop', 'web--db'], true],
    ['* web-*-db', ['StatefulSet', 'shop', 'web-db'], false],
    ['* web-*-db', ['StatefulSet', 'shop', 'web-eu-db-2'], false],
    ['* web-*-db', ['StatefulSet', 'shop', 'my-web-eu-db'], false],
    ['* web*', web, true],
    ['* *web', web, true],
    ['* we*eb', web, false],
    ['* a*b*c', ['Pod', 'x', 'a-b-b-c'], true],
    ['* a*b*c', ['Pod', 'x', 'a-c'], false],
    ['* a*bb*bc', ['Pod', 'x', 'abbc'], false],
    ['* a*bb*bc', ['Pod', 'x', 'abbbc'], true],
    ['* ab*b*c', ['Pod', 'x', 'abc'], false],
    ['* **', web, true],
    ['* w.b', web, false],
  ])('%s, %j: %s', (pattern, object, expected) => {
    expect(accepts(pattern, object)).toBe(expected);
  });

  test('only findings of the id', () => {
    const [fact] = new World([{ manifest: { apiVersion: 'v1', kind: 'Pod' }, target: TargetCluster.of({}) }]).objects;
    const file = AcknowledgementFile.parse(
      'a.yaml',
      `acknowledge:
  - { id: ${ID}, object: Pod, reason: first }
  - { id: app/grace-too-short, object: Pod, reason: other }
  - { id: ${ID}, object: Job, reason: not this }
  - { id: ${ID}, object: "*", reason: second }
`,
    );
    const reasons = (of: string) => fact && file.accepting(fact, of, '2026-11-26').map(({ reason }) => reason);
    expect(reasons(ID)).toEqual(['first', 'second']);
    expect(reasons('app/grace-too-short')).toEqual(['other']);
    expect(reasons('app/no-shutdown-delay')).toEqual([]);
  });
});

describe('the last day counts', () => {
  test.each([
    ['2026-11-25', false],
    ['2026-11-26', true],
    ['2026-11-27', true],
    ['2028-02-29', true],
    ['2025-12-31', false],
  ])('until %s: %s on 2026-11-26', (until, expected) => {
    expect(accepts('*', ['Pod', 'shop', 'web'], until)).toBe(expected);
    expect(isOver({ until }, '2026-11-26')).toBe(!expected);
  });

  test('without one it holds for ever', () => {
    expect(isOver({ until: undefined }, '9999-12-31')).toBe(false);
  });
});

describe('where it is read from', () => {
  const files = {
    '.cdk8s-patterns.yaml': `skip: [{ id: ${ID}, reason: usual }]`,
    'other.yaml': `skip: [{ id: ${ID}, reason: other }]`,
  };
  const reasonIn = (given: string | undefined) =>
    inFolder(files, () => AcknowledgementFile.read(given)).skips.map(({ reason }) => reason);

  test('the usual place, or the file that is given', () => {
    expect(reasonIn(undefined)).toEqual(['usual']);
    expect(reasonIn('other.yaml')).toEqual(['other']);
    expect(inFolder(files, () => AcknowledgementFile.read(undefined).file)).toBe('.cdk8s-patterns.yaml');
  });

  test('a file that is given must be there', () => {
    expect(() => inFolder({}, () => AcknowledgementFile.read('.cdk8s-patterns.yaml'))).toThrow('ENOENT');
  });
});
