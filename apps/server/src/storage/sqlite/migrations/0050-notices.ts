/** From which entry of the site's audit log on a person has not been told what concerns their keys. */
export const notices = {
  name: '0050-notices',
  sql: 'ALTER TABLE users ADD COLUMN notices_from INTEGER;',
} as const;
