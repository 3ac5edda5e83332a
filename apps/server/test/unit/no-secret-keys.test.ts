/** A property of the product: outside its assisted room, the server's code holds no function that opens an item. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reachOf, takenBy } from '@sotto/testkit/imports';

const main = 'apps/server/src/main.ts';
/** The door of the protocol, and what it stands on: layouts and sizes. */
const door =
  /^packages\/protocol\/src\/(?:server\/[a-z-]+|bytes|sizes|errors|statement|proof-of-work|audit-chain)\.ts$/;
/** Everything of the project that can open an item, a seal, a box or a chunk stands on one of these. */
const openers = ['packages/protocol/src/box.ts', 'packages/protocol/src/item.ts'];

test('the server reaches no module of the protocol but the door, and nothing of the client or the testkit', () => {
  const { files } = reachOf(main);
  const outside = [...files].filter(
    (file) => !file.startsWith('apps/server/src/') && !file.startsWith('packages/contract/src/'),
  );
  assert.deepEqual(
    outside.filter((file) => !door.test(file)),
    [],
  );
  assert.ok(files.size > 30, 'the walk has seen the server');
});

test('the server takes no library that opens boxes, and from node:crypto only what slots, verifiers, signatures and work need', () => {
  const { taken } = reachOf(main);
  const modules = new Set([...taken].map((name) => name.split('#')[0]));
  for (const forbidden of ['sodium-native', 'argon2id', 'libsodium-wrappers-sumo', '(computed)']) {
    assert.ok(!modules.has(forbidden), forbidden);
  }
  assert.deepEqual(
    [...modules].filter((module) => module?.startsWith('@noble/')),
    [],
  );
  const allowed = [
    'argon2',
    'createCipheriv',
    'createDecipheriv',
    'createHash',
    'createHmac',
    'createPublicKey',
    'randomBytes',
    'randomFillSync',
    'randomInt',
    'randomUUID',
    'timingSafeEqual',
    'verify',
  ];
  const used = [...taken]
    .filter((name) => name.startsWith('node:crypto#'))
    .map((name) => name.split('#')[1] ?? '');
  assert.deepEqual(
    used.filter((name) => !allowed.includes(name)),
    [],
  );
});

test('one module of all the server deciphers: the slots', () => {
  const { files } = reachOf(main);
  const deciphering = [...files].filter((file) => takenBy(file).has('node:crypto#createDecipheriv'));
  assert.deepEqual(deciphering, ['packages/protocol/src/server/slot.ts']);
});

test('the same walk finds every opener where there is one: in the client', () => {
  const { files, taken } = reachOf(
    'packages/client/src/whistleblower.ts',
    'packages/protocol/src/library-sodium.ts',
  );
  for (const opener of openers) assert.ok(files.has(opener), opener);
  assert.ok(taken.has('sodium-native#*'));
});
