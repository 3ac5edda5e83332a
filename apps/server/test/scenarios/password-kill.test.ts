/** kill -9 in the middle of a password's change: the old password or the new one opens, never both, never neither, and all of it. */
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { boxedIdentityBytes } from '@sotto/protocol/sizes';
import { type ServerProcess, setupSecret, startServer } from '@sotto/testkit/server-process';
import { faultsOf } from '@sotto/testkit/sound-home';
import { box, credential } from '../support/made-up.ts';
import { callerTo, liftedHome } from '../support/running.ts';
import { type Member, makeSiteWith, ok, signIn } from '../support/site.ts';

/** Each starts a server anew. */
const kills = 8;
/** Milliseconds from the first change of a round to the kill: some changes later, anywhere in one. */
const longestLife = 60;

type State = { readonly member: Member; readonly identity: string };

const callerOf = (server: ServerProcess) => callerTo(Number(new URL(server.origin).port));

test('kill -9 while a password is changed leaves the old one or the new one, both whole', async (t) => {
  const home = await liftedHome(t);
  let server = await startServer({ home });
  t.after(() => server.kill());
  const site = await makeSiteWith(callerOf(server), await setupSecret(home));
  const first = ok(await callerOf(server).call('signIn', { body: bodyOf(site.recipient) }));
  const own = first['own'];
  let now: State = { member: site.recipient, identity: String(first['identity']) };
  let acknowledged = 0;
  for (let round = 0; round < kills; round += 1) {
    const caller = callerOf(server);
    const session = await signIn(caller, now.member);
    let next: State | null = null;
    const begun = Promise.withResolvers<void>();
    const living = (async () => {
      for (;;) {
        const password = credential();
        const identity = box(boxedIdentityBytes);
        next = { member: { ...now.member, authKey: password.authKey }, identity };
        const body = { authKey: now.member.authKey, credential: password.hash, identity };
        ok(await caller.call('changePassword', { session, body }));
        acknowledged += 1;
        begun.resolve();
        now = next;
        next = null;
      }
    })();
    const cutOff = assert.rejects(living);
    await Promise.race([begun.promise, cutOff]);
    await new Promise((resolve) => setTimeout(resolve, randomInt(0, longestLife)));
    await server.kill();
    await cutOff;
    server = await startServer({ home });
    now = await theOneThatOpens(server, now, next);
    const signedIn = ok(await callerOf(server).call('signIn', { body: bodyOf(now.member) }));
    assert.equal(signedIn['identity'], now.identity, 'the identity of another password');
    assert.equal(signedIn['own'], own, 'a box that was not to change has changed');
    assert.equal(accountSlots(home), 3, 'a slot each, and none that nobody has');
  }
  await server.stop();
  assert.deepEqual(await faultsOf(home), []);
  t.diagnostic(`${acknowledged} changes acknowledged, ${kills} cut off`);
});

function bodyOf({ userName, authKey }: Member) {
  return { userName, authKey };
}

/** One of the two opens and the other does not. */
async function theOneThatOpens(server: ServerProcess, old: State, next: State | null): Promise<State> {
  const opens = async (state: State): Promise<boolean> => {
    const received = await callerOf(server).call('signIn', { body: bodyOf(state.member) });
    if (received.status !== 200) assert.equal(received.code, 'WRONG_CREDENTIAL');
    return received.status === 200;
  };
  const open: State[] = [];
  for (const state of next === null ? [old] : [old, next]) if (await opens(state)) open.push(state);
  const [only] = open;
  assert.ok(only !== undefined && open.length === 1, `${open.length} passwords open`);
  return only;
}

function accountSlots(home: string): number {
  const database = new DatabaseSync(join(home, 'sotto.sqlite'), { readOnly: true });
  try {
    return database.prepare("SELECT slot FROM slots WHERE owner_kind = 'account'").all().length;
  } finally {
    database.close();
  }
}
