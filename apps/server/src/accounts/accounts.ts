/** Accounts: invited without a key, completed by their owner's agent, and what a signed-in agent is given (S2, S3). */
import type { AccountKeys, invitation, Security } from '@sotto/contract/account';
import type { Role } from '@sotto/contract/forms';
import type { Uuid } from '@sotto/protocol/bytes';
import { foldUserName } from '@sotto/protocol/server/credential';
import type * as v from 'valibot';
import type { Backend } from '../backend.ts';
import { decoded, encoded, storedId, versioned } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { day } from '../storage/home.ts';
import type { Keeping } from '../storage/keeping.ts';
import { withSlot } from '../storage/keeping.ts';
import type { UserRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import type { BoxKind } from './box-kind.ts';
import { saltOf, settingVerifier } from './credentials.ts';
import { requestHash } from './request-hash.ts';
import { securityOf } from './security.ts';

/** An account before its owner has been here. */
export type Invitation = v.InferOutput<typeof invitation>;

/** How long an activation link lives, in seconds (S2). */
export const activationLife = 72 * 60 * 60;

type NewUser = {
  readonly id: Uuid;
  readonly userName: string;
  readonly name: string;
  readonly roles: readonly Role[];
};

/** A user's row without any key. `madeBy` is the hash of the request that makes it. */
export async function newUserRow(backend: Backend, user: NewUser, madeBy: Uint8Array): Promise<UserRow> {
  return {
    site_id: backend.siteId,
    user_id: user.id,
    folded_name: foldUserName(user.userName),
    user_name: user.userName,
    name: user.name,
    ...rolesRow(user.roles),
    salt: await saltOf(backend.home.slotFile, user.userName),
    verifier: null,
    recovery_verifier: null,
    public_key: null,
    enrolment_signature: null,
    made_by: madeBy,
    slot: null,
    password_day: null,
    password_by: null,
    password_due: 0,
    factor_required: 0,
    factor_reset_day: null,
    recovery_tried_day: null,
    notices_from: null,
    disabled: 0,
  };
}

/** Adds an invited user and their activation. @throws Refusal `NAME_TAKEN`. */
export async function addInvited(
  backend: Backend,
  transaction: Transaction,
  invited: Invitation,
): Promise<void> {
  const { store, slotFile } = backend.home;
  const row = await newUserRow(backend, invited, requestHash(invited));
  const sameName = await store.users.findByName(transaction, backend.siteId, row.folded_name);
  if (sameName !== undefined) throw new Refusal('NAME_TAKEN');
  await store.users.add(transaction, row);
  await store.activations.add(transaction, {
    site_id: backend.siteId,
    user_id: invited.id,
    verifier: await settingVerifier(slotFile, decoded(invited.activation)),
    expires: Math.floor(backend.clock() / 1000) + activationLife,
    used_by: null,
  });
}

/** What an account's keys become in the database, wrapped under a new slot. */
export type WrappedKeys = {
  readonly change: Pick<
    UserRow,
    | 'verifier'
    | 'recovery_verifier'
    | 'recovery_tried_day'
    | 'public_key'
    | 'slot'
    | 'password_day'
    | 'password_due'
  >;
  /** The kinds of boxes that `put` puts. */
  readonly kinds: readonly BoxKind[];
  put(transaction: Transaction): Promise<void>;
};

/**
 * Gives `use` the keys of an account wrapped under a fresh slot. `use` runs the transaction that calls `put`.
 *
 * @throws Refusal `MALFORMED` for an unknown version byte.
 */
export async function withWrappedKeys<T>(
  backend: Backend,
  userId: string,
  keys: AccountKeys,
  siteSeed: string | null,
  use: (wrapped: WrappedKeys) => Promise<T>,
): Promise<T> {
  const { slotFile, allocator } = backend.home;
  const boxes: (readonly [BoxKind, Uint8Array])[] = [
    ['identity', versioned(keys.identity)],
    ['recovery-identity', versioned(keys.recoveryIdentity)],
    ['recovery-key', versioned(keys.recoveryKey)],
    ['own', versioned(keys.own)],
  ];
  if (siteSeed !== null) boxes.push(['site-seed', versioned(siteSeed)]);
  const change = {
    verifier: await settingVerifier(slotFile, decoded(keys.credential)),
    recovery_verifier: await settingVerifier(slotFile, decoded(keys.recoveryCredential)),
    public_key: decoded(keys.publicKey),
    password_day: day(backend.clock()),
    password_due: 0,
    // It is of another recovery key from now on.
    recovery_tried_day: null,
  };
  return allocator.withNewSlot((slot) =>
    withSlot(slotFile, slot, (keeping) =>
      use({
        change: { ...change, slot },
        kinds: boxes.map(([kind]) => kind),
        put: (transaction) => putBoxes(backend, transaction, userId, slot, keeping, boxes),
      }),
    ),
  );
}

async function putBoxes(
  { home, siteId }: Backend,
  transaction: Transaction,
  userId: string,
  slot: number,
  keeping: Keeping,
  boxes: readonly (readonly [BoxKind, Uint8Array])[],
): Promise<void> {
  const owner = { site_id: siteId, owner_kind: 'account', owner_id: userId };
  await home.store.slots.take(transaction, { ...owner, slot });
  for (const [kind, box] of boxes) {
    const row = keeping.keepBox({ site_id: siteId, user_id: userId, kind }, box);
    await home.store.accountBoxes.put(transaction, row);
  }
}

/** Puts one box under the account's slot. */
export async function putBox(
  backend: Backend,
  userId: string,
  kind: BoxKind,
  box: Uint8Array,
): Promise<void> {
  const { store, slotFile } = backend.home;
  await store.transaction(async (transaction) => {
    const user = await store.users.find(transaction, backend.siteId, userId);
    if (user === undefined || user.slot === null) throw new Refusal('SESSION_ENDED');
    await withSlot(slotFile, user.slot, (keeping) =>
      store.accountBoxes.put(
        transaction,
        keeping.keepBox({ site_id: backend.siteId, user_id: userId, kind }, box),
      ),
    );
  });
}

/** What a signed-in agent is given. */
export type AccountView = {
  user: Uuid;
  userName: string;
  name: string;
  roles: Role[];
  own: string;
  siteSeed: string | null;
  security: Security;
};

/** Reads an account's boxes. @throws Refusal `SESSION_ENDED` when the account has no keys any more. */
export async function readAccount(
  backend: Backend,
  transaction: Transaction,
  user: UserRow,
): Promise<{ view: AccountView; identity: string }> {
  const { store, slotFile } = backend.home;
  if (user.slot === null) throw new Refusal('SESSION_ENDED');
  const rows = await store.accountBoxes.ofUser(transaction, backend.siteId, user.user_id);
  const security = await securityOf(backend, transaction, user);
  return withSlot(slotFile, user.slot, (keeping) => {
    const open = (kind: BoxKind): string | null => {
      const row = rows.find((candidate) => candidate.kind === kind);
      return row === undefined ? null : encoded(keeping.openBox(row));
    };
    const [own, identity] = [open('own'), open('identity')];
    if (own === null || identity === null) throw new Refusal('SESSION_ENDED');
    const view = {
      user: storedId(user.user_id),
      userName: user.user_name,
      name: user.name,
      roles: rolesOf(user),
      own,
      siteSeed: open('site-seed'),
      security,
    };
    return { view, identity };
  });
}

/** Somebody of this site, by the id that a request names. @throws Refusal `NOT_FOUND`. */
export async function personOf(
  { home, siteId }: Backend,
  transaction: Transaction,
  userId: string,
): Promise<UserRow> {
  const user = await home.store.users.find(transaction, siteId, userId);
  if (user === undefined) throw new Refusal('NOT_FOUND');
  return user;
}

/** Whether something can be sealed to a user: they have keys, and are not disabled. */
export function canHold(user: UserRow | undefined): user is UserRow {
  return user !== undefined && user.public_key !== null && user.disabled === 0;
}

/** Roles of a row, as the contract lists them. */
export function rolesOf(user: Pick<UserRow, 'is_administrator' | 'is_recipient'>): Role[] {
  const roles: Role[] = [];
  if (user.is_administrator === 1) roles.push('administrator');
  if (user.is_recipient === 1) roles.push('recipient');
  return roles;
}

/** Roles as columns. */
export function rolesRow(roles: readonly Role[]): Pick<UserRow, 'is_administrator' | 'is_recipient'> {
  return {
    is_administrator: roles.includes('administrator') ? 1 : 0,
    is_recipient: roles.includes('recipient') ? 1 : 0,
  };
}
