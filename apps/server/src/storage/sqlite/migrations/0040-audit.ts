/** The audit log (S15): chains of entries, the heads that readers' agents keep, and what is left of deleted chains. */
export const audit = {
  name: '0040-audit',
  sql: `
CREATE TABLE audit_entries (
  site_id TEXT NOT NULL REFERENCES sites,
  chain_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  day TEXT NOT NULL,
  actor_id TEXT,
  act TEXT NOT NULL,
  object_id TEXT,
  head BLOB NOT NULL,
  PRIMARY KEY (site_id, chain_id, ordinal)
) STRICT;

CREATE TABLE audit_heads (
  site_id TEXT NOT NULL,
  chain_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  box BLOB NOT NULL,
  PRIMARY KEY (site_id, chain_id, user_id),
  FOREIGN KEY (site_id, user_id) REFERENCES users ON DELETE CASCADE
) STRICT;

CREATE TABLE tombstones (
  site_id TEXT NOT NULL REFERENCES sites,
  head BLOB NOT NULL,
  PRIMARY KEY (site_id, head)
) STRICT;
`,
} as const;
