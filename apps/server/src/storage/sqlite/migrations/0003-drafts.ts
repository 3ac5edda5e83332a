/** Drafts that whistleblowers chose to keep (S3). Columns are described in storage/schema.ts. */
export const drafts = {
  name: '0003-drafts',
  sql: `
CREATE TABLE drafts (
  site_id TEXT NOT NULL REFERENCES sites,
  report_id TEXT NOT NULL,
  name_hash BLOB NOT NULL,
  slot INTEGER NOT NULL,
  kept BLOB NOT NULL,
  box BLOB,
  day TEXT NOT NULL,
  PRIMARY KEY (site_id, report_id),
  UNIQUE (site_id, name_hash)
) STRICT;
`,
} as const;
