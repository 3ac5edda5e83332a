/** Changes of the site's key (S14): each names the key before, which signed the statement. */
export const successions = {
  name: '0060-successions',
  sql: `
CREATE TABLE successions (
  site_id TEXT NOT NULL REFERENCES sites,
  number INTEGER NOT NULL,
  before BLOB NOT NULL,
  statement BLOB NOT NULL,
  PRIMARY KEY (site_id, number)
) STRICT;
`,
} as const;
