/** Route `setup` (S2, S14): the site is made once, whole, by whoever holds the one-time setup link. */
import type { SetupRequest } from '@sotto/contract/account';
import type { PeopleBody } from '@sotto/contract/directory';
import { equalBytes } from '@sotto/protocol/bytes';
import { equalSecrets, foldUserName, sha256 } from '@sotto/protocol/server/credential';
import { addInvited, newUserRow, withWrappedKeys } from '../accounts/accounts.ts';
import { requestHash } from '../accounts/request-hash.ts';
import { recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { checkRecipients, putStatement, readChannel, readPeople } from '../directory/directory.ts';
import { copyToKeep } from '../escrow/copies.ts';
import { markFile } from '../forgetting/forget.ts';
import type { Handlers } from '../http/calls.ts';
import { decoded, versioned } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { type Alone, withAlone } from '../kept/kept-alone.ts';
import { setupLinkFile } from '../storage/home.ts';
import type { Transaction } from '../storage/transaction.ts';

/** Handler of `setup`. */
export function setupHandlers(backend: Backend): Handlers<'setup'> {
  const { store } = backend.home;
  return {
    async setup({ body }) {
      const madeBy = requestHash(body);
      if (await store.transaction((transaction) => isMadeBy(backend, transaction, body, madeBy))) return {};
      const { people, channel } = readStatements(backend, body);
      const { id, keys } = body.administrator;
      const kept = escrowToKeep(body, people.body);
      await withWrappedKeys(backend, id, keys, body.siteSeed, ({ change, put }) =>
        withAlone(backend, kept, (keep) =>
          store.transaction(async (transaction) => {
            // Again inside: of two requests at once one makes the site.
            if (await isMadeBy(backend, transaction, body, madeBy)) throw new Refusal('BUSY');
            await openSite(backend, transaction, body, madeBy);
            const row = await newUserRow(backend, body.administrator, madeBy);
            await store.users.add(transaction, { ...row, ...change });
            await put(transaction);
            await keep(transaction);
            if (body.recipient !== null) await addInvited(backend, transaction, body.recipient);
            await putStatement(backend, transaction, backend.siteId, people);
            await putStatement(backend, transaction, channel.body.id, channel);
            await store.channels.add(transaction, backend.siteId, channel.body.id);
            await recordOnSite(backend, transaction, 'site-made', null, id);
            if (body.escrow !== null) await recordOnSite(backend, transaction, 'escrow-on', id, null);
            await markFile(store, transaction, backend.siteId, setupLinkFile);
          }),
        ),
      );
      backend.log({ entry: 'site-made' });
      backend.forgetSoon();
      return {};
    },
  };
}

/** Whether this very request has made the site. @throws Refusal `WRONG_CREDENTIAL`, `ALREADY_SET_UP`. */
async function isMadeBy(
  backend: Backend,
  transaction: Transaction,
  body: SetupRequest,
  madeBy: Uint8Array,
): Promise<boolean> {
  const site = await backend.home.store.sites.only(transaction);
  if (site === undefined) throw new Refusal('FAILED');
  if (!equalSecrets(sha256(decoded(body.secret)), site.setup_hash)) throw new Refusal('WRONG_CREDENTIAL');
  if (site.made_by === null) return false;
  if (!equalBytes(site.made_by, madeBy)) throw new Refusal('ALREADY_SET_UP');
  return true;
}

async function openSite(
  backend: Backend,
  transaction: Transaction,
  { site }: SetupRequest,
  madeBy: Uint8Array,
): Promise<void> {
  await backend.home.store.sites.change(transaction, backend.siteId, {
    name: site.name,
    language: site.language,
    exit_address: site.exitAddress,
    public_key: decoded(site.publicKey),
    made_by: madeBy,
  });
}

/** Seed and copy of the first administrator, where the statement turns escrow on (S11). @throws Refusal `MALFORMED`. */
function escrowToKeep({ administrator, escrow }: SetupRequest, people: PeopleBody): Alone[] {
  const stated = people.escrow;
  const held = stated === null || stated.holders.join() === administrator.id;
  if (!held || (stated === null) !== (escrow === null)) throw new Refusal('MALFORMED');
  if (stated === null || escrow === null) return [];
  const { publicKey } = stated;
  return [
    { ownerId: administrator.id, kind: 'escrow-seed', bytes: versioned(escrow.seed) },
    copyToKeep(administrator.id, { publicKey, copy: escrow.copy }),
  ];
}

/** The statements must name exactly the people of the request, with their keys. @throws Refusal `MALFORMED`. */
function readStatements(backend: Backend, body: SetupRequest) {
  const siteKey = decoded(body.site.publicKey);
  const people = readPeople(backend, siteKey, body.people);
  const channel = readChannel(backend, siteKey, body.channel);
  const invited = body.recipient === null ? [] : [body.recipient];
  const expected = [body.administrator, ...invited];
  const { users } = people.body;
  const named =
    users.length === expected.length &&
    expected.every((person) =>
      users.some(
        (user) =>
          user.id === person.id &&
          user.name === person.name &&
          user.roles.toSorted().join() === person.roles.toSorted().join(),
      ),
    );
  const key = users.find((user) => user.id === body.administrator.id)?.key;
  const ownKey = key?.kind === 'public' && key.publicKey === body.administrator.keys.publicKey;
  const waiting = invited.every(
    (person) => users.find((user) => user.id === person.id)?.key.kind === 'enrolment',
  );
  const names = new Set(expected.map((person) => foldUserName(person.userName)));
  if (names.size !== expected.length) throw new Refusal('NAME_TAKEN');
  const mayAdminister = body.administrator.roles.includes('administrator');
  if (!named || !ownKey || !waiting || !mayAdminister) throw new Refusal('MALFORMED');
  checkRecipients(people.body, channel.body);
  return { people, channel };
}
