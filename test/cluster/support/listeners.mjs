// Answers on ports, until it is ended: listeners.mjs tcp:10250 udp:123 ...
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

for (const written of process.argv.slice(2)) {
  const [protocol, port] = written.split(':');
  if (protocol === 'udp') {
    const socket = createSocket('udp4');
    socket.on('message', (_message, { port: from, address }) => socket.send('!', from, address));
    socket.bind(Number(port));
  } else {
    createServer((socket) => {
      socket.on('error', () => undefined);
      socket.end('HTTP/1.0 200 OK\r\n\r\n');
    }).listen(Number(port));
  }
}
