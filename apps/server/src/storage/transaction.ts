/** A running transaction: every repository takes one, so that a write outside of one cannot be written. */
import type { Transaction as KyselyTransaction } from 'kysely';
import type { Schema } from './schema.ts';

/** A running transaction over all tables. */
export type Transaction = KyselyTransaction<Schema>;
