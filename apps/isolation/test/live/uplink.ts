/** A network card as uplink: on a pretended host, whose one card moves into the Gateway and comes back. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  assertOk,
  ended,
  type Instance,
  inside,
  instance,
  remains,
  startHost,
  startIsolate,
  workstation,
} from './rig.ts';

const host = 'lt-host';

export function uplinkClaims(): void {
  let here: Instance;
  let pretended: ReturnType<typeof startHost>;
  const onHost = async (...args: readonly string[]) =>
    await ended(
      startIsolate([...args, '--config', here.config], ['nsenter', `--net=/run/netns/${host}`, '--']),
    );
  const cards = () => inside(host, 'ip', '-brief', 'link').stdout;

  before(() => {
    pretended = startHost(host);
    here = instance('lt-card', workstation('desk'), (text) =>
      text.replace(/\[gateway\.uplink\][^[]*/, `${pretended.uplink}\n`),
    );
  });
  after(async () => {
    await onHost('down');
    pretended.stop();
  });

  test('the card moves into the Gateway, with a new MAC, and Tor uses it', async () => {
    assert.match(cards(), /^card0@\S+ +DOWN +02:00:00:00:0c:0d /m);
    assertOk(await onHost('up'));
    assert.doesNotMatch(cards(), /card0/);
    const { stdout } = inside(here.gateway, 'ip', '-brief', 'link', 'show', 'up0');
    assert.match(stdout, /^up0@/);
    assert.doesNotMatch(stdout, /02:00:00:00:0c:0d/);
  });

  test('down gives the card back under its own name, and nothing else is left', async () => {
    assertOk(await onHost('down'));
    assert.match(cards(), /^card0@/m);
    assert.deepEqual(remains(here), []);
  });
}
