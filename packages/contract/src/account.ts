/** Accounts: setting up the site, first login by activation link, sign-in, and a session's vault (S1–S3). */
import {
  boxedIdentityBytes,
  boxOverhead,
  factorSecretBytes,
  keyBytes,
  saltBytes,
  sealedSeedBytes,
  signatureBytes,
  smallItemSizes,
  tokenBytes,
} from '@sotto/protocol/sizes';
import * as v from 'valibot';
import { statement } from './directory.ts';
import {
  bytes,
  bytesBetween,
  day,
  exitAddress,
  language,
  passwordDays,
  personName,
  roles,
  siteName,
  userName,
  uuid,
} from './forms.ts';
import { workPurposes } from './route.ts';

/** What only this person's agent reads: box(own key, …). The site's key it trusts, and the newest directory it saw (S14). */
export const ownBox = bytesBetween(boxOverhead + 1, boxOverhead + (smallItemSizes.at(-1) ?? 0));

/** The keys of an account, made by its owner's agent behind a password of their own (S2). */
export const accountKeys = v.strictObject({
  /** SHA-256(authKey) of the password. */
  credential: bytes(keyBytes),
  publicKey: bytes(keyBytes),
  /** box(wrapKey of the password, identity). */
  identity: bytes(boxedIdentityBytes),
  /** SHA-256(authKey) of the account recovery key. */
  recoveryCredential: bytes(keyBytes),
  /** box(wrapKey of the recovery key, identity). */
  recoveryIdentity: bytes(boxedIdentityBytes),
  /** seal(own public key, recovery key). */
  recoveryKey: bytes(sealedSeedBytes),
  own: ownBox,
});

/** A new account before its owner has been here: it holds no key. */
export const invitation = v.strictObject({
  id: uuid,
  userName,
  name: personName,
  roles,
  /** SHA-256(authKey) of the activation secret. */
  activation: bytes(keyBytes),
});

export const setupRequest = v.strictObject({
  /** From the one-time setup link. */
  secret: bytes(keyBytes),
  site: v.strictObject({ name: siteName, language, exitAddress, publicKey: bytes(keyBytes) }),
  administrator: v.strictObject({ id: uuid, userName, name: personName, roles, keys: accountKeys }),
  /** seal(administrator's public key, site seed). */
  siteSeed: bytes(sealedSeedBytes),
  /** Null where the administrator is the first recipient. */
  recipient: v.nullable(invitation),
  people: statement,
  channel: statement,
  /** What the statement of escrow takes (S11): seed and own copy, sealed; null where it states none. */
  escrow: v.nullable(v.strictObject({ seed: bytes(sealedSeedBytes), copy: bytes(sealedSeedBytes) })),
});

export const tokenRequest = v.strictObject({ purpose: v.picklist(workPurposes) });
/** Null while the site asks for no work. */
export const tokenResponse = v.strictObject({ token: v.nullable(bytes(tokenBytes)) });

export const saltRequest = v.strictObject({ userName });
export const saltResponse = v.strictObject({ salt: bytes(saltBytes) });

/** How long a session lasts without a renewal, in seconds (S3). */
export const sessionSeconds = 30 * 60;

/** A code of the second factor (S3). */
export const factorCode = v.pipe(v.string(), v.length(6), v.regex(/^\d{6}$/));

/** Without a code it is answered `SECOND_FACTOR` where there is one, and then nothing was opened. */
export const signInRequest = v.strictObject({
  userName,
  authKey: bytes(keyBytes),
  code: v.optional(factorCode),
});

/** What is wanted of a person before anything else is theirs to do. */
export const dueAct = v.picklist(['password', 'second-factor']);
/** A person's own security, as the server knows it. */
export const security = v.strictObject({
  due: v.pipe(v.array(dueAct), v.maxLength(2)),
  passwordDay: day,
  /** Days a password may be kept; 0 is for ever. */
  passwordDays,
  factor: v.boolean(),
  factorRequired: v.boolean(),
  /** When an administrator took the second factor away, until there is another. */
  factorResetDay: v.nullable(day),
  recoveryTriedDay: v.nullable(day),
});

const account = {
  user: uuid,
  userName,
  name: personName,
  roles,
  own: ownBox,
  /** The site seed sealed to this person, where they may sign the directory. */
  siteSeed: v.nullable(bytes(sealedSeedBytes)),
  security,
};
export const signInResponse = v.strictObject({
  ...account,
  session: bytes(keyBytes),
  identity: bytes(boxedIdentityBytes),
});

/** `name` is SHA-256(session key); the box is under that key (S3). */
export const vaultRequest = v.strictObject({ name: bytes(keyBytes), identity: bytes(boxedIdentityBytes) });
export const resumeRequest = v.strictObject({ name: bytes(keyBytes) });
/** Seconds, to the end or since the begin of a session. */
const seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31));
/** The session goes on under another id: the one before ends when this is first used. */
export const resumeResponse = v.strictObject({
  ...account,
  session: bytes(keyBytes),
  left: seconds,
  identity: bytes(boxedIdentityBytes),
});
export const renewResponse = v.strictObject({ left: seconds });
export const sessionsResponse = v.strictObject({
  sessions: v.pipe(
    v.array(v.strictObject({ age: seconds, left: seconds, current: v.boolean() })),
    v.maxLength(20_000),
  ),
});

export const ownRequest = v.strictObject({ own: ownBox });

/** The present password proves itself; the new one comes as its credential and the identity boxed under its wrapKey. */
export const passwordRequest = v.strictObject({
  authKey: bytes(keyBytes),
  /** SHA-256(authKey) of the new password. */
  credential: bytes(keyBytes),
  /** box(wrapKey of the new password, identity). */
  identity: bytes(boxedIdentityBytes),
});

/** A second factor, or another in place of one: then a code of that one too. */
export const factorRequest = v.strictObject({
  /** Of the present password. */
  authKey: bytes(keyBytes),
  secret: bytes(factorSecretBytes),
  /** The first code, by which its owner shows that they have it. */
  code: factorCode,
  present: v.nullable(factorCode),
});
export const endFactorRequest = v.strictObject({ authKey: bytes(keyBytes), code: factorCode });

/** By the present password. */
export const recoveryKeyRequest = v.strictObject({ authKey: bytes(keyBytes) });
export const recoveryKeyResponse = v.strictObject({ recoveryKey: bytes(sealedSeedBytes) });
/** By the recovery key that was typed. */
export const tryRecoveryKeyRequest = v.strictObject({ authKey: bytes(keyBytes) });
export const tryRecoveryKeyResponse = v.strictObject({
  recoveryIdentity: bytes(boxedIdentityBytes),
  security,
});

export const activationRequest = v.strictObject({ authKey: bytes(keyBytes) });
export const activationResponse = v.strictObject({
  user: uuid,
  userName,
  name: personName,
  roles,
  siteName,
  salt: bytes(saltBytes),
  /** For somebody who had keys and was let back in (S11): box(wrapKey of the activation secret, identity), and their own box. */
  restore: v.nullable(v.strictObject({ identity: bytes(boxedIdentityBytes), own: ownBox })),
});
export const activateRequest = v.strictObject({
  authKey: bytes(keyBytes),
  keys: accountKeys,
  /** By the enrolment key, over the public key (S14). */
  signature: bytes(signatureBytes),
});

export type AccountKeys = v.InferOutput<typeof accountKeys>;
export type Security = v.InferOutput<typeof security>;
export type SetupRequest = v.InferOutput<typeof setupRequest>;
