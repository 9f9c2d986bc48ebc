// Opens connections from one address, each a new one, and says how many were answered: connections.mjs FROM ADDRESS PORT COUNT [tcp|udp]
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

const [, , localAddress, host, port, count, protocol = 'tcp'] = process.argv;
const PATIENCE = 1000;
const AT_ONCE = 50;

function overTcp() {
  return new Promise((done) => {
    const socket = connect({ host, port: Number(port), localAddress });
    const end = (isAnswered) => {
      socket.destroy();
      done(isAnswered);
    };
    socket.setTimeout(PATIENCE, () => end(false));
    socket.on('error', () => end(false));
    // an answer of HTTP, so that packets went both ways
    socket.on('connect', () => socket.write('GET / HTTP/1.0\r\n\r\n'));
    socket.on('data', () => end(true));
  });
}

function overUdp() {
  return new Promise((done) => {
    const socket = createSocket('udp4');
    const end = (isAnswered) => {
      clearTimeout(timer);
      socket.close();
      done(isAnswered);
    };
    const timer = setTimeout(() => end(false), PATIENCE);
    socket.on('error', () => end(false));
    socket.on('message', () => end(true));
    socket.bind({ address: localAddress }, () => socket.send('?', Number(port), host));
  });
}

let answered = 0;
let left = Number(count);
async function work() {
  while (left > 0) {
    left -= 1;
    if (await (protocol === 'udp' ? overUdp() : overTcp())) answered += 1;
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, work));
console.log(answered);
