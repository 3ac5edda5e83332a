/**
 * The log: a line is one entry of a closed list, JSON on standard error. There is no access log and no free text.
 * Whatever field they are in, mail addresses and UUIDs are taken out, since a field could carry one by mistake.
 */

/** Every line that can be written. Fields are counts, codes and versions, never content, names or addresses. */
export type LogEntry =
  | { readonly entry: 'started'; readonly node: string; readonly listening: 'loopback' | 'unix-socket' }
  | { readonly entry: 'stopped' }
  | { readonly entry: 'forgotten'; readonly slots: number; readonly rows: number; readonly files: number }
  | { readonly entry: 'job-failed'; readonly job: string; readonly code: string }
  | { readonly entry: 'request-failed'; readonly route: string; readonly code: string }
  | { readonly entry: 'answer-refused'; readonly route: string }
  | { readonly entry: 'content-policy-violated'; readonly directive: string; readonly count: number }
  | { readonly entry: 'disk-full'; readonly route: string }
  | { readonly entry: 'mail-sent'; readonly tries: number }
  | { readonly entry: 'mail-not-taken'; readonly code: string; readonly tries: number }
  | { readonly entry: 'site-made' };

/** Writes entries. */
export type Log = (entry: LogEntry) => void;

const mailAddress = /[^\s"'<>@]+@[^\s"'<>@]+/gu;
const uuid = /[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}/giu;

/** @param write takes a whole line with its end; standard error in a server. */
export function makeLog(write: (line: string) => void): Log {
  return (entry) => write(`${redact(JSON.stringify(entry))}\n`);
}

/** Takes mail addresses and UUIDs out of a line. */
export function redact(line: string): string {
  return line.replaceAll(uuid, '(id)').replaceAll(mailAddress, '(address)');
}
