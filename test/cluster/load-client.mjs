// Sends a bounded number of requests at a fixed rate, whatever the answers, each on a connection of its own or on so many that it keeps, and prints what became of them:
//   node load-client.mjs --url http://10.96.0.20:8080/ --rate 200 --count 5000 [--from ADDRESS,ADDRESS…] [--timeout SECONDS] [--connections COUNT]
// Nothing is tried again. Told to stop, it sends no more, waits for what is open and reports.
import { Agent, request } from 'node:http';
import { parseArgs } from 'node:util';

const MOST = { rate: 2000, count: 200_000 };

const { values } = parseArgs({
  options: {
    url: { type: 'string' },
    rate: { type: 'string', default: '200' },
    count: { type: 'string', default: '1000' },
    from: { type: 'string', default: '' },
    timeout: { type: 'string', default: '5' },
    connections: { type: 'string', default: '0' },
  },
});
const [rate, count, timeout, connections] = [values.rate, values.count, values.timeout, values.connections].map(Number);
if (!values.url || !(rate >= 1 && rate <= MOST.rate) || !(count >= 1 && count <= MOST.count) || !(timeout > 0)) {
  process.stderr.write(
    `load-client: want --url, a rate of 1 to ${MOST.rate}, a count of 1 to ${MOST.count} and a timeout\n`,
  );
  process.exit(2);
}
const addresses = values.from === '' ? [undefined] : values.from.split(',');
const agent = connections > 0 ? new Agent({ keepAlive: true, maxSockets: connections }) : false;
const startedAt = Date.now();
const report = { startedAt, sent: 0, ok: 0, failed: 0, outcomes: {}, failedAt: {}, pods: {} };
let open = 0;
let isStopped = false;

for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, stop);
const timer = setInterval(sendWhatIsDue, 1);

function sendWhatIsDue() {
  const due = Math.min(count, Math.floor(((Date.now() - startedAt) * rate) / 1000) + 1);
  while (report.sent < due) send();
  if (report.sent === count) stop();
}

function stop() {
  clearInterval(timer);
  isStopped = true;
  if (open === 0) finish();
}

function send() {
  const sentAt = Date.now();
  // a kept connection has one address
  const localAddress = addresses[agent ? 0 : report.sent % addresses.length];
  report.sent += 1;
  open += 1;
  const asked = request(values.url, { agent, localAddress }, (response) => {
    response.resume();
    // an answer counts when all of it came
    response.once('end', () => done(`http-${response.statusCode}`, response.headers['x-pod']));
    response.once('error', ({ code }) => done(code));
  });
  const patience = setTimeout(() => asked.destroy(Object.assign(new Error(), { code: 'timeout' })), timeout * 1000);
  asked.once('error', ({ code, message }) => done(code ?? message));
  asked.end();
  let isDone = false;
  function done(outcome, pod) {
    if (isDone) return;
    isDone = true;
    clearTimeout(patience);
    open -= 1;
    report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1;
    if (outcome === 'http-200') report.ok += 1;
    else fail(outcome);
    if (pod !== undefined) {
      const known = report.pods[pod] ?? { answers: 0, lastSentAt: 0 };
      report.pods[pod] = { answers: known.answers + 1, lastSentAt: Math.max(known.lastSentAt, sentAt) };
    }
    if (open === 0 && isStopped) finish();
  }
  function fail(outcome) {
    report.failed += 1;
    const second = Math.floor((sentAt - startedAt) / 1000);
    report.failedAt[second] = { ...report.failedAt[second], [outcome]: (report.failedAt[second]?.[outcome] ?? 0) + 1 };
  }
}

function finish() {
  process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
}
