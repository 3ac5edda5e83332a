/**
 * docs/security/asvs.md and sessions.md: every requirement and every section is there once and says how it stands, and what a line
 * names is there. The numbers are those of the standard (OWASP ASVS 5.0.0, levels 1 and 2), whose sections count from one without a gap.
 */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '../../../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** How many requirements of levels 1 and 2 each section has, chapter by chapter. */
const chapters: readonly Readonly<Record<string, number>>[] = [
  { '1.1': 2, '1.2': 9, '1.3': 11, '1.4': 3, '1.5': 2 },
  { '2.1': 3, '2.2': 3, '2.3': 4, '2.4': 1 },
  { '3.2': 2, '3.3': 4, '3.4': 6, '3.5': 5, '3.7': 2 },
  { '4.1': 3, '4.2': 1, '4.3': 2, '4.4': 4 },
  { '5.1': 1, '5.2': 3, '5.3': 2, '5.4': 3 },
  { '6.1': 3, '6.2': 12, '6.3': 4, '6.4': 4, '6.5': 5, '6.6': 3, '6.8': 4 },
  { '7.1': 3, '7.2': 4, '7.3': 2, '7.4': 5, '7.5': 2, '7.6': 2 },
  { '8.1': 2, '8.2': 3, '8.3': 1, '8.4': 1 },
  { '9.1': 3, '9.2': 4 },
  { '10.1': 2, '10.2': 2, '10.3': 4, '10.4': 11, '10.5': 5, '10.6': 2, '10.7': 3 },
  { '11.1': 2, '11.2': 3, '11.3': 3, '11.4': 4, '11.5': 1, '11.6': 1 },
  { '12.1': 3, '12.2': 2, '12.3': 4 },
  { '13.1': 1, '13.2': 5, '13.3': 2, '13.4': 5 },
  { '14.1': 2, '14.2': 4, '14.3': 3 },
  { '15.1': 3, '15.2': 3, '15.3': 7 },
  { '16.1': 1, '16.2': 5, '16.3': 4, '16.4': 3, '16.5': 3 },
  { '17.1': 1, '17.2': 4, '17.3': 2 },
];

/** Sections of the session management cheat sheet, in its order; those that only introduce others are left out. */
const sheet: readonly string[] = [
  'Session ID Name Fingerprinting',
  'Session ID Length',
  'Session ID Entropy',
  'Session ID Content (or Value)',
  'Built-in Session Management Implementations',
  'Used vs. Accepted Session ID Exchange Mechanisms',
  'Transport Layer Security',
  'Secure Attribute',
  'HttpOnly Attribute',
  'SameSite Attribute',
  'Domain and Path Attributes',
  'Expire and Max-Age Attributes',
  'The localStorage API',
  'The sessionStorage API',
  'Web Workers',
  'Session ID Generation and Verification: Permissive and Strict Session Management',
  'Manage Session ID as Any Other User Input',
  'Renew the Session ID After Any Privilege Level Change',
  'Considerations When Using Multiple Cookies',
  'Idle Timeout',
  'Absolute Timeout',
  'Renewal Timeout',
  'Logout Button',
  'Web Content Caching',
  'Initial Login Timeout',
  'Force Session Logout On Web Browser Window Close Events',
  'Disable Web Browser Cross-Tab Sessions',
  'Automatic Client Logout',
  'Session ID Guessing and Brute Force Detection',
  'Detecting Session ID Anomalies',
  'Binding the Session ID to Other User Properties',
  'Logging Sessions Life Cycle: Monitoring Creation, Usage, and Destruction of Session IDs',
  'Simultaneous Session Logons',
  'Session Management WAF Protections',
];

/** Rows of the tables in a page's part, without the head of each, as cells. */
function rowsOf(text: string): string[][] {
  const lines = text.split('\n').filter((line) => line.startsWith('|'));
  return lines
    .filter((line, at) => !isRule(line) && !isRule(lines[at + 1] ?? ''))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

const isRule = (line: string) => /^\|[-| ]+$/.test(line);

/** What a last cell may say: a file that is there, with what it is to hold, or a word of three and a reason. */
const standing = /^(?:`[^`]+\/[^`]+`|(?:does not apply|otherwise|not yet): .{8,})/;

/** Every file that a cell names is there, and holds the name that follows it. */
function checkShown(row: readonly string[]): void {
  const [number = '', , shown = ''] = row;
  assert.equal(row.length, 3, row.join(' | '));
  assert.ok(
    row.every((cell) => cell !== ''),
    row.join(' | '),
  );
  assert.match(shown, standing, number);
  const named = [...shown.matchAll(/`([^`]+\/[^`]+)`(?: “([^”]+)”)?/g)];
  const quoted = [...shown.matchAll(/“/g)].length;
  assert.equal(
    named.filter(([, , title]) => title !== undefined).length,
    quoted,
    `${number}: a name of no file`,
  );
  for (const [, path = '', title = ''] of named) {
    assert.ok(existsSync(join(root, path)), `${number}: ${path}`);
    assert.ok(read(path).includes(title), `${number}: ${path}: ${title}`);
  }
}

test('every requirement of ASVS 5.0, level 2, is there once, and says by what it is shown or why it is not', () => {
  const parts = read('docs/security/asvs.md')
    .split(/^## V(?=\d)/m)
    .slice(1);
  assert.deepEqual(
    parts.map((part) => Number.parseInt(part, 10)),
    chapters.map((_, at) => at + 1),
  );
  const rows = parts.map(rowsOf);
  for (const [at, sections] of chapters.entries()) {
    const numbers = Object.entries(sections).flatMap(([section, count]) =>
      Array.from({ length: count }, (_, one) => `${section}.${one + 1}`),
    );
    assert.deepEqual(
      (rows[at] ?? []).map(([number]) => number),
      numbers,
    );
  }
  assert.equal(rows.flat().length, 253);
  for (const row of rows.flat()) checkShown(row);
});

test('every section of the session management cheat sheet is there once, and says the same', () => {
  const [, part = ''] = read('docs/security/sessions.md').split('\n## The cheat sheet\n');
  const rows = rowsOf(part);
  assert.deepEqual(
    rows.map(([section]) => section),
    sheet,
  );
  for (const row of rows) checkShown(row);
});

test('a line that is empty, names what is not there, or gives no reason is found', () => {
  const path = 'packages/protocol/test/unit/standards.test.ts';
  for (const shown of [
    '',
    'yes',
    'does not apply',
    'not yet:',
    '`packages/protocol/test/unit/nothing.test.ts` “x”',
    `\`${path}\` “${['a name', 'of no test'].join(' that is ')}”`,
    'otherwise: as “somebody” says',
    '`no-store` on every answer',
  ])
    assert.throws(() => checkShown(['1.1.1', 'words', shown]), shown);
  checkShown(['1.1.1', 'words', `\`${path}\` “a line that is empty”`]);
});
