/** What is known of a person's own security, and what is wanted of them before anything else (S3). */
import type { Security } from '@sotto/contract/account';
import type { Backend } from '../backend.ts';
import { storedId } from '../http/encoded.ts';
import type { EnteringSession, MemberSession } from '../sessions/sessions.ts';
import { day } from '../storage/home.ts';
import type { UserRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import { hasFactor } from './factor.ts';
import { type OwnSession, ownRow } from './own-row.ts';

const wholeDay = 24 * 60 * 60 * 1000;

/** Reads it. @param user as the row is in this transaction. */
export async function securityOf(
  backend: Backend,
  transaction: Transaction,
  user: UserRow,
): Promise<Security> {
  const { password_days: passwordDays, second_factor_required: forAll } = backend.settings.now();
  const factor = await hasFactor(backend, transaction, user.user_id);
  const factorRequired = user.factor_required === 1 || forAll;
  const passwordDay = user.password_day ?? day(backend.clock());
  const passwordDue = user.password_due === 1 || isOver(passwordDay, passwordDays, backend.clock());
  return {
    due: [
      ...(passwordDue ? (['password'] as const) : []),
      ...(factorRequired && !factor ? (['second-factor'] as const) : []),
    ],
    passwordDay,
    passwordDays,
    factor,
    factorRequired,
    factorResetDay: user.factor_reset_day,
    recoveryTriedDay: user.recovery_tried_day,
  };
}

/**
 * Reads it after an act of the owner's, and lets them in when nothing more is wanted. The id of the session stays: it was made
 * after password and code.
 */
export async function letIn(backend: Backend, sessionId: string, session: OwnSession): Promise<Security> {
  const { user, security } = await backend.home.store.transaction(async (transaction) => {
    const found = await ownRow(backend, transaction, session);
    return { user: found, security: await securityOf(backend, transaction, found) };
  });
  const next = sessionOf(user, security);
  if (session.kind === 'entering' && next.kind === 'member') backend.sessions.become(sessionId, next);
  return security;
}

/** The session of whom nothing, or something, is wanted first. */
export function sessionOf(user: UserRow, { due }: Pick<Security, 'due'>): MemberSession | EnteringSession {
  const userId = storedId(user.user_id);
  if (due.length > 0) return { kind: 'entering', userId };
  return {
    kind: 'member',
    userId,
    isAdministrator: user.is_administrator === 1,
    isRecipient: user.is_recipient === 1,
  };
}

function isOver(since: string, days: number, now: number): boolean {
  return days > 0 && now >= Date.parse(since) + days * wholeDay;
}
