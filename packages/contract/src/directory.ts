/** What the site's key states (S14): who is who, and who receives what. Bodies of statements; their signature is the protocol's. */
import { keyBytes, signatureBytes } from '@sotto/protocol/sizes';
import * as v from 'valibot';
import { bytes, bytesBetween, counter, description, personName, roles, uuid } from './forms.ts';

/** A statement as it was signed. 512 KiB hold some thousand people. */
export const statement = bytesBetween(1 + signatureBytes + 1, 384 * 1024);

/** A person with the key to seal to, or at first with the key by which their own agent will sign it. */
const directoryUser = v.strictObject({
  id: uuid,
  name: personName,
  roles,
  /** Disabled: they are not let in, and nothing new is sealed to them. */
  disabled: v.optional(v.literal(true)),
  key: v.variant('kind', [
    v.strictObject({ kind: v.literal('public'), publicKey: bytes(keyBytes) }),
    v.strictObject({ kind: v.literal('enrolment'), enrolmentKey: bytes(keyBytes) }),
  ]),
});

export const peopleBody = v.strictObject({
  kind: v.literal('people'),
  site: uuid,
  version: counter,
  users: v.pipe(v.array(directoryUser), v.maxLength(1000)),
  /** Null while escrow is off (S11). */
  escrow: v.nullable(
    v.strictObject({ publicKey: bytes(keyBytes), holders: v.pipe(v.array(uuid), v.maxLength(100)) }),
  ),
});

export const channelBody = v.strictObject({
  kind: v.literal('channel'),
  site: uuid,
  id: uuid,
  version: counter,
  name: personName,
  description,
  /** Nobody, once the last of them was deleted. */
  recipients: v.pipe(v.array(uuid), v.maxLength(100)),
  /** Days after which a report of this channel is forgotten (S13). Stated, so that whistleblowers can rely on it. */
  days: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3650)),
});

/** The site's key hands its place to another: signed by the key before, and by nobody else. */
export const successorBody = v.strictObject({
  kind: v.literal('successor'),
  site: uuid,
  publicKey: bytes(keyBytes),
});

/** A change of the site's key: the key before, and the statement by which it named the next. */
export const succession = v.strictObject({ before: bytes(keyBytes), statement });
/** As many changes as a site can have. */
export const successionsMax = 100;

/** A new user's own public key, signed by their enrolment key: it stands until the directory holds it. */
export const enrolment = v.strictObject({
  user: uuid,
  publicKey: bytes(keyBytes),
  signature: bytes(signatureBytes),
});

export type SuccessorBody = v.InferOutput<typeof successorBody>;
export type PeopleBody = v.InferOutput<typeof peopleBody>;
export type DirectoryUser = PeopleBody['users'][number];
export type ChannelBody = v.InferOutput<typeof channelBody>;
export type Enrolment = v.InferOutput<typeof enrolment>;
