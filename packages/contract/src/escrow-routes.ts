/** Routes of escrow (S11). */
import * as escrow from './escrow.ts';
import { route } from './route.ts';

const ownPath = '/api/member/escrow';
const path = '/api/administrator/escrow';

export const escrowRoutes = {
  ownEscrow: route({
    method: 'GET',
    path: ownPath,
    session: ['entering', 'member'],
    response: escrow.ownEscrowResponse,
  }),
  keepEscrowCopy: route({
    method: 'PUT',
    path: ownPath,
    session: ['entering', 'member'],
    request: escrow.escrowCopyRequest,
  }),
  notices: route({
    method: 'GET',
    path: '/api/member/notices',
    session: ['member'],
    response: escrow.noticesResponse,
  }),
  seeNotices: route({
    method: 'PUT',
    path: '/api/member/notices',
    session: ['member'],
    request: escrow.seenRequest,
  }),
  escrowSeed: route({
    method: 'GET',
    path,
    session: ['administrator'],
    response: escrow.escrowSeedResponse,
  }),
  setEscrow: route({ method: 'PUT', path, session: ['administrator'], request: escrow.escrowRequest }),
  /** All copies, to seal them anew; an entry in the audit log for each. */
  escrowCopies: route({
    method: 'POST',
    path: `${path}/copies`,
    session: ['administrator'],
    response: escrow.escrowCopiesResponse,
  }),
  /** One copy, against an entry in the audit log. */
  escrowCopy: route({
    method: 'POST',
    path: '/api/administrator/users/:user/escrow',
    session: ['administrator'],
    response: escrow.escrowOneResponse,
  }),
  letBack: route({
    method: 'PUT',
    path: '/api/administrator/users/:user/activation',
    session: ['administrator'],
    request: escrow.letBackRequest,
  }),
  restore: route({
    method: 'POST',
    path: '/api/activation/restore',
    session: ['none'],
    request: escrow.restoreRequest,
  }),
} as const;
