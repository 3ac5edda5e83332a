/** Publishing the directory when somebody leaves their channels (S14): people and channels land together or not at all. */
import type { RequestOf } from '@sotto/contract/routes';
import type { Uuid } from '@sotto/protocol/bytes';
import { recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import {
  checkRecipients,
  currentChannel,
  currentPeople,
  putStatement,
  readChannel,
  readPeople,
  siteKey,
} from '../directory/directory.ts';
import { Refusal } from '../http/refusal.ts';
import type { Transaction } from '../storage/transaction.ts';
import { type May, type Published, publishPeople } from './publish.ts';

/**
 * Puts the people, and each channel stated anew without the user; a channel in which nobody is left is closed. No channel
 * names somebody afterwards who does not receive.
 *
 * @throws Refusal `MALFORMED`, `STATEMENT_OUTDATED`, `WRONG_HOLDERS` when a channel still names them or has others than before.
 */
export async function publishWithout(
  backend: Backend,
  transaction: Transaction,
  by: Uuid,
  userId: Uuid,
  stated: RequestOf<'changeRoles'>,
  may: May,
): Promise<Published> {
  const { store } = backend.home;
  const key = await siteKey(backend, transaction);
  const read = readPeople(backend, key, stated.people);
  const channels = stated.channels.map(({ statement }) => readChannel(backend, key, statement));
  const unread = channels.map(({ body: { id } }) => id);
  for (const channel of channels) {
    const before = await currentChannel(backend, transaction, channel.body.id);
    const others = before?.recipients.filter((id) => id !== userId);
    if (JSON.stringify(others) !== JSON.stringify(channel.body.recipients))
      throw new Refusal('WRONG_HOLDERS');
    const put = await putStatement(backend, transaction, channel.body.id, channel);
    if (put) await recordOnSite(backend, transaction, 'channel-changed', by, channel.body.id);
  }
  const published = await publishPeople(backend, transaction, read, by, may, unread);
  const people = await currentPeople(backend, transaction);
  for (const { channel_id } of await store.channels.list(transaction, backend.siteId)) {
    const channel = await currentChannel(backend, transaction, channel_id);
    if (channel !== undefined) checkRecipients(people, channel);
  }
  return published;
}
