/** What the pages refuse before anything is sent agrees with what the server takes. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exitAddress, personName, userName } from '@sotto/contract/forms';
import { is } from 'valibot';
import { httpsProblem, nameProblem, passwordProblem, userNameProblem } from '../../src/member/form-check.ts';
import { problemsOf } from '../../src/member/form-problems.ts';
import { receiptProblem, typedReceipt } from '../../src/whistleblower/receipt-form.ts';
import { memberWords } from '../../src/words/en-member.ts';
import { whistleblowerWords } from '../../src/words/en-whistleblower.ts';

test('a user name is taken here exactly when the server takes it', () => {
  const names = [
    '',
    'a',
    'ab',
    'Ada',
    'a.b_c-d',
    '.ab',
    'ab ',
    'ä1',
    '1a',
    'a'.repeat(40),
    'a'.repeat(41),
    'a\n',
  ];
  for (const name of names)
    assert.equal(userNameProblem(name, memberWords) === null, is(userName, name), JSON.stringify(name));
});

test('an exit address is taken here exactly when the server takes it', () => {
  const addresses = [
    'https://www.wikipedia.org/',
    'https://weather.example',
    'http://example.org/',
    'https://example.org:8443/',
    'https://user@example.org/',
    'javascript:alert(1)',
    `https://example.org/${'a'.repeat(181)}`,
    '',
  ];
  for (const address of addresses)
    assert.equal(httpsProblem(address, memberWords) === null, is(exitAddress, address), address);
});

test('a name is taken here exactly when the server takes it', () => {
  for (const name of ['Ada Brook', 'Ольга', '', '  ', 'a'.repeat(80), 'a'.repeat(81), '<b>\u202e</b>'])
    assert.equal(nameProblem(name, memberWords) === null, is(personName, name), JSON.stringify(name));
});

test('a password is counted in characters as people see them', () => {
  // 256 characters are 510 UTF-16 code units here.
  assert.equal(passwordProblem(`Aa1-567890${'🐎'.repeat(246)}`, [], memberWords), null);
  assert.equal(
    passwordProblem(`Aa1-567890${'🐎'.repeat(247)}`, [], memberWords),
    memberWords.fields.tooLong(256),
  );
  assert.equal(passwordProblem('🐎'.repeat(12), [], memberWords), memberWords.password.insecure);
  assert.equal(passwordProblem('a'.repeat(10_000_000), [], memberWords), memberWords.fields.tooLong(256));
});

test('only fields with a problem are named, in their order', () => {
  assert.deepEqual(Object.entries(problemsOf({ a: 'x', b: null, c: 'y' })), [
    ['a', 'x'],
    ['c', 'y'],
  ]);
});

test('a receipt of 15 or 17 digits, or of full-width digits, is told what is wrong', () => {
  const words = whistleblowerWords.return;
  assert.equal(receiptProblem('4096 2718 3550 294', whistleblowerWords), words.wrongLength(15));
  assert.equal(receiptProblem('4096-2718-3550-2947-1', whistleblowerWords), words.wrongLength(17));
  assert.equal(receiptProblem('４０９６２７１８３５５０２９４７', whistleblowerWords), words.notDigits);
  assert.equal(receiptProblem(' 4096 2718-3550 2947 ', whistleblowerWords), null);
  assert.equal(typedReceipt(' 4096 2718-3550 2947 '), '4096271835502947');
});
