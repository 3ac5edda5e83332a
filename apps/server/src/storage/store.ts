/**
 * The store: one transaction at a time over one repository per table. Nothing outside storage/ knows which engine is
 * below; a repository takes the `Transaction` it works in, so that a write outside of one cannot be written.
 */
import { type AccountBoxes, accountBoxes } from './account-boxes.ts';
import { type Activations, activations } from './activations.ts';
import { type Audit, audit } from './audit.ts';
import { type Channels, channels } from './channels.ts';
import { type Drafts, drafts } from './drafts.ts';
import { type Filings, filings } from './filings.ts';
import { type Forgetting, forgetting } from './forgetting.ts';
import { groupCommit } from './group-commit.ts';
import { type Items, items } from './items.ts';
import { type KeptAlone, keptAlone } from './kept-alone.ts';
import {
  type Addresses,
  addresses,
  type MailQueue,
  type MailSettingsTable,
  mailQueue,
  mailSettings,
  type Resets,
  resets,
} from './mail.ts';
import { type Reports, reports } from './reports.ts';
import { type Seals, seals } from './seals.ts';
import { type SettingRows, settingRows } from './setting-rows.ts';
import { type Sites, sites } from './sites.ts';
import { type Slots, slots } from './slots.ts';
import type { OpenDatabase } from './sqlite/open-database.ts';
import { type Statements, statements } from './statements.ts';
import { type Successions, successions } from './successions.ts';
import type { Transaction } from './transaction.ts';
import { type Uploads, uploads } from './uploads.ts';
import { type Users, users } from './users.ts';

/** The repositories, by table. */
export type Store = {
  /**
   * Runs `work` whole or not at all; when this resolves the change is durable. Transactions run one by one. `work` changes
   * nothing but the transaction: it is run again when another one that shared its commit failed (storage/group-commit.ts).
   */
  transaction<T>(work: (transaction: Transaction) => Promise<T>): Promise<T>;
  readonly sites: Sites;
  readonly users: Users;
  readonly accountBoxes: AccountBoxes;
  readonly activations: Activations;
  readonly channels: Channels;
  readonly statements: Statements;
  readonly successions: Successions;
  readonly reports: Reports;
  readonly seals: Seals;
  readonly items: Items;
  readonly uploads: Uploads;
  readonly filings: Filings;
  readonly drafts: Drafts;
  readonly slots: Slots;
  readonly forgetting: Forgetting;
  readonly settings: SettingRows;
  readonly audit: Audit;
  readonly keptAlone: KeptAlone;
  readonly addresses: Addresses;
  readonly mailSettings: MailSettingsTable;
  readonly mailQueue: MailQueue;
  readonly resets: Resets;
};

/** The store over an open database. `ended` runs after every commit, whether it was kept or not. */
export function makeStore(database: Pick<OpenDatabase, 'kysely' | 'durable'>, ended: () => void): Store {
  return {
    transaction: groupCommit(database, ended),
    sites,
    users,
    accountBoxes,
    activations,
    channels,
    statements,
    successions,
    reports,
    seals,
    items,
    uploads,
    filings,
    drafts,
    slots,
    forgetting,
    settings: settingRows,
    audit,
    keptAlone,
    addresses,
    mailSettings,
    mailQueue,
    resets,
  };
}
