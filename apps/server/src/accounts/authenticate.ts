/**
 * Who proves to be whom: the password, then the second factor where there is one (S3).
 *
 * The first step tells nothing of the second: a wrong password is answered alike for an unknown name, an account with a second
 * factor and one without. Only who has the password learns that a code is wanted.
 */
import { equalSecrets } from '@sotto/protocol/server/credential';
import type { Backend } from '../backend.ts';
import { nobody } from '../http/encoded.ts';
import type { UserRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import { hasFactor, useCode } from './factor.ts';
import { isKeyed, type KeyedUser } from './own-row.ts';

/** What came of it. */
export type Outcome =
  | { readonly outcome: 'proved'; readonly user: KeyedUser }
  | { readonly outcome: 'code-wanted' }
  | { readonly outcome: 'failed'; readonly code: 'WRONG_CREDENTIAL' | 'WRONG_CODE' };

/**
 * Checks what was shown, and uses the code up. Nothing is thrown: a transaction that fails is run again alone, and with it
 * those that share its commit.
 *
 * @param user `undefined` for a name that nobody has.
 * @param shown HMAC of the authKey that was sent.
 * @param code of the second factor; `undefined` when none was sent.
 */
export async function authenticate(
  backend: Backend,
  transaction: Transaction,
  user: UserRow | undefined,
  shown: Uint8Array,
  code: string | undefined,
): Promise<Outcome> {
  const equal = equalSecrets(shown, user?.verifier ?? nobody);
  if (!equal || user === undefined || !isKeyed(user)) return { outcome: 'failed', code: 'WRONG_CREDENTIAL' };
  if (!(await hasFactor(backend, transaction, user.user_id))) return { outcome: 'proved', user };
  if (code === undefined) return { outcome: 'code-wanted' };
  if (await useCode(backend, transaction, user, code)) return { outcome: 'proved', user };
  return { outcome: 'failed', code: 'WRONG_CODE' };
}
