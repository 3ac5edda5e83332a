/** What the vectors of the server's half ask for: the protocol without secret keys, in Node alone. */
import { nextAuditHead } from '@sotto/protocol/server/audit';
import { credentialVerifier, userSalt } from '@sotto/protocol/server/credential';
import { isEnrolment } from '@sotto/protocol/server/enrolment';
import { type SlotPlace, unwrapUnderSlot, wrapUnderSlot } from '@sotto/protocol/server/slot';
import { verifyStatement } from '@sotto/protocol/server/statement';
import { isLiveToken, makeToken, provesWork } from '@sotto/protocol/server/token';
import { auditEntry, type Operation } from './agent-operations.ts';
import type { Fields } from './fields.ts';

export const serverOperations: Readonly<Record<string, Operation>> = {
  'keep-credential': (f) => ({ verifier: credentialVerifier(f.bytes('pepper'), f.bytes('credential')) }),
  'user-salt': (f) => ({ salt: userSalt(f.bytes('pepper'), f.text('userName')) }),

  'check-enrolment': (f) => ({
    holds: isEnrolment(f.bytes('enrolmentKey'), f.id('user'), f.bytes('publicKey'), f.bytes('signature')),
  }),

  'wrap-under-slot': (f, { library }) => ({
    wrapped: wrapUnderSlot(f.bytes('slot'), place(f), f.bytes('plaintext'), library.random),
  }),
  'unwrap-under-slot': (f) => ({
    plaintext: unwrapUnderSlot(f.bytes('slot'), place(f), f.bytes('wrapped')),
  }),

  'next-audit-head': (f) => ({ head: nextAuditHead(f.bytes('head'), f.id('chain'), auditEntry(f)) }),

  'verify-statement': (f) => ({ body: verifyStatement(f.bytes('siteKey'), f.bytes('statement')) }),

  'make-token': (f, { library }) => ({
    token: makeToken(f.bytes('key'), f.number('difficulty'), f.number('now'), library.random),
  }),
  'live-token': (f) => ({ live: isLiveToken(f.bytes('key'), f.bytes('token'), f.number('now')) }),
  'prove-work': async (f) => ({ proves: await provesWork(f.bytes('token'), BigInt(f.text('counter'))) }),
};

function place(f: Fields): SlotPlace {
  return { site: f.text('site'), table: f.text('table'), row: f.text('row') };
}
