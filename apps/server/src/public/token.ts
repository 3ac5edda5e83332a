/** Route `token` (S9): what to work on before a session is begun or renewed, or a report is filed among many. */
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';
import { encoded } from '../http/encoded.ts';

/** Handler of `token`. */
export function tokenHandlers({ work, thresholds }: Backend): Handlers<'token'> {
  return {
    async token({ body }) {
      const token = work.token(body.purpose, body.purpose === 'report' ? thresholds.reportSteps() : 0);
      return { token: token === null ? null : encoded(token) };
    },
  };
}
