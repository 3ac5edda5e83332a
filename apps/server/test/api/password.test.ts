/** Changing one's password over HTTP (S1): what is asked for, what is refused, and what is left of the old one. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { boxedIdentityBytes } from '@sotto/protocol/sizes';
import { box, credential, random } from '../support/made-up.ts';
import { runServer, type TestServer } from '../support/running.ts';
import { type Member, makeSite, ok, refused, signIn } from '../support/site.ts';

/** A right request by which `member` gets a password of new random bytes. */
function change(member: Member) {
  const next = credential();
  const body = { authKey: member.authKey, credential: next.hash, identity: box(boxedIdentityBytes) };
  return { body, after: { ...member, authKey: next.authKey } };
}

async function slotOf(running: TestServer, { id }: Member): Promise<number> {
  const { home, siteId } = running.server.backend;
  const user = await home.store.transaction((transaction) => home.store.users.find(transaction, siteId, id));
  assert.ok(user !== undefined && user.slot !== null);
  return user.slot;
}

describe('a change of password', () => {
  it('makes the new one open and the old one not, and the identity is the one that came with it', async (test) => {
    const running = await runServer(test);
    const { recipient } = await makeSite(running);
    const session = await signIn(running, recipient);
    const before = ok(await running.call('signIn', { body: signInBody(recipient) }));
    const { body, after } = change(recipient);
    ok(await running.call('changePassword', { session, body }));
    refused(await running.call('signIn', { body: signInBody(recipient) }), 401, 'WRONG_CREDENTIAL');
    const signedIn = ok(await running.call('signIn', { body: signInBody(after) }));
    assert.equal(signedIn['identity'], body.identity);
    assert.equal(signedIn['own'], before['own'], 'the other boxes moved with it');
  });

  it('leaves the session that asked and ends all others of this person, and nobody else’s', async (test) => {
    const running = await runServer(test);
    const { recipient, other } = await makeSite(running);
    const [asking, elsewhere] = [await signIn(running, recipient), await signIn(running, recipient)];
    const theirs = await signIn(running, other);
    ok(await running.call('changePassword', { session: asking, body: change(recipient).body }));
    refused(await running.call('reports', { session: elsewhere }), 401, 'SESSION_ENDED');
    ok(await running.call('reports', { session: asking }));
    ok(await running.call('reports', { session: theirs }));
  });

  it('puts the boxes under a new slot and makes noise of the old one', async (test) => {
    const running = await runServer(test);
    const { recipient } = await makeSite(running);
    const { home } = running.server.backend;
    const slot = await slotOf(running, recipient);
    const key = await home.slotFile.read(slot);
    const session = await signIn(running, recipient);
    ok(await running.call('changePassword', { session, body: change(recipient).body }));
    assert.notEqual(await slotOf(running, recipient), slot);
    await home.forget.finish();
    assert.notDeepEqual(await home.slotFile.read(slot), key);
    const used = await home.store.transaction((transaction) => home.store.slots.numbers(transaction));
    assert.ok(!used.includes(slot), 'the old slot is free again');
  });

  it('sent again is answered as the first time, also after the next one', async (test) => {
    const running = await runServer(test);
    const { recipient } = await makeSite(running);
    const session = await signIn(running, recipient);
    const { body, after } = change(recipient);
    ok(await running.call('changePassword', { session, body }));
    ok(await running.call('changePassword', { session, body }));
    ok(await running.call('changePassword', { session, body: change(after).body }));
    refused(await running.call('changePassword', { session, body }), 401, 'WRONG_CREDENTIAL');
  });

  it('is refused with a wrong present password and with an equal new one, and nothing changes', async (test) => {
    const running = await runServer(test);
    const { recipient, other } = await makeSite(running);
    const session = await signIn(running, recipient);
    const elsewhere = await signIn(running, recipient);
    const { body } = change(recipient);
    const slot = await slotOf(running, recipient);
    for (const authKey of [random(32), other.authKey, body.credential]) {
      const wrong = { ...body, authKey };
      refused(await running.call('changePassword', { session, body: wrong }), 401, 'WRONG_CREDENTIAL');
    }
    const equal = { ...body, credential: hashOf(recipient) };
    refused(await running.call('changePassword', { session, body: equal }), 409, 'PASSWORD_UNCHANGED');
    const unknownVersion = { ...body, identity: `Ag${body.identity.slice(2)}` };
    refused(await running.call('changePassword', { session, body: unknownVersion }), 400, 'MALFORMED');
    assert.equal(await slotOf(running, recipient), slot);
    ok(await running.call('reports', { session: elsewhere }));
    ok(await running.call('signIn', { body: signInBody(recipient) }));
  });

  it('of several at once makes one, and that one is whole', async (test) => {
    const running = await runServer(test);
    const { recipient } = await makeSite(running);
    const session = await signIn(running, recipient);
    const changes = Array.from({ length: 8 }, () => change(recipient));
    const received = await Promise.all(
      changes.map(({ body }) => running.call('changePassword', { session, body })),
    );
    const made = changes.filter((_, index) => received[index]?.status === 200);
    assert.equal(made.length, 1);
    for (const { status, code } of received) {
      if (status !== 200) assert.ok(code === 'BUSY' || code === 'WRONG_CREDENTIAL', String(code));
    }
    for (const { body, after } of changes) {
      const signedIn = await running.call('signIn', { body: signInBody(after) });
      if (body !== made[0]?.body) refused(signedIn, 401, 'WRONG_CREDENTIAL');
      else assert.equal(ok(signedIn)['identity'], body.identity);
    }
    // Slots of those that were refused are free again: pepper and three people.
    await running.server.backend.home.forget.finish();
    const { store } = running.server.backend.home;
    assert.equal((await store.transaction((transaction) => store.slots.numbers(transaction))).length, 3);
  });
});

function signInBody({ userName, authKey }: Member) {
  return { userName, authKey };
}

function hashOf({ authKey }: Member): string {
  return createHash('sha256').update(Buffer.from(authKey, 'base64url')).digest('base64url');
}
