#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { run } from './run';

const { NO_COLOR, FORCE_COLOR, TERM } = process.env;
const forced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0';
const color = NO_COLOR === undefined && (forced || (process.stdout.isTTY === true && TERM !== 'dumb'));

// a reader that has seen enough, such as `head`, is no error
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 2));

process.exitCode = run(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  readStdin: () => readFileSync(0),
  color,
});
