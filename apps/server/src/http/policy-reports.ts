/**
 * Reports of violations of the content policy (`report-uri /api/report`). A browser may put a piece of the page into one,
 * so nothing of it is kept but which directive was violated, from a closed list, and how often.
 */
import type { IncomingMessage } from 'node:http';
import type { Log } from '../log/log.ts';
import { type Answer, errorAnswer } from './answer.ts';
import { readBody } from './read-body.ts';
import { Refusal } from './refusal.ts';

/** Path of the page's policy; no route of the contract, because a browser calls it, not the client. */
export const policyReportPath = '/api/report';

/** A report is about a kilobyte. */
const reportMaxBytes = 16 * 1024;
const types: ReadonlySet<string> = new Set(['application/csp-report', 'application/reports+json']);

const directives: ReadonlySet<string> = new Set([
  'base-uri',
  'connect-src',
  'default-src',
  'font-src',
  'form-action',
  'frame-ancestors',
  'frame-src',
  'img-src',
  'media-src',
  'require-trusted-types-for',
  'script-src',
  'script-src-attr',
  'script-src-elem',
  'style-src',
  'style-src-attr',
  'style-src-elem',
  'trusted-types',
  'worker-src',
]);

/** Answers reports and counts them by directive. */
export type PolicyReports = (request: IncomingMessage) => Promise<Answer>;

/** Logs the first of each directive, then each time the count has doubled: a flood fills no log. */
export function policyReports(log: Log): PolicyReports {
  const counts = new Map<string, number>();
  return async (request) => {
    if (request.method !== 'POST') return errorAnswer('WRONG_METHOD', [['Allow', 'POST']]);
    if (!types.has((request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '')) {
      return errorAnswer('WRONG_TYPE');
    }
    try {
      const directive = directiveOf(await readBody(request, reportMaxBytes));
      const count = (counts.get(directive) ?? 0) + 1;
      counts.set(directive, count);
      if (Number.isInteger(Math.log2(count))) log({ entry: 'content-policy-violated', directive, count });
    } catch (error) {
      return errorAnswer(error instanceof Refusal ? error.code : 'MALFORMED');
    }
    return { status: 204, policy: 'other', type: null, body: '' };
  };
}

function directiveOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  const named = /"(?:effective-?directive|violated-directive)"\s*:\s*"([a-z-]{1,40})/i.exec(text)?.[1] ?? '';
  return directives.has(named) ? named : 'unknown';
}
