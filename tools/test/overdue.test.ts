/** When a library is overdue. What the registry says today is asked by `npm run prove dependencies`. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge, upperBound } from '../proofs/overdue.ts';

const now = Date.parse('2026-11-26T12:00:00Z');
const daysAgo = (days: number) => new Date(now - days * 86_400_000).toISOString();
const published = (times: Record<string, string>, deprecated: Record<string, string> = {}) => ({
  times: { '5.0.0': daysAgo(400), ...times },
  deprecated,
});

test('a library is overdue when a newer version has been there for more than three months, and not before', () => {
  assert.deepEqual(judge('5.0.0', published({}), now), { kind: 'current' });
  const newer = judge('5.0.0', published({ '5.0.1': daysAgo(92) }), now);
  assert.deepEqual(newer, { kind: 'newer', version: '5.0.1', days: 92 });
  const overdue = judge('5.0.0', published({ '5.0.1': daysAgo(93), '5.1.0': daysAgo(3) }), now);
  assert.deepEqual(overdue, { kind: 'overdue', version: '5.0.1', days: 93 });
});

test('a prerelease, a later patch of an older line and what its authors took back are no newer version', () => {
  const times = {
    '6.0.0-rc.1': daysAgo(200),
    '4.3.9': daysAgo(200),
    created: daysAgo(900),
    '5.0.1': daysAgo(200),
  };
  assert.deepEqual(judge('5.0.0', published(times, { '5.0.1': 'broken' }), now), { kind: 'current' });
});

test('a version that its authors advise against is overdue on the day they say so', () => {
  const verdict = judge('5.0.0', published({}, { '5.0.0': 'use something else' }), now);
  assert.deepEqual(verdict, { kind: 'deprecated', words: 'use something else' });
});

test('what another library does not take yet is not waited for, and what lies below that is', () => {
  const times = { '6.0.0': daysAgo(200), '5.2.0': daysAgo(10) };
  const verdict = judge('5.0.0', published(times), now, upperBound('>=4.9 <6.0'));
  assert.deepEqual(verdict, { kind: 'newer', version: '5.2.0', days: 10 });
  assert.throws(() => upperBound('>=4.9'), /no upper bound/);
});

test('a version that the registry does not know is an error and not current', () => {
  assert.throws(() => judge('5.0.7', published({}), now), /no version/);
  assert.throws(() => judge('^5.0.0', published({}), now), /no version/);
});
