/** Numbers in sentences, and sentences for errors. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { errorCodes } from '@sotto/contract/errors';
import { counted, dated, limited, sized } from '../../src/words/counted.ts';
import { memberErrorWords } from '../../src/words/en-member-errors.ts';
import { sharedWords } from '../../src/words/en-shared.ts';

test('a language with more forms than English gets its own', () => {
  const files = { one: '# файл', few: '# файла', many: '# файлов', other: '# файла' };
  assert.deepEqual(
    [1, 3, 5, 21].map((count) => counted('ru', count, files)),
    ['1 файл', '3 файла', '5 файлов', '21 файл'],
  );
});

test('sizes are read as people read them, and 999 950 bytes are a megabyte', () => {
  assert.equal(sized('en', 1), '1 byte');
  assert.equal(sized('en', 48_122), '48.1 kB');
  assert.equal(sized('en', 999_949), '999.9 kB');
  assert.equal(sized('en', 999_950), '1 MB');
});

test('a limit is never said larger than it is', () => {
  assert.equal(limited('en', 1024 ** 3), '1 GB');
  assert.equal(limited('en', 1_999_999), '1 MB');
  assert.equal(limited('en', 900), '900 bytes');
});

test('a day is the same day in every place', () => {
  assert.equal(dated('en', '2026-11-19'), 'November 19, 2026');
  assert.equal(dated('en', 'not a day'), 'not a day');
});

test('nobody is told to come back sooner than the server takes them', () => {
  assert.deepEqual([1, 42, 90, 719, 3600].map(sharedWords.againIn), [
    'Try again in 1 second.',
    'Try again in 42 seconds.',
    'Try again in 2 minutes.',
    'Try again in 12 minutes.',
    'Try again in 60 minutes.',
  ]);
});

test('every code of the server has a sentence of its own', () => {
  const general = memberErrorWords('A_CODE_NOBODY_FORESAW');
  const withoutOwn = errorCodes.filter((code) => memberErrorWords(code) === general);
  assert.deepEqual(withoutOwn, []);
});

test('an unknown code promises nothing about what was sent', () => {
  assert.match(memberErrorWords('toString').sent, /cannot say/);
});
