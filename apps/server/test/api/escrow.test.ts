/** Escrow over HTTP (S11): what a server refuses before anything is kept or forgotten. */
import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import type { PeopleBody } from '@sotto/contract/directory';
import { boxedIdentityBytes, sealedSeedBytes } from '@sotto/protocol/sizes';
import { dropActivations } from '../../src/jobs/jobs.ts';
import { accountKeys, box, credential, peopleBody, random, statement } from '../support/made-up.ts';
import { runServer } from '../support/running.ts';
import { invite, makeSite, ok, refused, signIn } from '../support/site.ts';

type Escrow = PeopleBody['escrow'];
const seal = () => box(sealedSeedBytes);

/** A site with two administrators and two recipients, escrow off, and ways to change it. */
async function begin(test: TestContext) {
  const running = await runServer(test);
  const site = await makeSite(running);
  const { siteId, siteKey } = site;
  const ada = await signIn(running, site.administrator);
  const rights = { roles: ['administrator' as const], escrow: null };
  const pia = await invite(running, siteId, siteKey, ada, site.people, site.version + 1, 'pia', rights);
  const users = [...site.people, pia.person];
  const [adaId, ruth] = [site.administrator.id, site.recipient.id];
  let version = site.version + 1;
  /** Sends the next version of the directory with this escrow. */
  const set = async (escrow: Escrow, seeds: string[], copies: string[] = [], session = ada) => {
    const people = statement(siteKey, peopleBody(siteId, version + 1, users, escrow));
    const body = {
      people,
      seeds: seeds.map((user) => ({ user, seal: seal() })),
      copies: copies.map((user) => ({ user, copy: seal() })),
    };
    const received = await running.call('setEscrow', { session, body });
    if (received.status === 200) version += 1;
    return received;
  };
  return {
    running,
    site,
    ada,
    adaId,
    ruth,
    pia: pia.member,
    piaSession: await signIn(running, pia.member),
    set,
  };
}

describe('escrow', () => {
  it('is given to administrators alone, each with a seed, each once', async (test) => {
    const { set, adaId, ruth, pia } = await begin(test);
    const publicKey = random(32);
    refused(await set({ publicKey, holders: [] }, []), 422, 'WRONG_HOLDERS');
    refused(await set({ publicKey, holders: [adaId, adaId] }, [adaId]), 422, 'WRONG_HOLDERS');
    // Who does not administer cannot hold it.
    refused(await set({ publicKey, holders: [ruth] }, [ruth]), 422, 'WRONG_HOLDERS');
    refused(await set({ publicKey, holders: [adaId] }, []), 400, 'MALFORMED');
    refused(await set({ publicKey, holders: [adaId] }, [adaId, pia.id]), 400, 'MALFORMED');
    refused(await set(null, [adaId]), 400, 'MALFORMED');
    ok(await set({ publicKey, holders: [adaId] }, [adaId]));
  });

  it('is taken from nobody under the same key, and nobody else’s copies come with the same key', async (test) => {
    const { set, adaId, ruth, pia } = await begin(test);
    const publicKey = random(32);
    ok(await set({ publicKey, holders: [adaId, pia.id] }, [adaId, pia.id]));
    refused(await set({ publicKey, holders: [adaId] }, []), 422, 'WRONG_HOLDERS');
    refused(await set({ publicKey, holders: [adaId, pia.id] }, [], [ruth]), 400, 'MALFORMED');
    ok(await set({ publicKey: random(32), holders: [adaId] }, [adaId], [ruth]));
  });

  it('is changed by its holders alone while it is on, by no other statement, and turned off by any administrator', async (test) => {
    const { running, site, set, ada, adaId, pia, piaSession } = await begin(test);
    const publicKey = random(32);
    ok(await set({ publicKey, holders: [adaId] }, [adaId]));
    const both = { publicKey, holders: [adaId, pia.id] };
    assert.equal((await set(both, [pia.id], [], piaSession)).status, 403);
    const own = { publicKey: random(32), holders: [pia.id] };
    assert.equal((await set(own, [pia.id], [], piaSession)).status, 403);
    const now = ok(await running.call('site'))['people'];
    const body: PeopleBody = JSON.parse(Buffer.from(String(now), 'base64url').subarray(65).toString('utf8'));
    for (const escrow of [null, own]) {
      const people = statement(site.siteKey, { ...body, version: body.version + 1, escrow });
      refused(await running.call('publishPeople', { session: ada, body: { people } }), 400, 'MALFORMED');
    }
    ok(await set(null, [], [], piaSession));
  });

  it('takes a copy for the key that the directory states and for no other', async (test) => {
    const { running, site, set, adaId } = await begin(test);
    const session = await signIn(running, site.recipient);
    const keep = (publicKey: string) =>
      running.call('keepEscrowCopy', { session, body: { publicKey, copy: seal() } });
    const publicKey = random(32);
    refused(await keep(publicKey), 409, 'STATEMENT_OUTDATED');
    ok(await set({ publicKey, holders: [adaId] }, [adaId]));
    refused(await keep(random(32)), 409, 'STATEMENT_OUTDATED');
    ok(await keep(publicKey));
    assert.equal(ok(await running.call('ownEscrow', { session }))['publicKey'], publicKey);
  });

  it('lets back in by a link of one use that ends after 72 hours and with the escrow it was made under', async (test) => {
    const { running, site, set, ada, adaId, ruth } = await begin(test);
    ok(await set({ publicKey: random(32), holders: [adaId] }, [adaId], [ruth]));
    const keys = { ...accountKeys(random(32)), publicKey: site.recipient.publicKey };
    const letBack = async () => {
      const { authKey, hash } = credential();
      const body = { activation: hash, identity: box(boxedIdentityBytes) };
      ok(await running.call('letBack', { session: ada, path: { user: ruth }, body }));
      return authKey;
    };
    const restore = (authKey: string, given = keys) =>
      running.call('restore', { body: { authKey, keys: given } });
    const first = await letBack();
    const second = await letBack();
    refused(await restore(first), 410, 'LINK_ENDED');
    // Another identity is not let in under this name.
    refused(await restore(second, accountKeys(random(32))), 400, 'MALFORMED');
    ok(await restore(second));
    ok(await restore(second));
    refused(await restore(second, { ...keys, own: box(200) }), 410, 'LINK_ENDED');
    const third = await letBack();
    running.pass(72 * 60 * 60 * 1000 + 1000);
    refused(await restore(third), 410, 'LINK_ENDED');
    const { backend } = running.server;
    const waiting = () =>
      backend.home.store.transaction((transaction) =>
        backend.home.store.keptAlone.find(transaction, backend.siteId, ruth, 'restore'),
      );
    assert.ok(await waiting());
    await dropActivations(backend);
    assert.equal(await waiting(), undefined, 'the box that nobody came for is forgotten');
  });

  it('turned off ends the links it made', async (test) => {
    const { running, site, set, ada, adaId, ruth } = await begin(test);
    ok(await set({ publicKey: random(32), holders: [adaId] }, [adaId], [ruth]));
    const { authKey, hash } = credential();
    const body = { activation: hash, identity: box(boxedIdentityBytes) };
    ok(await running.call('letBack', { session: ada, path: { user: ruth }, body }));
    ok(await set(null, []));
    const keys = { ...accountKeys(random(32)), publicKey: site.recipient.publicKey };
    refused(await running.call('restore', { body: { authKey, keys } }), 410, 'LINK_ENDED');
    ok(await running.call('signIn', { body: { userName: 'ruth', authKey: site.recipient.authKey } }));
  });
});
