/** Another key for the site over HTTP (S14): what a server refuses before it believes a key, and what it does twice. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { sealedSeedBytes } from '@sotto/protocol/sizes';
import {
  box,
  channelBody,
  newId,
  peopleBody,
  random,
  type SigningKey,
  signingKey,
  statement,
} from '../support/made-up.ts';
import { runServer } from '../support/running.ts';
import { makeSite, ok, refused, signIn } from '../support/site.ts';

/** A site, and the request that gives it another key. */
async function begin(test: TestContext) {
  const running = await runServer(test);
  const site = await makeSite(running);
  const session = await signIn(running, site.administrator);
  const { siteId, channelId } = site;
  let { version } = site;
  let channelVersion = 2;
  const request = (next: SigningKey, before: SigningKey = site.siteKey) => ({
    publicKey: next.publicKey,
    successor: statement(before, { kind: 'successor', site: siteId, publicKey: next.publicKey }),
    people: statement(next, peopleBody(siteId, version + 1, [...site.people])),
    channels: [statement(next, channelBody(siteId, channelId, channelVersion + 1, [site.recipient.id]))],
    seed: box(sealedSeedBytes),
  });
  const change = async (body: ReturnType<typeof request>) => {
    const received = await running.call('changeSiteKey', { session, body });
    if (received.status === 200) {
      version += 1;
      channelVersion += 1;
    }
    return received;
  };
  return { running, site, session, request, change };
}

describe('another key for the site', () => {
  it('is named by the key before, states everybody and every channel, and nothing else does', async (test) => {
    const { running, site, request, change } = await begin(test);
    const next = signingKey();
    const right = request(next);
    const { siteId } = site;
    const other = { kind: 'successor', site: siteId, publicKey: random(32) };
    const wrongs: readonly [Partial<typeof right>, number, string][] = [
      [{ successor: request(next, signingKey()).successor }, 422, 'WRONG_SIGNATURE'],
      [{ successor: statement(site.siteKey, other) }, 400, 'MALFORMED'],
      [{ successor: statement(site.siteKey, { ...other, site: newId() }) }, 400, 'MALFORMED'],
      [{ people: statement(site.siteKey, peopleBody(siteId, 4, [...site.people])) }, 422, 'WRONG_SIGNATURE'],
      [{ people: statement(next, peopleBody(siteId, 4, site.people.slice(1))) }, 400, 'MALFORMED'],
      [{ people: statement(next, peopleBody(siteId, 3, [...site.people])) }, 409, 'STATEMENT_OUTDATED'],
      [{ channels: [] }, 400, 'MALFORMED'],
      [{ channels: [...right.channels, ...right.channels] }, 400, 'MALFORMED'],
      [
        { channels: [statement(next, channelBody(siteId, site.channelId, 3, [newId()]))] },
        422,
        'WRONG_HOLDERS',
      ],
    ];
    for (const [wrong, status, code] of wrongs) refused(await change({ ...right, ...wrong }), status, code);
    assert.equal(ok(await running.call('site'))['publicKey'], site.siteKey.publicKey, 'nothing was changed');
    ok(await change(right));
    assert.deepEqual(ok(await running.call('site'))['successions'], [
      { before: site.siteKey.publicKey, statement: right.successor },
    ]);
  });

  it('sent again is answered as the first time, and a key that was there before does not come back', async (test) => {
    const { running, site, session, request, change } = await begin(test);
    const next = signingKey();
    const body = request(next);
    ok(await change(body));
    ok(await running.call('changeSiteKey', { session, body }));
    const { successions } = ok(await running.call('site'));
    assert.equal(Object(successions).length, 1);
    refused(await change(request(site.siteKey, next)), 400, 'MALFORMED');
    ok(await change(request(signingKey(), next)));
  });
});
