/** Sessions (S3): their ids, their end, their number, and that they are kept as hashes in memory. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseUuid } from '@sotto/protocol/bytes';
import { longestSignedIn, makeSessions, type Session, sessionLife } from '../../src/sessions/sessions.ts';
import { newId } from '../support/temporary.ts';

const session = (): Session => ({ kind: 'whistleblower', reportId: parseUuid(newId()) });
const name = new Uint8Array(32).fill(7);

describe('a session', () => {
  it('has an id of 256 bits, and only that id finds it', () => {
    const sessions = makeSessions(() => 0);
    const [one, two] = [session(), session()];
    const [first, second] = [sessions.begin(one), sessions.begin(two)];
    assert.match(first, /^[A-Za-z0-9_-]{43}$/);
    assert.notEqual(first, second);
    assert.equal(sessions.find(first), one);
    assert.equal(sessions.find(second), two);
    assert.equal(sessions.find(''), undefined);
    assert.equal(sessions.find(first.slice(1)), undefined);
  });

  it('ends after thirty minutes, on logout, and when whoever it is of is gone', () => {
    let now = 0;
    const sessions = makeSessions(() => now);
    const [old, gone, removed] = [
      sessions.begin(session()),
      sessions.begin(session()),
      sessions.begin(session()),
    ];
    sessions.end(gone);
    assert.equal(sessions.find(gone), undefined);
    const { reportId } = Object(sessions.find(removed));
    sessions.endAll((one) => one.kind === 'whistleblower' && one.reportId === reportId);
    assert.equal(sessions.find(removed), undefined);
    now = sessionLife - 1;
    assert.ok(sessions.find(old));
    now = sessionLife;
    assert.equal(sessions.find(old), undefined);
  });

  it('keeps a vault until it ends, and then zeroes it', () => {
    let now = 0;
    const sessions = makeSessions(() => now);
    const [id, other] = [sessions.begin(session()), sessions.begin(session())];
    const vault = new Uint8Array([1, 2, 3]);
    sessions.keepVault(id, name, vault);
    assert.equal(sessions.vault(id, name), vault);
    assert.equal(sessions.vault(id, new Uint8Array(32)), undefined);
    assert.equal(sessions.vault(id, name.subarray(1)), undefined);
    assert.equal(sessions.vault(other, name), undefined);
    now = sessionLife;
    sessions.dropEnded();
    assert.deepEqual(vault, new Uint8Array(3));
    assert.equal(sessions.vault(id, name), undefined);
  });

  it('makes room by the oldest when there are too many', () => {
    const sessions = makeSessions(() => 0);
    const first = sessions.begin(session());
    const ids = Array.from({ length: 20_000 }, () => sessions.begin(session()));
    assert.equal(sessions.find(first), undefined);
    assert.ok(sessions.find(ids[0] ?? ''));
    assert.ok(sessions.find(ids.at(-1) ?? ''));
  });

  it('of a filing becomes that of its report, and no other kind becomes anything', () => {
    const sessions = makeSessions(() => 0);
    const reportId = parseUuid(newId());
    const filing = sessions.begin({ kind: 'filing', reportId });
    sessions.become(filing, { kind: 'whistleblower', reportId });
    assert.deepEqual(sessions.find(filing), { kind: 'whistleblower', reportId });
    const member: Session = { kind: 'member', userId: reportId, isAdministrator: false, isRecipient: true };
    const id = sessions.begin(member);
    sessions.become(id, { kind: 'whistleblower', reportId });
    assert.equal(sessions.find(id), member);
  });

  it('lasts thirty minutes from its renewal, and room is still made by what ends first', () => {
    let now = 0;
    const sessions = makeSessions(() => now);
    const [renewed, other] = [sessions.begin(session()), sessions.begin(session())];
    now = sessionLife - 1;
    sessions.renew(renewed);
    now = sessionLife;
    assert.equal(sessions.find(other), undefined);
    assert.equal(sessions.left(renewed), sessionLife - 1);
    sessions.begin(session());
    now = 2 * sessionLife - 1;
    assert.equal(sessions.find(renewed), undefined);
    sessions.renew(renewed);
    assert.equal(sessions.left(renewed), 0);
  });

  it('of a member ends after half a day, however often it is renewed and whatever its id; one of a report goes on', () => {
    let now = 0;
    const sessions = makeSessions(() => now);
    const userId = parseUuid(newId());
    let member = sessions.begin({ kind: 'member', userId, isAdministrator: true, isRecipient: false });
    const filing = sessions.begin({ kind: 'filing', reportId: parseUuid(newId()) });
    while (now < longestSignedIn - sessionLife / 2) {
      now += sessionLife / 2;
      member = sessions.goOn(member) ?? '';
      for (const id of [member, filing]) sessions.renew(id);
    }
    assert.equal(sessions.left(member), sessionLife / 2);
    now = longestSignedIn;
    assert.equal(sessions.find(member), undefined);
    assert.equal(sessions.left(filing), sessionLife / 2);
  });

  it('goes on under another id, and the id before ends when that is first used', () => {
    const sessions = makeSessions(() => 0);
    const id = sessions.begin(session());
    sessions.keepVault(id, name, new Uint8Array([1, 2, 3]));
    const lost = sessions.goOn(id) ?? '';
    const next = sessions.goOn(id) ?? '';
    assert.ok(sessions.find(id), 'an answer that was lost costs nothing');
    assert.deepEqual(sessions.vault(next, name), new Uint8Array([1, 2, 3]));
    assert.equal(sessions.find(id), undefined);
    assert.equal(sessions.find(lost), undefined);
    assert.ok(sessions.find(next));
    assert.equal(sessions.goOn(id), undefined);
  });

  it('of one person are listed and ended together, but for the one that is spared', () => {
    let now = 1000;
    const sessions = makeSessions(() => now);
    const [ada, ruth] = [parseUuid(newId()), parseUuid(newId())];
    const of = (userId: typeof ada): Session => ({
      kind: 'member',
      userId,
      isAdministrator: true,
      isRecipient: true,
    });
    const [first, second, others] = [
      sessions.begin(of(ada)),
      sessions.begin(of(ada)),
      sessions.begin(of(ruth)),
    ];
    now = 5000;
    assert.deepEqual(sessions.listOf(ada, second), [
      { begun: 1000, ends: 1000 + sessionLife, current: false },
      { begun: 1000, ends: 1000 + sessionLife, current: true },
    ]);
    sessions.endAllOf(ada, second);
    assert.equal(sessions.find(first), undefined);
    assert.ok(sessions.find(second));
    sessions.endAllOf(ada);
    assert.equal(sessions.find(second), undefined);
    assert.ok(sessions.find(others));
  });

  it('costs less than 5 KB each: ten thousand with their vaults stay far below 50 MB', () => {
    const sessions = makeSessions(() => 0);
    const before = process.memoryUsage();
    for (let opened = 0; opened < 10_000; opened += 1) {
      const id = sessions.begin(session());
      sessions.keepVault(id, new Uint8Array(32), new Uint8Array(90));
    }
    const after = process.memoryUsage();
    const grown = after.heapUsed + after.external - before.heapUsed - before.external;
    assert.ok(grown < 50_000_000, `${grown} bytes`);
    assert.ok(sessions.begin(session()));
  });
});
