/** Escrow (S11): identities sealed to administrators with the right, so that who lost everything can be let back in. */
import { boxedIdentityBytes, keyBytes, sealedSeedBytes } from '@sotto/protocol/sizes';
import * as v from 'valibot';
import { accountKeys } from './account.ts';
import type { SiteAct } from './audit.ts';
import { statement } from './directory.ts';
import { bytes, counter, day, uuid } from './forms.ts';

/** For the public key that the directory states, one's own identity: seal(escrow key, identity). */
export const escrowCopyRequest = v.strictObject({ publicKey: bytes(keyBytes), copy: bytes(sealedSeedBytes) });
/** The key that the copy here is sealed to; null while there is none. */
export const ownEscrowResponse = v.strictObject({ publicKey: v.nullable(bytes(keyBytes)) });

/** seal(administrator's public key, escrow seed); null for who has not the right. */
export const escrowSeedResponse = v.strictObject({ seed: v.nullable(bytes(sealedSeedBytes)) });

/** Turns escrow on or off, or gives or takes the right: whatever the statement says, with what it takes. */
export const escrowRequest = v.strictObject({
  people: statement,
  seeds: v.pipe(v.array(v.strictObject({ user: uuid, seal: bytes(sealedSeedBytes) })), v.maxLength(100)),
  copies: v.pipe(v.array(v.strictObject({ user: uuid, copy: bytes(sealedSeedBytes) })), v.maxLength(1000)),
});
export const escrowCopiesResponse = v.strictObject({ copies: escrowRequest.entries.copies });
export const escrowOneResponse = v.strictObject({ copy: bytes(sealedSeedBytes) });

/** A new activation for somebody who had keys: box(wrapKey of the activation secret, identity). */
export const letBackRequest = v.strictObject({
  /** SHA-256(authKey) of the activation secret. */
  activation: bytes(keyBytes),
  identity: bytes(boxedIdentityBytes),
});
export const restoreRequest = v.strictObject({ authKey: bytes(keyBytes), keys: accountKeys });

/** As many notices as are told at once. */
export const noticesMax = 100;
/** What is told to the one person whose keys it was done with. */
export const noticesToOne = ['escrow-used', 'escrow-resealed'] as const satisfies readonly SiteAct[];
/** What is told to everybody: who could open what they can has changed. */
export const noticesToAll = [
  'escrow-on',
  'escrow-off',
  'escrow-given',
  'escrow-withdrawn',
] as const satisfies readonly SiteAct[];

/** What somebody else did that concerns one's own keys, from the site's audit log (S15), until one has seen it. */
export const noticesResponse = v.strictObject({
  notices: v.pipe(
    v.array(
      v.strictObject({
        /** Of the entry in the site's chain. */
        order: counter,
        day,
        act: v.picklist([...noticesToOne, ...noticesToAll]),
        actor: v.nullable(uuid),
        object: v.nullable(uuid),
      }),
    ),
    v.maxLength(noticesMax),
  ),
});
export const seenRequest = v.strictObject({ upTo: counter });

export type Notice = v.InferOutput<typeof noticesResponse>['notices'][number];
