/**
 * Who may do what: every route of the contract with a session of every role, on what is one's own and on what is somebody
 * else's. The lines are in support/roles.ts; a route without one does not compile.
 */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type RouteName, routes } from '@sotto/contract/routes';
import { makeCast, type Role, roles } from '../support/cast.ts';
import { matrix } from '../support/roles.ts';
import type { Received } from '../support/running.ts';
import { ok, refused } from '../support/site.ts';

// Object.keys gives strings; these are the keys of the contract's object.
const all = Object.keys(routes) as RouteName[];
/** `endSessions` ends the very sessions that the other lines need. */
const names = [...all.filter((name) => name !== 'endSessions'), 'endSessions' as const];

/** Nothing is said to whoever is not allowed. */
function turnedAway(received: Received, name: RouteName, role: Role): void {
  if (role === 'nobody') refused(received, 401, 'SESSION_ENDED');
  else {
    assert.equal(received.status, 403, `${name} as ${role}`);
    assert.equal(received.bytes.length, 0, `${name} as ${role}`);
  }
}

describe('who may do what', () => {
  it('has a line for every route, and none for a route that is not there', () => {
    assert.deepEqual(Object.keys(matrix).toSorted(), names.toSorted());
  });

  for (const role of roles) {
    it(`a session of ${role} does what its line says and nothing else, on its own`, async (test) => {
      const cast = await makeCast(test);
      for (const name of names) {
        const { may, own } = matrix[name];
        const ask = own === undefined ? cast.right[name] : await own(cast, role);
        // An act may make its own session to stand for the role.
        const session = may.includes(role) ? (ask.session ?? cast.session(role)) : cast.session(role);
        const sent = own === undefined ? { ...ask, session: cast.session(role) } : { ...ask, session };
        const received = await cast.running.call(name, sent);
        if (!may.includes(role)) turnedAway(received, name, role);
        else assert.equal(received.status, 200, `${name} as ${role}: ${received.bytes.toString('utf8')}`);
      }
    });

    it(`a session of ${role} gets nothing of what is somebody else’s`, async (test) => {
      const cast = await makeCast(test);
      for (const name of names) {
        const { may, others } = matrix[name];
        if (typeof others === 'string') continue;
        const ask = await others.ask(cast, role);
        const session = may.includes(role) ? (ask.session ?? cast.session(role)) : cast.session(role);
        const received = await cast.running.call(name, { ...ask, session });
        if (!may.includes(role)) turnedAway(received, name, role);
        else {
          assert.deepEqual(
            { name, role, status: received.status, code: received.code },
            { name, role, status: others.status, code: others.code },
          );
        }
      }
    });
  }

  it('an administrator who is a recipient as well lists and reads the reports sealed to them, and no other', async (test) => {
    const { running, session, reports } = await makeCast(test);
    const listed = ok(await running.call('reports', { session: session('both') }))['reports'];
    assert.ok(Array.isArray(listed));
    assert.deepEqual(
      listed.map((row: { report: string }) => row.report),
      [reports.both.reportId],
    );
    const path = { report: reports.recipient.reportId };
    refused(await running.call('report', { session: session('both'), path }), 404, 'NOT_FOUND');
  });

  it('an attachment of another filing that is withdrawn stays', async (test) => {
    const { running, session, drafts } = await makeCast(test);
    ok(await running.call('withdrawFile', { session: session('filing'), path: { file: drafts.others } }));
    const taken = await running.call('announceFile', {
      session: session('filing'),
      body: { file: drafts.others, size: 4096 },
    });
    refused(taken, 409, 'ID_IN_USE');
  });
});
