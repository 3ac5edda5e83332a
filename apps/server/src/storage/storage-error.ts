/** What can go wrong below the repositories: a closed list of codes, quiet about what was stored. */

/** Every code, with what it means and whether anything was lost. */
export const storageErrors = {
  DISK_FULL: 'The disk is full. Nothing of the change was kept, nothing kept before was lost.',
  DENIED: 'A statement was refused by the authorizer. Nothing was changed.',
  CONFLICT: 'A row with this key is there already. Nothing was changed.',
  SETTING_REFUSED: 'The database did not take a safety setting. Nothing was read or changed.',
  DATABASE_NEWER: 'The database was written by a newer Sotto. Nothing was changed.',
  HOME_INCOMPLETE: 'The database and the slot file belong together and one is missing. Nothing was changed.',
  HOME_IN_USE: 'Another server uses this home. Nothing was changed.',
  BROKEN: 'The database or the slot file failed. What was acknowledged before is on the disk.',
} as const;

/** Code of a `StorageError`. */
export type StorageErrorCode = keyof typeof storageErrors;

/** An error of storage: the code tells what failed, `detail` names a setting or a statement's first word at most. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: StorageErrorCode;

  constructor(code: StorageErrorCode, detail = '') {
    super(detail === '' ? storageErrors[code] : `${storageErrors[code]} (${detail})`);
    this.code = code;
  }
}

/** Turns an error of the file system into a coded one; a `StorageError` stays as it is. */
export function diskError(error: unknown): StorageError {
  if (error instanceof StorageError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new StorageError('DISK_FULL');
  return new StorageError('BROKEN', typeof code === 'string' ? code : 'file system');
}
