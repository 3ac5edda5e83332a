/** The platform's onion: a visitor's own Tor reaches the server in the Workstation. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readConfiguration } from '../../src/config/read-configuration.ts';
import { startCapture } from '../../src/leaktest/capture.ts';
import { uplinkOf } from '../../src/leaktest/leak-test.ts';
import { layoutOf, uplinkDevice } from '../../src/plan/layout.ts';
import {
  assertOk,
  ended,
  type Instance,
  inside,
  instance,
  isolate,
  isolateWith,
  processIn,
  startIsolate,
  state,
  until,
  workstation,
} from './rig.ts';
import { fetchAsVisitor, startVisitor, type Visitor } from './visitor.ts';

/** Publishing takes a few voting rounds of the private network. */
const publishedWithin = 90;

export function onionClaims(): void {
  let here: Instance;
  let visitor: Visitor;
  const recipient = x25519Pair();
  const hostname = (onion: string) =>
    readFileSync(join(state, here.name, 'gateway', 'onions', onion, 'hostname'), 'utf8').trim();

  before(async () => {
    const server = workstation(
      'server',
      'command = ["/opt/node/node", "/opt/programs/server.mjs", "/run/onion/site/web.sock", "/run/onion/desk/web.sock"]\n',
    );
    const onions = `[[onion]]\nname = "site"\nworkstation = "server"\n[[onion]]\nname = "desk"\nworkstation = "server"\nport = 81\nauthorised = ["${recipient.publicKey}"]\n`;
    here = instance('lt-onion', `${server}${onions}`);
    assertOk(await isolate('up', '--config', here.config));
  });
  after(async () => {
    await visitor?.stop();
    assertOk(await isolate('down', '--config', here.config));
  });

  test('a visitor reaches the server in the Workstation, which sees no address', async () => {
    const layout = layoutOf(readConfiguration(here.config));
    const uplink = await uplinkOf(layout);
    const capture = await startCapture(layout.gatewayNamespace, uplinkDevice, () => uplink);
    visitor = await startVisitor([
      `${hostname('desk').replace('.onion', '')}:descriptor:x25519:${recipient.privateKey}`,
    ]);
    let body = '';
    await until('the onion answers', publishedWithin, () => {
      body = fetchAsVisitor(hostname('site'), 80, '/').body;
      return body !== '';
    });
    assert.equal(body, 'server on host, peer none\n');
    await capture.stop();
    assert.ok(capture.sent > 0);
    assert.deepEqual(capture.leaks, [], 'only relays on the uplink');
  });

  test('a recipient with the key reaches the second onion, a visitor without it does not', async () => {
    let body = '';
    await until('the second onion answers', publishedWithin, () => {
      body = fetchAsVisitor(hostname('desk'), 81, '/').body;
      return body !== '';
    });
    assert.equal(body, 'server on host, peer none\n');
    await visitor.stop();
    visitor = await startVisitor();
    await until(
      'the first onion answers the new visitor',
      publishedWithin,
      () => fetchAsVisitor(hostname('site'), 80, '/').body !== '',
    );
    assert.equal(fetchAsVisitor(hostname('desk'), 81, '/').body, '');
  });

  test('Tor killed: a running transfer is cut within 100 ms, and not one packet leaves the Gateway', async () => {
    const layout = layoutOf(readConfiguration(here.config));
    const uplink = await uplinkOf(layout);
    const drip = startIsolate([
      'run',
      'server',
      '--config',
      here.config,
      '--',
      '/opt/node/node',
      '/opt/programs/drip.mjs',
      '10.77.0.1',
      '9050',
      '198.18.1.80',
    ]);
    const cut = ended(drip);
    await once(drip.stdout ?? assert.fail(), 'data');
    process.kill(processIn(here.gateway, 'torrc'), 'SIGKILL');
    const killed = Date.now();
    const capture = await startCapture(layout.gatewayNamespace, uplinkDevice, () => uplink);
    const { stdout: last } = await cut;
    assert.ok(Number(last.trim().split('\n').at(-1)) - killed < 100, `${last}${killed}`);
    inside(
      `${here.name}-ws-server`,
      'timeout',
      '2',
      'perl',
      '-MSocket',
      '-e',
      'socket(S,2,1,0); connect(S, sockaddr_in(80, inet_aton("198.18.1.80")))',
    );
    await sleep(1000);
    await capture.stop();
    assert.equal(capture.sent, 0);
  });

  test('the keys of an onion are in the Gateway, where only Tor’s account reads them', async () => {
    const key = statSync(join(state, here.name, 'gateway', 'onions', 'site', 'hs_ed25519_secret_key'));
    assert.equal(key.mode & 0o777, 0o600);
    const search = await isolate(
      'run',
      'server',
      '--config',
      here.config,
      '--',
      'find',
      '/',
      '-xdev',
      '-name',
      'hs_ed25519*',
    );
    assert.equal(search.stdout.trim(), '');
  });

  test('a backup of the keys opens with its passphrase alone, and brings the onion’s name back', async () => {
    const file = join(state, 'onions.backup');
    const phrase = 'seven calm rivers under one bridge';
    const name = hostname('site');
    assertOk(await isolateWith(phrase, 'onion', 'backup', file, '--config', here.config));
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assertOk(await isolate('down', '--config', here.config));
    rmSync(join(state, here.name, 'gateway', 'onions', 'site'), { recursive: true });
    assert.equal(
      (
        await isolateWith(
          'seven calm rivers under two bridges',
          'onion',
          'restore',
          file,
          '--config',
          here.config,
        )
      ).code,
      3,
    );
    const restored = assertOk(await isolateWith(phrase, 'onion', 'restore', file, '--config', here.config));
    // The second onion still has its keys: they are left alone.
    assert.equal(restored.lines.at(-1)?.['onions'], 1);
    assertOk(await isolate('up', '--config', here.config));
    assert.equal(hostname('site'), name);
  });
}

/** A pair for `ClientOnionAuthDir` and `authorized_clients`: raw X25519 keys in base32 (rend-spec-v3, appendix G). */
function x25519Pair(): { publicKey: string; privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  const raw = (jwk: string | undefined) => base32(Buffer.from(jwk ?? '', 'base64url'));
  return {
    publicKey: raw(publicKey.export({ format: 'jwk' }).x),
    privateKey: raw(privateKey.export({ format: 'jwk' }).d),
  };
}

function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}
