/** A forgotten password (S10): a link by mail and the account recovery key together; the mail alone opens and changes nothing. */
import { boxedIdentityBytes, keyBytes, saltBytes } from '@sotto/protocol/sizes';
import * as v from 'valibot';
import { accountKeys, factorCode, ownBox } from './account.ts';
import { bytes, personName, userName, uuid } from './forms.ts';

/** A user name or a mail address; whatever it is, the answer is the same. */
export const askResetRequest = v.strictObject({
  name: v.pipe(v.string(), v.minLength(2), v.maxLength(254), v.regex(/^[!-~]+$/)),
});

/** The link's secret, as it came by mail. */
const link = bytes(keyBytes);
export const resetLinkRequest = v.strictObject({ link });

/** `authKey` is the recovery key's. */
const proof = { link, authKey: bytes(keyBytes) };
export const openResetRequest = v.strictObject(proof);
export const openResetResponse = v.strictObject({
  user: uuid,
  userName,
  name: personName,
  /** Of the password to come. */
  salt: bytes(saltBytes),
  /** box(wrapKey of the recovery key, identity). */
  identity: bytes(boxedIdentityBytes),
  own: ownBox,
});
/** The same identity, wrapped anew; its public key stays. */
export const completeResetRequest = v.strictObject({
  ...proof,
  keys: accountKeys,
  /** Where there is a second factor, a code of it is wanted as well. */
  code: v.optional(factorCode),
});
