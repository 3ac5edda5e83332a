/** The log's lines: entries of a closed list, without addresses and ids whatever field they got into. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { makeLog, redact } from '../../src/log/log.ts';
import { newId } from '../support/temporary.ts';

describe('a line of the log', () => {
  it('is one line of JSON', () => {
    const lines: string[] = [];
    makeLog((line) => lines.push(line))({ entry: 'job-failed', job: 'forget', code: 'DISK_FULL' });
    assert.deepEqual(lines, ['{"entry":"job-failed","job":"forget","code":"DISK_FULL"}\n']);
  });

  it('holds no mail address and no UUID, whatever field they are in', () => {
    const lines: string[] = [];
    const id = newId();
    const log = makeLog((line) => lines.push(line));
    log({ entry: 'job-failed', job: `of ${id} for ada.b+x@mail.example.org`, code: id.toUpperCase() });
    assert.deepEqual(lines, ['{"entry":"job-failed","job":"of (id) for (address)","code":"(id)"}\n']);
    assert.equal(redact(id.replaceAll('-', '')), '(id)');
    assert.equal(redact('"ö@ü.example"'), '"(address)"');
    assert.equal(redact('2 files, 3 slots'), '2 files, 3 slots');
  });
});
