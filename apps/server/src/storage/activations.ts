/** Repository of `activations`: activation links, until their time is over (S2). */
import { all, change, first } from './query.ts';
import type { ActivationRow } from './schema.ts';

/** Reads and writes invitations. */
export const activations = {
  /** `verifier` is the HMAC of SHA-256(authKey of the activation secret), 32 bytes. */
  findByVerifier: first((transaction, siteId: string, verifier: Uint8Array) =>
    transaction
      .selectFrom('activations')
      .selectAll()
      .where('site_id', '=', siteId)
      .where('verifier', '=', verifier),
  ),

  /** Says that the link was used, by which request. */
  use: change((transaction, siteId: string, userId: string, usedBy: Uint8Array) =>
    transaction
      .updateTable('activations')
      .set({ used_by: usedBy })
      .where('site_id', '=', siteId)
      .where('user_id', '=', userId),
  ),

  /** Takes the invitation of a user away, before another is put in its place. */
  drop: change((transaction, siteId: string, userId: string) =>
    transaction.deleteFrom('activations').where('site_id', '=', siteId).where('user_id', '=', userId),
  ),

  /** Users whose invitation expired before `now` (Unix seconds). */
  expired: all((transaction, now: number) =>
    transaction.selectFrom('activations').select('user_id').where('expires', '<', now),
  ),

  add: change((transaction, row: ActivationRow) => transaction.insertInto('activations').values(row)),

  /** Drops what expired before `now` (Unix seconds). */
  dropExpired: change((transaction, now: number) =>
    transaction.deleteFrom('activations').where('expires', '<', now),
  ),
};

/** Interface of the repository. */
export type Activations = typeof activations;
