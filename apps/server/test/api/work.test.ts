/** Proof of work at the door (S9): what costs it, that it is used once, and that it grows with what is asked. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { describe, it } from 'node:test';
import { type Route, workHeader } from '@sotto/contract/route';
import { type RouteName, routes } from '@sotto/contract/routes';
import { fromBase64url, toBase64url } from '@sotto/protocol/bytes';
import { difficultyOf, holds, workProof } from '@sotto/protocol/proof-of-work';
import { sodiumSolver, sodiumWorkHash } from '@sotto/protocol/stretcher-sodium';
import { newId, random } from '../support/made-up.ts';
import { runServer, type TestServer } from '../support/running.ts';
import { ok, refused } from '../support/site.ts';
import { makeWorld } from '../support/world.ts';

async function tokenOf(running: TestServer, purpose = 'session'): Promise<Uint8Array<ArrayBuffer>> {
  return fromBase64url(String(ok(await running.call('token', { body: { purpose } }))['token']));
}

const begin = (running: TestServer, proof?: string) =>
  running.call('startFiling', {
    body: { report: newId(), check: random(32) },
    ...(proof === undefined ? {} : { headers: { [workHeader]: proof } }),
  });

const solved = async (token: Uint8Array<ArrayBuffer>) =>
  toBase64url(workProof(token, await sodiumSolver(token)));

describe('proof of work', () => {
  it('is wanted wherever a session is begun, and a session it has begun wants no more of it', async (test) => {
    const { running, right } = await makeWorld(test);
    await running.server.backend.settings.change({ proof_of_work: true });
    // Object.keys gives strings; these are the keys of the contract's object.
    const names = (Object.keys(routes) as RouteName[]).filter((name) => {
      const route: Route = routes[name];
      return route.work === 'session';
    });
    for (const name of ['signIn', 'startFiling', 'returnWithReceipt'] as const)
      assert.ok(names.includes(name));
    for (const name of names) {
      refused(await running.call(name, right[name]), 428, 'WORK_NEEDED');
      const headers = { [workHeader]: await solved(await tokenOf(running)) };
      assert.equal((await running.call(name, { ...right[name], headers })).status, 200, name);
    }
    ok(await running.call('reports', right.reports));
  });

  it('counts once, also when it is tried from two sides in the same moment', async (test) => {
    const running = await runServer(test, {}, 'usual');
    const proof = await solved(await tokenOf(running));
    const answers = await Promise.all([begin(running, proof), begin(running, proof), begin(running, proof)]);
    assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 428, 428]);
    refused(await begin(running, proof), 428, 'WORK_NEEDED');
  });

  it('is refused when it is not of this server, for something else, too old, of another form, or does not hold', async (test) => {
    const running = await runServer(test, {}, 'usual');
    const token = await tokenOf(running);
    const mine = Uint8Array.from(token);
    mine[31] = (mine[31] ?? 0) ^ 1;
    refused(await begin(running, toBase64url(workProof(mine, 0n))), 428, 'WORK_NEEDED');
    refused(await begin(running, await solved(await tokenOf(running, 'report'))), 428, 'WORK_NEEDED');
    for (const wrong of ['', 'x', toBase64url(Uint8Array.from(randomBytes(40)))]) {
      refused(await begin(running, wrong), 428, 'WORK_NEEDED');
    }
    let counter = 0n;
    while (await holds(sodiumWorkHash, token, counter)) counter += 1n;
    refused(await begin(running, toBase64url(workProof(token, counter))), 428, 'WORK_NEEDED');
    // The one hash that a token is good for has been spent.
    refused(await begin(running, await solved(token)), 428, 'WORK_NEEDED');
    const old = await solved(await tokenOf(running));
    running.pass(60_000);
    refused(await begin(running, old), 428, 'WORK_NEEDED');
    ok(await begin(running, await solved(await tokenOf(running))));
  });

  it('grows from 8 to 11 bits with the tokens asked in a second, and is back within a minute', async (test) => {
    const running = await runServer(test, {}, 'usual');
    await running.server.backend.settings.change({ tokens_per_second: 4 });
    const seen: number[] = [];
    for (let asked = 0; asked < 20; asked += 1) seen.push(difficultyOf(await tokenOf(running)));
    assert.deepEqual(seen.slice(0, 4), [8, 8, 8, 8]);
    assert.deepEqual([seen[4], seen[8], seen[16]], [9, 10, 11]);
    running.pass(30_000);
    assert.equal(difficultyOf(await tokenOf(running)), 9);
    running.pass(29_000);
    assert.equal(difficultyOf(await tokenOf(running)), 8);
  });

  it('grows with wrong receipts, and is asked of nobody while an administrator has lifted it', async (test) => {
    const running = await runServer(test);
    assert.equal(ok(await running.call('token', { body: { purpose: 'session' } }))['token'], null);
    for (let wrong = 0; wrong < 11; wrong += 1) {
      refused(
        await running.call('returnWithReceipt', { body: { authKey: random(32) } }),
        401,
        'WRONG_CREDENTIAL',
      );
    }
    await running.server.backend.settings.change({ proof_of_work: true });
    assert.equal(difficultyOf(await tokenOf(running)), 9);
  });
});
