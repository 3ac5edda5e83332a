/** The search for canaries finds what is there, in every form, and nothing else. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { makeByteSearch } from '@sotto/testkit/byte-search';
import { forms, inForm, makeCanary, makeCanarySearch, sightings } from '@sotto/testkit/canaries';

/** Where each form is put in a sea of noise: at odd and even offsets, at the very end. */
function planted(bytes: Uint8Array, before: number): Buffer {
  return Buffer.concat([randomBytes(before), bytes]);
}

test('a canary is found in every form, at any offset, and told by its name and form', () => {
  const canary = makeCanary('answer');
  const search = makeCanarySearch([makeCanary('other'), canary]);
  for (const [index, form] of forms.entries()) {
    const bytes = inForm(canary.text, form);
    if (form === 'latin-1') assert.equal(bytes, null, 'what Latin-1 cannot say has no such form');
    if (bytes === null) continue;
    const found = sightings(search, 'sea', planted(bytes, 10_000 + index));
    assert.ok(found.includes(`sea: answer as ${form}`), `${form} in ${found}`);
    assert.ok(!found.some((sighting) => sighting.includes('other')));
  }
});

test('a canary is found inside longer base64, wherever it begins', () => {
  const canary = makeCanary('name');
  const search = makeCanarySearch([canary]);
  for (const before of [0, 1, 2, 3, 4, 5]) {
    const message = Buffer.concat([randomBytes(before), Buffer.from(canary.text), randomBytes(7)]);
    for (const encoding of ['base64', 'base64url'] as const) {
      const found = sightings(search, 'wire', Buffer.from(message.toString(encoding)));
      assert.ok(found.includes(`wire: name as base64 at ${before % 3}`), `${encoding}, ${before}: ${found}`);
    }
  }
});

test('a canary that lost what stands around its letters is found by them', () => {
  const canary = makeCanary('title');
  const letters = /[A-Za-z]{12,}/.exec(canary.text)?.[0] ?? '';
  const found = sightings(makeCanarySearch([canary]), 'log', Buffer.from(`<${letters}>`));
  assert.ok(found.includes('log: title as utf-8'), String(found));
});

test('nothing is found in noise, nor a canary with one bit changed', () => {
  const canary = makeCanary('story');
  const search = makeCanarySearch([canary]);
  const heart = Buffer.from(/[A-Za-z]{12,}/.exec(canary.text)?.[0] ?? '');
  heart[5] = (heart[5] ?? 0) ^ 1;
  assert.deepEqual(search(planted(heart, 1_000_000)), []);
});

test('the search for many needles finds exactly what a search for each finds', () => {
  const letters = () => Buffer.from(randomBytes(4000).map((byte) => 97 + (byte % 2)));
  const haystack = Buffer.concat([letters(), letters()]);
  const needles = Array.from({ length: 40 }, (_, index) => ({
    name: String(index),
    bytes: haystack.subarray(index * 97, index * 97 + 9 + (index % 5)),
  }));
  const expected = needles.flatMap(({ name, bytes }) => {
    const hits: string[] = [];
    for (let at = haystack.indexOf(bytes); at >= 0; at = haystack.indexOf(bytes, at + 1))
      hits.push(`${name} ${at}`);
    return hits;
  });
  const found = makeByteSearch(needles)(haystack).map(({ name, at }) => `${name} ${at}`);
  assert.deepEqual(found.sort(), expected.sort());
  assert.ok(found.length >= needles.length);
});

test('a needle that chance could make is refused', () => {
  assert.throws(() => makeByteSearch([{ name: 'short', bytes: Buffer.from('1234567') }]), /at least 8/);
  assert.throws(() => makeByteSearch([]), /at least 8/);
});
