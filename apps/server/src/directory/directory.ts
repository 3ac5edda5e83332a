/**
 * The signed directory as the server keeps it (S14): it checks each statement against the site's key, its place and its
 * version, and cannot make one.
 */
import {
  type ChannelBody,
  channelBody,
  type PeopleBody,
  peopleBody,
  type SuccessorBody,
  successorBody,
} from '@sotto/contract/directory';
import { concat, equalBytes } from '@sotto/protocol/bytes';
import { ProtocolError } from '@sotto/protocol/errors';
import { sha256 } from '@sotto/protocol/server/credential';
import { verifyStatement } from '@sotto/protocol/server/statement';
import * as v from 'valibot';
import type { Backend } from '../backend.ts';
import { encoded, versioned } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import type { Transaction } from '../storage/transaction.ts';

/** A site has a channel or ten; every request asks for one of them or for the people. */
const rememberedStatements = 128;
/** What statements say whose signature held, by SHA-256 of key and statement: the same bytes are not verified twice. */
const verified = new Map<string, unknown>();

/** A statement whose signature held, as bytes and as what it says. */
export type Read<B> = { readonly statement: Uint8Array; readonly body: B };

/** @throws Refusal `WRONG_SIGNATURE`, `MALFORMED`. */
export function readPeople(backend: Backend, sitePublicKey: Uint8Array, text: string): Read<PeopleBody> {
  const statement = versioned(text);
  return { statement, body: readBody(peopleBody, backend.siteId, sitePublicKey, statement) };
}

/** @throws Refusal `WRONG_SIGNATURE`, `MALFORMED`. */
export function readChannel(backend: Backend, sitePublicKey: Uint8Array, text: string): Read<ChannelBody> {
  const statement = versioned(text);
  return { statement, body: readBody(channelBody, backend.siteId, sitePublicKey, statement) };
}

/** @param sitePublicKey the key that hands its place on. @throws Refusal `WRONG_SIGNATURE`, `MALFORMED`. */
export function readSuccessor(
  backend: Backend,
  sitePublicKey: Uint8Array,
  text: string,
): Read<SuccessorBody> {
  const statement = versioned(text);
  return { statement, body: readBody(successorBody, backend.siteId, sitePublicKey, statement) };
}

/** The people of the site as last stated. @throws Refusal `NOT_SET_UP`. */
export async function currentPeople(backend: Backend, transaction: Transaction): Promise<PeopleBody> {
  const { store } = backend.home;
  const row = await store.statements.find(transaction, backend.siteId, backend.siteId);
  if (row === undefined) throw new Refusal('NOT_SET_UP');
  return readBody(peopleBody, backend.siteId, await siteKey(backend, transaction), row.statement);
}

/** What the last statement says of escrow; null as well while there is none. */
export async function statedEscrow(
  backend: Backend,
  transaction: Transaction,
): Promise<PeopleBody['escrow']> {
  return (await currentPeople(backend, transaction)).escrow;
}

/** A channel as last stated; `undefined` when there is none of this id. */
export async function currentChannel(
  backend: Backend,
  transaction: Transaction,
  channelId: string,
): Promise<ChannelBody | undefined> {
  const row = await backend.home.store.statements.find(transaction, backend.siteId, channelId);
  if (row?.kind !== 'channel') return undefined;
  return readBody(channelBody, backend.siteId, await siteKey(backend, transaction), row.statement);
}

/** The key that signs the directory. @throws Refusal `NOT_SET_UP`. */
export async function siteKey(backend: Backend, transaction: Transaction): Promise<Uint8Array> {
  const site = await backend.home.store.sites.only(transaction);
  if (site === undefined || site.public_key === null) throw new Refusal('NOT_SET_UP');
  return site.public_key;
}

/**
 * Puts a statement in place of the one before.
 *
 * @returns false when it is the very statement that is there: it was repeated.
 * @throws Refusal `STATEMENT_OUTDATED` when its version does not follow the one before.
 */
export async function putStatement(
  backend: Backend,
  transaction: Transaction,
  subjectId: string,
  read: Read<PeopleBody | ChannelBody>,
): Promise<boolean> {
  const { store } = backend.home;
  const before = await store.statements.find(transaction, backend.siteId, subjectId);
  if (before !== undefined) {
    if (equalBytes(before.statement, read.statement)) return false;
    if (read.body.version !== before.version + 1) throw new Refusal('STATEMENT_OUTDATED');
  }
  await store.statements.put(transaction, {
    site_id: backend.siteId,
    subject_id: subjectId,
    kind: read.body.kind,
    version: read.body.version,
    statement: read.statement,
  });
  return true;
}

/** Recipients of a channel must be people of the site who may receive. @throws Refusal `WRONG_HOLDERS`. */
export function checkRecipients(people: PeopleBody, channel: ChannelBody): void {
  const recipients = new Set(
    people.users.filter((user) => user.roles.includes('recipient')).map((user) => user.id),
  );
  const distinct = new Set(channel.recipients).size === channel.recipients.length;
  if (!distinct || !channel.recipients.every((id) => recipients.has(id))) throw new Refusal('WRONG_HOLDERS');
}

function readBody<S extends v.GenericSchema<unknown, { site: string }>>(
  schema: S,
  siteId: string,
  sitePublicKey: Uint8Array,
  statement: Uint8Array,
): v.InferOutput<S> {
  let body: unknown;
  try {
    body = verifiedBody(sitePublicKey, statement);
  } catch (error) {
    const wrong = error instanceof ProtocolError && error.code === 'WRONG_SIGNATURE';
    throw new Refusal(wrong ? 'WRONG_SIGNATURE' : 'MALFORMED');
  }
  const checked = v.safeParse(schema, body, { abortEarly: true });
  if (!checked.success || checked.output.site !== siteId) throw new Refusal('MALFORMED');
  return checked.output;
}

/** @throws ProtocolError as `verifyStatement`. */
function verifiedBody(sitePublicKey: Uint8Array, statement: Uint8Array): unknown {
  const name = encoded(sha256(concat(sitePublicKey, statement)));
  if (verified.has(name)) return verified.get(name);
  const body = verifyStatement(sitePublicKey, statement);
  const [oldest] = verified.keys();
  if (verified.size >= rememberedStatements && oldest !== undefined) verified.delete(oldest);
  verified.set(name, body);
  return body;
}
