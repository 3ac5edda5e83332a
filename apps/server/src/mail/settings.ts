/** Where this site hands its mail over: set by an administrator; the password is a secret of the server, under a slot of its own. */
import type { MailResponse, MailSettings } from '@sotto/contract/mail';
import { fromUtf8, type Uuid, utf8 } from '@sotto/protocol/bytes';
import { recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import { openAlone, withAlone } from '../kept/kept-alone.ts';
import type { MailSettingsRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import type { MailServer } from './transport.ts';

/** The settings as they are used. */
export type MailWay = { readonly server: MailServer; readonly sender: string; readonly siteAddress: string };

/** `undefined` while nobody has set a server. */
export async function readMailWay(backend: Backend, transaction: Transaction): Promise<MailWay | undefined> {
  const row = await backend.home.store.mailSettings.find(transaction, backend.siteId);
  if (row === undefined) return undefined;
  const password = await openAlone(backend, transaction, backend.siteId, 'mail-password');
  const { host, port, security } = settingsOf(row);
  const server = {
    host,
    port,
    security,
    userName: row.user_name,
    password: password === undefined ? '' : fromUtf8(password),
  };
  return { server, sender: row.sender, siteAddress: row.site_address };
}

/** The settings as an administrator is shown them: all but the password. */
export async function shownSettings(
  backend: Backend,
  transaction: Transaction,
): Promise<MailResponse['settings']> {
  const { store } = backend.home;
  const row = await store.mailSettings.find(transaction, backend.siteId);
  if (row === undefined) return null;
  const kept = await store.keptAlone.find(transaction, backend.siteId, backend.siteId, 'mail-password');
  return { ...settingsOf(row), hasPassword: kept !== undefined };
}

/** Puts the settings in place of those before; what waits is tried at once. */
export async function putSettings(backend: Backend, settings: MailSettings, by: Uuid): Promise<void> {
  const { store } = backend.home;
  const { host, port, security, userName, sender, siteAddress, password } = settings;
  const secret =
    password === null
      ? []
      : [{ ownerId: backend.siteId, kind: 'mail-password' as const, bytes: utf8(password) }];
  await withAlone(backend, secret, (put) =>
    store.transaction(async (transaction) => {
      await put(transaction);
      await store.mailSettings.put(transaction, {
        site_id: backend.siteId,
        host,
        port,
        security,
        user_name: userName,
        sender,
        site_address: siteAddress,
      });
      await recordOnSite(backend, transaction, 'mail-changed', by, null);
      await store.mailQueue.hurry(transaction, backend.siteId, Math.floor(backend.clock() / 1000));
    }),
  );
  backend.forgetSoon();
}

/** @throws Error when another word is read than the contract's: nothing is sent by a setting nobody made. */
function settingsOf(row: MailSettingsRow): Omit<MailSettings, 'password'> {
  const { host, port, security, sender } = row;
  if (security !== 'tls' && security !== 'starttls') throw new Error('security');
  return { host, port, security, userName: row.user_name, sender, siteAddress: row.site_address };
}
