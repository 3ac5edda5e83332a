/** Age and renewal of passwords, the second factor, and whether a recovery key was tried (S1, S3). Columns: storage/schema.ts. */
export const credentials = {
  name: '0020-credentials',
  sql: `
ALTER TABLE users ADD COLUMN password_day TEXT;
ALTER TABLE users ADD COLUMN password_by BLOB;
ALTER TABLE users ADD COLUMN password_due INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN factor_required INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN factor_reset_day TEXT;
ALTER TABLE users ADD COLUMN recovery_tried_day TEXT;
UPDATE users SET password_day = date('now') WHERE verifier IS NOT NULL;
`,
} as const;
