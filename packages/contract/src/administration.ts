/** What an administrator does: people and channels. No message here can carry a report. */
import { keyBytes, sealedSeedBytes } from '@sotto/protocol/sizes';
import * as v from 'valibot';
import { invitation } from './account.ts';
import { statement } from './directory.ts';
import { bytes, personName, roles, userName, uuid } from './forms.ts';
import { mailAddress } from './mail.ts';

/** What is wanted of one person, whatever the site wants. */
export const personRules = v.strictObject({
  /** A new password at the next sign-in. */
  passwordDue: v.boolean(),
  factorRequired: v.boolean(),
});

export const overviewResponse = v.strictObject({
  people: v.pipe(
    v.array(
      v.strictObject({
        id: uuid,
        userName,
        name: personName,
        roles,
        state: v.picklist(['invited', 'active', 'disabled']),
        /** Whether they have the secret half of the site's key (S14), without which nobody invites or changes a channel. */
        signs: v.boolean(),
        mail: v.nullable(mailAddress),
        /** Whether this person has a second factor. */
        factor: v.boolean(),
        rules: personRules,
      }),
    ),
    v.maxLength(1000),
  ),
});
/** The statement already names the invited person; both land or neither. */
export const inviteRequest = v.strictObject({ invitation, people: statement });
/** `unread` names the channels that nobody can read after this, so that none is left so by oversight. */
export const peopleRequest = v.strictObject({
  people: statement,
  unread: v.pipe(v.array(uuid), v.maxLength(100)),
});
/** Each channel of somebody who leaves it, without them. */
const leftChannels = v.pipe(v.array(v.strictObject({ channel: uuid, statement })), v.maxLength(100));
/** The people with other roles of one of them; who receives no more leaves their channels with it. */
export const changeRolesRequest = v.strictObject({ people: statement, channels: leftChannels });
/** Deletes an account: the people without it, its channels without it, and what becomes of the reports that nobody else holds. */
export const removeUserRequest = v.strictObject({
  people: statement,
  channels: leftChannels,
  /** `kept`: there are none, or this is refused. `deleted`: they are forgotten for everybody (S13). */
  reports: v.picklist(['kept', 'deleted']),
});
export const channelRequest = v.strictObject({ channel: statement });

/** seal(public key of the administrator it is given to, site seed). */
export const siteKeyRequest = v.strictObject({ seed: bytes(sealedSeedBytes) });

/** Another key for the site: the old one names it, and it states all that the old one stated. */
export const changeSiteKeyRequest = v.strictObject({
  publicKey: bytes(keyBytes),
  successor: statement,
  people: statement,
  channels: v.pipe(v.array(statement), v.maxLength(100)),
  /** seal(own public key, site seed). */
  seed: bytes(sealedSeedBytes),
});

export type OverviewResponse = v.InferOutput<typeof overviewResponse>;
