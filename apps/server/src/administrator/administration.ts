/** Routes of an administrator: people and channels (S2, S14). Nothing here touches a report. */
import { siteAct } from '@sotto/contract/audit';
import { equalBytes } from '@sotto/protocol/bytes';
import { addInvited, type Invitation, rolesOf } from '../accounts/accounts.ts';
import { requestHash } from '../accounts/request-hash.ts';
import { keepHead, readChain } from '../audit/read.ts';
import { recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import {
  checkRecipients,
  currentPeople,
  putStatement,
  readChannel,
  readPeople,
  siteKey,
} from '../directory/directory.ts';
import type { Handlers } from '../http/calls.ts';
import { storedId } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { addressOf } from '../mail/addresses.ts';
import type { UserRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import { publishPeople, signOut, unchanged } from './publish.ts';

/** As many as the contract's list of channels holds. */
const channelsMax = 100;

/** Handlers of an administrator. */
export function administrationHandlers(
  backend: Backend,
): Handlers<'overview' | 'invite' | 'publishPeople' | 'publishChannel' | 'siteAudit' | 'keepSiteHead'> {
  const { store } = backend.home;
  return {
    overview: () =>
      store.transaction(async (transaction) => {
        const users = await store.users.list(transaction, backend.siteId);
        const signers = await store.accountBoxes.owners(transaction, backend.siteId, 'site-seed');
        const withFactor = await store.accountBoxes.owners(transaction, backend.siteId, 'factor');
        const people = [];
        for (const user of users) {
          people.push({
            id: storedId(user.user_id),
            userName: user.user_name,
            name: user.name,
            roles: rolesOf(user),
            state: stateOf(user),
            signs: signers.some((signer) => signer.user_id === user.user_id),
            mail: await addressOf(backend, transaction, user.user_id),
            factor: withFactor.some((owner) => owner.user_id === user.user_id),
            rules: { passwordDue: user.password_due === 1, factorRequired: user.factor_required === 1 },
          });
        }
        return { people };
      }),

    /** The invitation and the statement that names the person land together or not at all. */
    async invite({ body, session }) {
      const published = await store.transaction(async (transaction) => {
        if (await isInvited(backend, transaction, body.invitation)) return unchanged;
        const read = readPeople(backend, await siteKey(backend, transaction), body.people);
        await addInvited(backend, transaction, body.invitation);
        const done = await publishPeople(backend, transaction, read, session.userId, {});
        await recordOnSite(backend, transaction, 'invited', session.userId, body.invitation.id);
        return done;
      });
      signOut(backend, published);
      return {};
    },

    async publishPeople({ body, session }) {
      const published = await store.transaction(async (transaction) => {
        const read = readPeople(backend, await siteKey(backend, transaction), body.people);
        return await publishPeople(backend, transaction, read, session.userId, {}, body.unread);
      });
      signOut(backend, published);
      return {};
    },

    async publishChannel({ body, path, session }) {
      await store.transaction(async (transaction) => {
        const read = readChannel(backend, await siteKey(backend, transaction), body.channel);
        if (read.body.id !== path.channel || path.channel === backend.siteId) throw new Refusal('MALFORMED');
        checkRecipients(await currentPeople(backend, transaction), read.body);
        if (read.body.recipients.length === 0) throw new Refusal('LAST_RECIPIENT');
        if (!(await putStatement(backend, transaction, path.channel, read))) return;
        await recordOnSite(backend, transaction, 'channel-changed', session.userId, path.channel);
        if ((await store.channels.find(transaction, backend.siteId, path.channel)) !== undefined) return;
        const others = await store.channels.list(transaction, backend.siteId);
        if (others.length >= channelsMax) throw new Refusal('TOO_MANY');
        await store.channels.add(transaction, backend.siteId, path.channel);
      });
      return {};
    },

    siteAudit: ({ session, query }) =>
      store.transaction((transaction) =>
        readChain(backend, transaction, backend.siteId, session.userId, Number(query.after), siteAct),
      ),

    keepSiteHead: ({ session, body }) =>
      store.transaction(async (transaction) => {
        await keepHead(backend, transaction, backend.siteId, session.userId, body.box);
        return {};
      }),
  };
}

function stateOf(user: UserRow): 'invited' | 'active' | 'disabled' {
  if (user.disabled === 1) return 'disabled';
  return user.public_key === null ? 'invited' : 'active';
}

/** Whether this very invitation was made before. @throws Refusal `ID_IN_USE`. */
async function isInvited(
  { home, siteId }: Backend,
  transaction: Transaction,
  invited: Invitation,
): Promise<boolean> {
  const user = await home.store.users.find(transaction, siteId, invited.id);
  if (user === undefined) return false;
  if (!equalBytes(user.made_by, requestHash(invited))) throw new Refusal('ID_IN_USE');
  return true;
}
