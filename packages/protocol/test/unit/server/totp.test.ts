/** Codes of the second factor against RFC 6238. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { codeAt, stepAt, stepOfCode } from '@sotto/protocol/server/totp';

/** RFC 6238 Appendix B, SHA-1; its codes have eight digits, ours are their last six. */
const ofTheStandard: readonly (readonly [number, string])[] = [
  [59, '94287082'],
  [1111111109, '07081804'],
  [1111111111, '14050471'],
  [1234567890, '89005924'],
  [2000000000, '69279037'],
  [20000000000, '65353130'],
];
const secret = Buffer.from('12345678901234567890');

test('a code is that of RFC 6238 at each of its times', () => {
  for (const [seconds, code] of ofTheStandard) assert.equal(codeAt(secret, stepAt(seconds)), code.slice(2));
});

test('a code holds in its step and the two beside it, and in no other', () => {
  const step = 1000;
  const code = codeAt(secret, step);
  const holds = (seconds: number) => stepOfCode(secret, code, seconds, -1);
  for (const seconds of [(step - 1) * 30, step * 30, step * 30 + 29, (step + 2) * 30 - 1])
    assert.equal(holds(seconds), step);
  for (const seconds of [(step - 1) * 30 - 1, (step + 2) * 30]) assert.equal(holds(seconds), null);
});

test('a code that was used, or is older than one that was, does not hold', () => {
  const step = 1000;
  const seconds = step * 30;
  assert.equal(stepOfCode(secret, codeAt(secret, step), seconds, step - 1), step);
  assert.equal(stepOfCode(secret, codeAt(secret, step), seconds, step), null);
  assert.equal(stepOfCode(secret, codeAt(secret, step - 1), seconds, step), null);
  assert.equal(stepOfCode(secret, codeAt(secret, step + 1), seconds, step), step + 1);
});

test('a code of another secret, another length or no digits does not hold', () => {
  const code = codeAt(secret, 1000);
  const wrong = [codeAt(randomBytes(20), 1000), code.slice(1), `0${code}`, '', '      ', '１２３４５６'];
  for (const other of wrong.filter((one) => one !== code))
    assert.equal(stepOfCode(secret, other, 30_000, -1), null);
});
