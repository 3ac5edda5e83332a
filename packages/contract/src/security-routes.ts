/** Routes of one's own security, and of what an administrator wants of one person's (S3). */
import * as account from './account.ts';
import * as administration from './administration.ts';
import { route } from './route.ts';

export const securityRoutes = {
  security: route({
    method: 'GET',
    path: '/api/member/security',
    session: ['entering', 'member'],
    response: account.security,
  }),
  /** Ends the person's other sessions, as the one after it does. */
  setFactor: route({
    method: 'PUT',
    path: '/api/member/second-factor',
    session: ['entering', 'member'],
    request: account.factorRequest,
    response: account.security,
  }),
  endFactor: route({
    method: 'POST',
    path: '/api/member/second-factor/end',
    session: ['member'],
    request: account.endFactorRequest,
    response: account.security,
  }),
  recoveryKey: route({
    method: 'POST',
    path: '/api/member/recovery-key',
    session: ['member'],
    request: account.recoveryKeyRequest,
    response: account.recoveryKeyResponse,
  }),
  tryRecoveryKey: route({
    method: 'POST',
    path: '/api/member/recovery-key/try',
    session: ['member'],
    request: account.tryRecoveryKeyRequest,
    response: account.tryRecoveryKeyResponse,
  }),
  setPersonRules: route({
    method: 'PUT',
    path: '/api/administrator/users/:user/rules',
    session: ['administrator'],
    request: administration.personRules,
  }),
  /** The secret is forgotten and shown to nobody; the person's sessions end. */
  resetFactor: route({
    method: 'DELETE',
    path: '/api/administrator/users/:user/second-factor',
    session: ['administrator'],
  }),
} as const;
