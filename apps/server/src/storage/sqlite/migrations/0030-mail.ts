/** Mail and recovery: things with a slot of their own, addresses, settings, the queue, reset links. */
export const mail = {
  name: '0030-mail',
  sql: `
CREATE TABLE kept_alone (
  site_id TEXT NOT NULL REFERENCES sites,
  owner_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  slot INTEGER NOT NULL,
  kept BLOB NOT NULL,
  PRIMARY KEY (site_id, owner_id, kind)
) STRICT;

CREATE TABLE addresses (
  site_id TEXT NOT NULL,
  user_id TEXT NOT NULL,
  mac BLOB NOT NULL,
  PRIMARY KEY (site_id, user_id),
  FOREIGN KEY (site_id, user_id) REFERENCES users ON DELETE CASCADE
) STRICT;
CREATE INDEX addresses_by_mac ON addresses (site_id, mac);

CREATE TABLE mail_settings (
  site_id TEXT NOT NULL PRIMARY KEY REFERENCES sites,
  host TEXT NOT NULL,
  port INTEGER NOT NULL,
  security TEXT NOT NULL,
  user_name TEXT NOT NULL,
  sender TEXT NOT NULL,
  site_address TEXT NOT NULL
) STRICT;

CREATE TABLE mail_queue (
  site_id TEXT NOT NULL REFERENCES sites,
  mail_id TEXT NOT NULL,
  tries INTEGER NOT NULL,
  due INTEGER NOT NULL,
  PRIMARY KEY (site_id, mail_id)
) STRICT;

CREATE TABLE resets (
  site_id TEXT NOT NULL,
  verifier BLOB NOT NULL,
  user_id TEXT NOT NULL,
  expires INTEGER NOT NULL,
  used_by BLOB,
  PRIMARY KEY (site_id, verifier),
  FOREIGN KEY (site_id, user_id) REFERENCES users ON DELETE CASCADE
) STRICT;
CREATE INDEX resets_of_user ON resets (site_id, user_id);
`,
} as const;
