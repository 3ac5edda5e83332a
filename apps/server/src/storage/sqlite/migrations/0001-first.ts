/** The first tables. Columns are described in storage/schema.ts. STRICT: a column holds its type or the write fails. */
export const first = {
  name: '0001-first',
  sql: `
CREATE TABLE sites (
  site_id TEXT NOT NULL PRIMARY KEY,
  setup_hash BLOB NOT NULL,
  made_by BLOB,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  exit_address TEXT NOT NULL,
  public_key BLOB,
  receipt_salt BLOB NOT NULL
) STRICT;

CREATE TABLE slots (
  site_id TEXT NOT NULL REFERENCES sites,
  slot INTEGER NOT NULL PRIMARY KEY,
  owner_kind TEXT NOT NULL,
  owner_id TEXT NOT NULL
) STRICT;

CREATE TABLE users (
  site_id TEXT NOT NULL REFERENCES sites,
  user_id TEXT NOT NULL,
  folded_name TEXT NOT NULL,
  user_name TEXT NOT NULL,
  name TEXT NOT NULL,
  is_administrator INTEGER NOT NULL,
  is_recipient INTEGER NOT NULL,
  salt BLOB NOT NULL,
  verifier BLOB,
  recovery_verifier BLOB,
  public_key BLOB,
  enrolment_signature BLOB,
  made_by BLOB NOT NULL,
  slot INTEGER,
  PRIMARY KEY (site_id, user_id),
  UNIQUE (site_id, folded_name)
) STRICT;

CREATE TABLE account_boxes (
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  kept BLOB NOT NULL,
  PRIMARY KEY (site_id, user_id, kind),
  FOREIGN KEY (site_id, user_id) REFERENCES users ON DELETE CASCADE
) STRICT;

CREATE TABLE activations (
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  verifier BLOB NOT NULL,
  expires INTEGER NOT NULL,
  used_by BLOB,
  PRIMARY KEY (site_id, user_id),
  UNIQUE (site_id, verifier),
  FOREIGN KEY (site_id, user_id) REFERENCES users ON DELETE CASCADE
) STRICT;

CREATE TABLE channels (
  site_id TEXT NOT NULL REFERENCES sites,
  channel_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (site_id, channel_id)
) STRICT;

CREATE TABLE statements (
  site_id TEXT NOT NULL REFERENCES sites,
  subject_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  version INTEGER NOT NULL,
  statement BLOB NOT NULL,
  PRIMARY KEY (site_id, subject_id)
) STRICT;

CREATE TABLE reports (
  site_id TEXT NOT NULL,
  report_id TEXT NOT NULL,
  channel_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  day TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  check_value BLOB NOT NULL,
  status TEXT NOT NULL,
  verifier BLOB NOT NULL,
  submission_hash BLOB NOT NULL,
  slot INTEGER NOT NULL,
  forgotten INTEGER NOT NULL,
  PRIMARY KEY (site_id, report_id),
  UNIQUE (site_id, ordinal),
  UNIQUE (site_id, verifier),
  FOREIGN KEY (site_id, channel_id) REFERENCES channels
) STRICT;

CREATE TABLE seals (
  site_id TEXT NOT NULL,
  report_id TEXT NOT NULL,
  holder_id TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  kind TEXT NOT NULL,
  kept BLOB NOT NULL,
  ordinal INTEGER NOT NULL,
  PRIMARY KEY (site_id, report_id, holder_id, epoch, kind),
  FOREIGN KEY (site_id, report_id) REFERENCES reports ON DELETE CASCADE
) STRICT;
CREATE INDEX seals_of_holder ON seals (site_id, holder_id, ordinal);

CREATE TABLE items (
  site_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  report_id TEXT NOT NULL,
  ordinal INTEGER NOT NULL,
  kind TEXT NOT NULL,
  epoch INTEGER NOT NULL,
  author_id TEXT,
  day TEXT NOT NULL,
  box BLOB NOT NULL,
  PRIMARY KEY (site_id, item_id),
  UNIQUE (site_id, report_id, ordinal),
  FOREIGN KEY (site_id, report_id) REFERENCES reports ON DELETE CASCADE
) STRICT;
CREATE INDEX items_of_kind ON items (site_id, report_id, kind);

CREATE TABLE uploads (
  site_id TEXT NOT NULL,
  item_id TEXT NOT NULL,
  report_id TEXT NOT NULL,
  author_id TEXT,
  padded_size INTEGER NOT NULL,
  day TEXT NOT NULL,
  complete INTEGER NOT NULL,
  forgotten INTEGER NOT NULL,
  PRIMARY KEY (site_id, item_id)
) STRICT;
CREATE INDEX uploads_of_report ON uploads (site_id, report_id);

CREATE TABLE filings (
  site_id TEXT NOT NULL REFERENCES sites,
  report_id TEXT NOT NULL,
  day TEXT NOT NULL,
  check_value BLOB NOT NULL,
  PRIMARY KEY (site_id, report_id)
) STRICT;

CREATE TABLE forgetting (
  site_id TEXT NOT NULL,
  mark_id TEXT NOT NULL PRIMARY KEY,
  kind TEXT NOT NULL,
  target TEXT NOT NULL
) STRICT;
`,
} as const;
