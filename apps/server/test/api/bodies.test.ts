/** Bodies on the wire: what is too large is refused before it is read, what ends early is not kept. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, it, type TestContext } from 'node:test';
import { newId, random } from '../support/made-up.ts';
import { runServer, type TestServer } from '../support/running.ts';
import { makeSite, ok, startFiling } from '../support/site.ts';

/** A connection by hand. `answered` resolves with what came once it holds `text`. */
async function connection(
  test: TestContext,
  { port }: TestServer,
): Promise<{ socket: Socket; answered(text: string): Promise<string> }> {
  const socket = connect(port, '127.0.0.1');
  test.after(() => socket.destroy());
  socket.on('error', () => {}); // the server may cut a connection whose body it refused
  let received = '';
  socket.setEncoding('utf8').on('data', (text: string) => {
    received += text;
  });
  await once(socket, 'connect');
  return {
    socket,
    async answered(text) {
      const deadline = Date.now() + 5000;
      while (!received.includes(text)) {
        assert.ok(Date.now() < deadline, `no ${text} in: ${received}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return received;
    },
  };
}

const head = (path: string, method: string, ...headers: string[]): string =>
  [`${method} ${path} HTTP/1.1`, 'Host: localhost', ...headers, '', ''].join('\r\n');

describe('a body', () => {
  it('that says it is too large is answered with 413 before one byte of it has come', async (test) => {
    const running = await runServer(test);
    const { socket, answered } = await connection(test, running);
    socket.write(head('/api/sign-in', 'POST', 'Content-Type: application/json', 'Content-Length: 1048577'));
    const answer = await answered('TOO_LARGE');
    assert.match(answer, /^HTTP\/1\.1 413 /);
    assert.match(answer, /\r\nConnection: close\r\n/i);
  });

  it('that asks first is told to go on only where it will be read', async (test) => {
    const running = await runServer(test);
    const refusedFirst = await connection(test, running);
    const json = ['Content-Type: application/json', 'Expect: 100-continue'];
    refusedFirst.socket.write(head('/api/sign-in', 'POST', ...json, 'Content-Length: 10000000'));
    assert.match(await refusedFirst.answered('TOO_LARGE'), /^HTTP\/1\.1 413 /);

    const body = JSON.stringify({ userName: 'nobody' });
    const taken = await connection(test, running);
    taken.socket.write(head('/api/sign-in/salt', 'POST', ...json, `Content-Length: ${body.length}`));
    await taken.answered('100 Continue');
    taken.socket.write(body);
    assert.match(await taken.answered('salt'), /HTTP\/1\.1 200 /);
  });

  it('without a declared length is counted, and refused when it goes beyond', async (test) => {
    const running = await runServer(test);
    const { socket, answered } = await connection(test, running);
    socket.write(
      head('/api/sign-in', 'POST', 'Content-Type: application/json', 'Transfer-Encoding: chunked'),
    );
    const piece = `10000\r\n${' '.repeat(0x10000)}\r\n`;
    for (let count = 0; count < 17; count += 1) socket.write(piece);
    assert.match(await answered('TOO_LARGE'), /^HTTP\/1\.1 413 /);
  });

  it('of a chunk may not be longer than a chunk is', async (test) => {
    const running = await runServer(test);
    await makeSite(running);
    const session = await startFiling(running, newId());
    const { socket, answered } = await connection(test, running);
    const path = `/api/whistleblower/files/${newId()}/chunks/0`;
    const type = 'Content-Type: application/octet-stream';
    socket.write(head(path, 'PUT', type, `X-Session: ${session}`, 'Content-Length: 524330'));
    assert.match(await answered('TOO_LARGE'), /^HTTP\/1\.1 413 /);
  });

  it('that ends before it is whole changes nothing', async (test) => {
    const running = await runServer(test);
    const { socket } = await connection(test, running);
    const report = newId();
    const body = JSON.stringify({ report, check: random(32) });
    const json = 'Content-Type: application/json';
    socket.write(head('/api/whistleblower/filing', 'POST', json, `Content-Length: ${body.length}`));
    socket.write(body.slice(0, -1));
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { home, siteId } = running.server.backend;
    const filing = await home.store.transaction((transaction) =>
      home.store.filings.find(transaction, siteId, report),
    );
    assert.equal(filing, undefined);
    // Under another check value the id is free.
    await startFiling(running, report);
  });

  it('with two ends, of which a proxy could take the other, is read by neither', async (test) => {
    const running = await runServer(test);
    const body = JSON.stringify({ userName: 'nobody' });
    const [length, chunked] = [`Content-Length: ${body.length}`, 'Transfer-Encoding: chunked'];
    for (const two of [
      [length, chunked],
      [chunked, length],
      [length, `Content-Length: ${body.length + 1}`],
      ['Transfer-Encoding: chunked, identity'],
    ]) {
      const { socket, answered } = await connection(test, running);
      socket.write(head('/api/sign-in/salt', 'POST', 'Content-Type: application/json', ...two) + body);
      assert.match(await answered('\r\n\r\n'), /^HTTP\/1\.1 400 /, two.join());
    }
  });

  it('that is no HTTP at all, or has a header that is too long, gets 400 and the end', async (test) => {
    const running = await runServer(test);
    const { socket, answered } = await connection(test, running);
    socket.write('this is not a request\r\n\r\n');
    assert.match(await answered('400'), /^HTTP\/1\.1 400 /);
    const long = await connection(test, running);
    long.socket.write(head('/api/site', 'GET', `X-Session: ${'x'.repeat(9000)}`));
    await long.answered('400');
    ok(await running.call('site'));
  });
});
