/** The copy of an identity for escrow (S11): sealed to the escrow key that the directory states, and to no other. */
import { seal } from '@sotto/protocol/box';
import { type Bytes, fromBase64url, toBase64url, type Uuid } from '@sotto/protocol/bytes';
import type { Identity } from '@sotto/protocol/identity';
import { carrySeed } from '@sotto/protocol/key-carrier';
import type { Library } from '@sotto/protocol/library';
import type { Directory } from './directory.ts';
import type { Environment } from './environment.ts';
import { ClientError } from './errors.ts';
import type { Server } from './server.ts';

/** seal(escrow key, identity): what an agent keeps with the server while escrow is on. */
export function escrowCopy(library: Library, escrowKey: Bytes, identity: Identity): string {
  return toBase64url(seal(library, escrowKey, carrySeed('identity', identity.owner, identity.seed)));
}

/** seal(administrator's public key, escrow seed). */
export function sealEscrowSeed(library: Library, publicKey: Bytes, site: Uuid, seed: Bytes): string {
  return toBase64url(seal(library, publicKey, carrySeed('escrow seed', site, seed)));
}

/**
 * Seals this member's copy to the escrow key of the directory, unless the one that is there is for that key already. When the
 * key has changed in between, the next sign-in does it.
 */
export async function keepEscrow(
  { library }: Environment,
  server: Server,
  session: { readonly id: string; readonly identity: Identity },
  { people }: Directory,
): Promise<void> {
  if (people.escrow === null) return;
  const { publicKey } = people.escrow;
  const kept = await server.call('ownEscrow', { session: session.id });
  if (kept.publicKey === publicKey) return;
  const copy = escrowCopy(library, fromBase64url(publicKey), session.identity);
  await server
    .call('keepEscrowCopy', { session: session.id, body: { publicKey, copy } })
    .catch((failure: unknown) => {
      if (!(failure instanceof ClientError && failure.code === 'STATEMENT_OUTDATED')) throw failure;
    });
}
