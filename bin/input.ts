import type { ReadFile } from '../lib/validation/files/check-files';
import { listFiles, readBytes, readYaml } from '../lib/validation/files/read-files';
import { BadUsage, type Terminal } from './terminal';

const STDIN = '-';
const PATIENCE = 3_000;

/** All files that paths name, read; where it takes long, stderr tells how far it is. */
export function readInput(paths: readonly string[], terminal: Terminal, quiet: boolean): readonly ReadFile[] {
  if (paths.length === 0) throw new BadUsage('name files or folders, or - for stdin');
  const { files, unreadable } = listFiles(paths.filter((path) => path !== STDIN));
  const broken = unreadable.map((one) => ({ file: one.file, documents: [], others: 0, unreadable: [one] }));
  const bytes = paths.includes(STDIN) ? terminal.readStdin() : undefined;
  if (bytes?.length === 0) throw new BadUsage('stdin is empty: what should write to it has failed, or wrote nothing');
  const stdin = bytes === undefined ? [] : [readBytes('stdin', bytes)];
  if (files.length + broken.length + stdin.length === 0) {
    throw new BadUsage(`there is no .yaml, .yml or .json file in ${paths.join(', ')}`);
  }
  let told = Date.now();
  const read = files.map(({ file, named }, index) => {
    if (!quiet && Date.now() - told > PATIENCE) {
      told = Date.now();
      terminal.error(`read ${index} of ${files.length} files\n`);
    }
    return readYaml(file, named);
  });
  return [...broken, ...read, ...stdin];
}
