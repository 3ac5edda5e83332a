/** Whether what lies in a server's home fits together: the database is sound, and its rows, the slots and the files name each other. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

type Check = { readonly fault: string; readonly sql: string };

/** Each finds rows that must not be. A report has a seal for the whistleblower and one for a holder at least, and the whistleblower's identity. */
const checks: readonly Check[] = [
  {
    fault: 'a report without its identity box',
    sql: `SELECT report_id FROM reports r WHERE NOT EXISTS (SELECT 1 FROM seals s
      WHERE s.report_id = r.report_id AND s.holder_id = r.report_id AND s.kind = 'identity')`,
  },
  {
    fault: 'a report without its seals',
    sql: `SELECT report_id FROM reports r WHERE (SELECT count(*) FROM seals s
      WHERE s.report_id = r.report_id AND s.kind = 'report-key') < 2`,
  },
  ...['answers', 'summary'].map((kind) => ({
    fault: `a report without its ${kind}, or with two`,
    sql: `SELECT report_id FROM reports r WHERE (SELECT count(*) FROM items i
      WHERE i.report_id = r.report_id AND i.kind = '${kind}') <> 1`,
  })),
  {
    fault: 'an item of no report',
    sql: 'SELECT item_id FROM items WHERE report_id NOT IN (SELECT report_id FROM reports)',
  },
  {
    fault: 'a file item without its upload',
    sql: `SELECT item_id FROM items WHERE kind = 'file' AND item_id NOT IN (SELECT item_id FROM uploads)`,
  },
  {
    fault: 'an upload of no report and no filing',
    sql: `SELECT item_id FROM uploads WHERE report_id NOT IN (SELECT report_id FROM reports)
      AND report_id NOT IN (SELECT report_id FROM filings)`,
  },
  {
    fault: 'a report whose slot is not taken',
    sql: 'SELECT report_id FROM reports WHERE slot NOT IN (SELECT slot FROM slots)',
  },
  {
    fault: 'a slot that nobody has',
    sql: `SELECT slot FROM slots WHERE slot NOT IN (SELECT slot FROM reports)
      AND slot NOT IN (SELECT slot FROM users WHERE slot IS NOT NULL)`,
  },
  { fault: 'a slot of two owners', sql: 'SELECT slot FROM reports GROUP BY slot HAVING count(*) > 1' },
  {
    fault: 'a report that is hidden and not gone',
    sql: 'SELECT report_id FROM reports WHERE forgotten <> 0',
  },
  { fault: 'a mark of forgetting that is left', sql: 'SELECT mark_id FROM forgetting' },
];

/** @returns every fault with how often it is there; none of a sound home. Nothing may be writing meanwhile. */
export async function faultsOf(home: string): Promise<string[]> {
  const database = new DatabaseSync(join(home, 'sotto.sqlite'), { readOnly: true });
  try {
    const faults = checks.flatMap(({ fault, sql }) => {
      const { length } = database.prepare(sql).all();
      return length > 0 ? [`${fault} (${length} times)`] : [];
    });
    const integrity = Object.values(database.prepare('PRAGMA integrity_check').get() ?? {})[0];
    if (integrity !== 'ok') faults.push('a page of the database is damaged');
    if (database.prepare('PRAGMA foreign_key_check').all().length > 0)
      faults.push('a row names one that is gone');
    const uploads = database.prepare('SELECT item_id FROM uploads').all();
    const known = new Set(uploads.map(({ item_id }) => String(item_id)));
    const strangers = (await attachmentsIn(home)).filter((name) => !known.has(name));
    if (strangers.length > 0) faults.push(`a file that no row names (${strangers.length} times)`);
    return faults;
  } finally {
    database.close();
  }
}

async function attachmentsIn(home: string): Promise<string[]> {
  const entries = await readdir(join(home, 'sites'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}
