/** Where attachments lie under the home. Ids come from the contract's parser, and are checked here once more. */
import { StorageError } from '../storage/storage-error.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Folder of a site's attachments, relative to the home. @throws StorageError `BROKEN` for anything but a UUIDv4. */
export function attachmentsFolder(siteId: string): string {
  return `sites/${checked(siteId)}/attachments`;
}

/** File of an attachment, relative to the home. @throws StorageError `BROKEN` for anything but UUIDv4s. */
export function attachmentPath(siteId: string, itemId: string): string {
  return `${attachmentsFolder(siteId)}/${checked(itemId)}`;
}

/** Id of the attachment at a path, `undefined` for a file that is none. */
export function itemOfPath(path: string): string | undefined {
  const [sites, siteId, attachments, itemId, ...more] = path.split('/');
  const isAttachment = sites === 'sites' && attachments === 'attachments' && more.length === 0;
  return isAttachment && siteId !== undefined && uuid.test(siteId) && itemId !== undefined
    ? itemId
    : undefined;
}

/** A wrong id here would be a path of somebody else's choosing, so it stops the request. */
function checked(id: string): string {
  if (!uuid.test(id)) throw new StorageError('BROKEN', 'path');
  return id;
}
