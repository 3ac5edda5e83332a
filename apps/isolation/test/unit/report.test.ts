/** What a verb says to people, and to programs. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { type Report, reportAsJson, reportForPeople } from '../../src/report.ts';

/** What a verb said on standard output and on standard error. */
function said(report: (streams: Parameters<typeof reportForPeople>[0]) => Report, colour: boolean) {
  const text = { out: '', err: '' };
  const verb = report({
    out: (piece) => {
      text.out += piece;
    },
    err: (piece) => {
      text.err += piece;
    },
    colour,
  });
  verb.progress('firewall');
  verb.progress('firewall', '12 ms');
  verb.table('attempt', [
    { attempt: 'a web page', outcome: 'ok' },
    { attempt: 'ARP', outcome: 'LEAK' },
  ]);
  verb.table('nothing', []);
  verb.say('one line');
  verb.text('unit', { name: 'timer' }, 'a longer text\n');
  verb.result('LEAK', { leaks: 1, seconds: 14 });
  return text;
}

test('people get progress beside the answer, a table whose columns stand, and a last word', () => {
  assert.deepEqual(said(reportForPeople, false), {
    err: 'firewall …\nfirewall: 12 ms\n',
    out: 'attempt     outcome\na web page  ok\nARP         LEAK\none line\na longer text\nLEAK (leaks 1, seconds 14)\n',
  });
});

test('on a terminal a judgement has a colour, and the columns stand all the same', () => {
  const plain = said(reportForPeople, false).out;
  const painted = said(reportForPeople, true).out;
  assert.ok(painted.includes('\u001b[32mok'), 'green');
  assert.ok(painted.includes('\u001b[31mLEAK'), 'red');
  assert.equal(stripVTControlCharacters(painted).replaceAll(/ +$/gm, ''), plain);
});

test('a program gets one object a line, each with its kind, and nothing else', () => {
  const { out, err } = said(reportAsJson, true);
  assert.equal(err, '');
  assert.deepEqual(
    out
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line)),
    [
      { kind: 'progress', what: 'firewall' },
      { kind: 'progress', what: 'firewall', detail: '12 ms' },
      { kind: 'attempt', attempt: 'a web page', outcome: 'ok' },
      { kind: 'attempt', attempt: 'ARP', outcome: 'LEAK' },
      { kind: 'unit', name: 'timer', text: 'a longer text\n' },
      { kind: 'result', verdict: 'LEAK', leaks: 1, seconds: 14 },
    ],
  );
});
