/** Routes of a forgotten password (S10). */
import * as recovery from './recovery.ts';
import { route } from './route.ts';

export const recoveryRoutes = {
  /** Answered alike for a name that is known and one that is not. */
  askReset: route({
    method: 'POST',
    path: '/api/recovery/ask',
    session: ['none'],
    work: 'session',
    request: recovery.askResetRequest,
  }),
  /** Whether a link still lives; says nothing of whose it is. */
  resetLink: route({
    method: 'POST',
    path: '/api/recovery/link',
    session: ['none'],
    request: recovery.resetLinkRequest,
  }),
  openReset: route({
    method: 'POST',
    path: '/api/recovery/open',
    session: ['none'],
    work: 'session',
    request: recovery.openResetRequest,
    response: recovery.openResetResponse,
  }),
  completeReset: route({
    method: 'POST',
    path: '/api/recovery/complete',
    session: ['none'],
    request: recovery.completeResetRequest,
  }),
} as const;
