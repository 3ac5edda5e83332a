/** Accounts that an administrator has disabled. */
export const disabled = {
  name: '0070-disabled',
  sql: 'ALTER TABLE users ADD COLUMN disabled INTEGER NOT NULL DEFAULT 0;',
} as const;
