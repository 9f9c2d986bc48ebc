import { explanationOf } from '../../bin/explain';
import { World } from '../../lib/facts';
import { Severity } from '../../lib/findings';
import { RULES } from '../../lib/rules';
import { AcknowledgementFile, BadAcknowledgementFile } from '../../lib/validation/files/acknowledgement-file';
import { checkFiles } from '../../lib/validation/files/check-files';
import { readBytes } from '../../lib/validation/files/read-files';
import { FORMATS, write } from '../../lib/validation/reports';
import { TargetCluster } from '../../lib/values';
import { mutated, randomOf } from '../support/fuzz';

// npm run test:fuzz sets 10 000; a failure names its seed, and SEED=<it> FUZZ=1 shows it again
const COUNT = Number(process.env.FUZZ ?? 400);
const SEED = Number(process.env.SEED ?? 20_261_126);
const SECONDS = 2;

const options = {
  target: TargetCluster.of({ nodes: 3, istio: '1.26' }),
  rules: RULES,
  acknowledgements: AcknowledgementFile.none(),
  failOn: Severity.ERROR,
  today: '2026-11-26',
};

function judge(text: string): void {
  const file = readBytes('x.yaml', Buffer.from(text));
  const report = checkFiles([file], options);
  const crash = report.findings.find(({ finding }) => finding.id === 'findings/rule-crashed');
  if (crash !== undefined) throw new Error(crash.finding.problem);
  const lines = text.split(/\r\n|\r|\n/).length;
  for (const { line } of [...report.findings, ...report.unreadable.map(({ line = 1 }) => ({ line }))]) {
    if (!(line >= 1 && line <= lines)) throw new Error(`line ${line} of ${lines}`);
  }
  for (const format of FORMATS) write(report, format);
  const world = new World(file.documents.map(({ value }) => ({ manifest: value, target: options.target })));
  for (const workload of world.workloads) explanationOf(workload, world);
  try {
    AcknowledgementFile.parse('x.yaml', text);
  } catch (error) {
    if (!(error instanceof BadAcknowledgementFile)) throw error;
  }
}

test(`${COUNT} broken inputs give findings or a clear line: no crash, no hang`, () => {
  for (let index = 0; index < COUNT; index += 1) {
    const seed = SEED + index;
    const text = mutated(randomOf(seed));
    const begin = process.hrtime.bigint();
    try {
      judge(text);
    } catch (error) {
      throw new Error(`SEED=${seed}: ${error instanceof Error ? error.stack : error}\n${text}`);
    }
    const seconds = Number(process.hrtime.bigint() - begin) / 1e9;
    if (seconds > SECONDS) throw new Error(`SEED=${seed} took ${seconds} s\n${text}`);
  }
});
