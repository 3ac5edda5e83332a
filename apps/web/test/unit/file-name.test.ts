/** What is shown and saved of a file name that somebody else chose. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { safeFileName, shownFileName } from '../../src/platform/file-name.ts';

const overridden = 'photo\u202egpj.exe';

test('a name that reads backwards is shown with its mark visible', () => {
  assert.equal(shownFileName(overridden), 'photo\ufffdgpj.exe');
});

test('a name is saved without marks, paths and hidden beginnings', () => {
  assert.equal(safeFileName(overridden), 'photogpj.exe');
  assert.equal(safeFileName('../../.ssh/authorized_keys'), '_.._.ssh_authorized_keys');
  assert.equal(safeFileName('.bashrc'), 'bashrc');
  assert.equal(safeFileName('a\u0000b\nc.txt'), 'abc.txt');
  assert.equal(safeFileName('C:\\autoexec.bat'), 'C__autoexec.bat');
});

test('a name of nothing but marks is saved as a file all the same', () => {
  for (const name of ['', '...', '\u202e', '   ']) assert.equal(safeFileName(name), 'file');
});

test('a name of 64 KiB is shortened and keeps its ending', () => {
  const saved = safeFileName(`${'名'.repeat(65_536)}.pdf`);
  assert.ok(saved.endsWith('.pdf'));
  assert.ok(new TextEncoder().encode(saved).length <= 255);
});

test('a plain name in any script stays as it is', () => {
  for (const name of ['report 2.pdf', 'отчёт.docx', 'تقرير.txt', '写真.jpg'])
    assert.equal(safeFileName(name), name);
});
