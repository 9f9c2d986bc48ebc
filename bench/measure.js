// What all benchmarks measure alike: whole processes, medians, the machine.
const { spawn } = require('node:child_process');
const { readFileSync } = require('node:fs');
const { cpus, totalmem } = require('node:os');

/** Wall time and peak memory of a whole process, and what it prints; its findings are no failure. */
function measure({ command, args }) {
  return new Promise((resolve, reject) => {
    const begin = process.hrtime.bigint();
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    const chunks = [];
    let memory = 0;
    const look = () => {
      try {
        memory = Math.max(
          memory,
          Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1] ?? 0),
        );
      } catch {}
    };
    const timer = setInterval(look, 10);
    child.stdout.on('data', (chunk) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(timer);
      const output = Buffer.concat(chunks);
      if (code > 1 || output.length === 0) {
        return reject(new Error(`${command} ${args} ended with ${code} and ${output.length} bytes`));
      }
      resolve({ seconds: Number(process.hrtime.bigint() - begin) / 1e9, megabytes: memory / 1024, output });
    });
  });
}

function median(values) {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** The power of the size by which time grows between two sizes. */
function exponent(small, large) {
  return round(Math.log(large.seconds / small.seconds) / Math.log(large.size / small.size));
}

function machine() {
  return {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    gigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  };
}

function round(value) {
  return Math.round(value * 1000) / 1000;
}

module.exports = { exponent, machine, measure, median, round };
