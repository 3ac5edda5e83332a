/** Settings of a site that an administrator changed. */
export const settings = {
  name: '0010-settings',
  sql: `
CREATE TABLE settings (
  site_id TEXT NOT NULL REFERENCES sites,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (site_id, name)
) STRICT, WITHOUT ROWID;
`,
};
