/** Where the server may listen, and what it says where it may not. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ListenError, parseListenAddress, usualListenAddress } from '../../src/http/listening.ts';

describe('listening', () => {
  it('is at loopback or a unix socket', () => {
    assert.deepEqual(parseListenAddress(usualListenAddress), {
      kind: 'loopback',
      host: '127.0.0.1',
      port: 8080,
    });
    assert.deepEqual(parseListenAddress('[::1]:0'), { kind: 'loopback', host: '::1', port: 0 });
    assert.deepEqual(parseListenAddress('localhost:81'), { kind: 'loopback', host: '127.0.0.1', port: 81 });
    assert.deepEqual(parseListenAddress('127.9.9.9:81'), { kind: 'loopback', host: '127.9.9.9', port: 81 });
    assert.deepEqual(parseListenAddress('unix:/run/s'), {
      kind: 'unix-socket',
      path: '/run/s',
      proxyLine: false,
    });
  });

  it('takes lines that tell clients apart from a unix socket alone: to a port anybody on this machine may speak', () => {
    assert.deepEqual(parseListenAddress('unix:/run/s', true), {
      kind: 'unix-socket',
      path: '/run/s',
      proxyLine: true,
    });
    assert.throws(() => parseListenAddress('127.0.0.1:81', true), ListenError);
  });

  it('is refused anywhere else, with a hint', () => {
    for (const address of [
      '0.0.0.0:8080',
      '[::]:8080',
      '192.168.1.2:80',
      '128.0.0.1:80',
      '127.0.0.256:80',
      '127.1:80',
      'example.org:80',
      '[::ffff:127.0.0.1]:80',
      '127.0.0.1',
      '127.0.0.1:65536',
      '127.0.0.1:-1',
      '8080',
      'unix:relative',
      `unix:/${'x'.repeat(107)}`,
      '',
    ]) {
      assert.throws(
        () => parseListenAddress(address),
        (error) => error instanceof ListenError && error.hint.length > 10,
        address,
      );
    }
  });
});
