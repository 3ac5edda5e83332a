/** Chunks of attachments (S7): which are missing, one in, one out. Whoever may read the report may read them. */
import type { FileResponse } from '@sotto/contract/report';
import type { Bytes } from '@sotto/protocol/bytes';
import { chunkCount, version } from '@sotto/protocol/sizes';
import type { Backend } from '../backend.ts';
import { sealedChunkLength } from '../blobs/chunk-layout.ts';
import { Refusal } from '../http/refusal.ts';
import type { UploadRow } from '../storage/schema.ts';
import type { Transaction } from '../storage/transaction.ts';
import type { Reader } from './report-view.ts';

/** Whether the reader may see attachments of this report now; asked within each transaction. */
export type MayRead = (transaction: Transaction) => Promise<void>;

/** An attachment of a report, with who asks for it. */
export type ChunkPlace = { readonly reader: Reader; readonly fileId: string; readonly mayRead: MayRead };

/** Size and missing ranges of an attachment. @throws Refusal `NOT_FOUND`. */
export async function fileState(backend: Backend, place: ChunkPlace): Promise<FileResponse> {
  const upload = await findUpload(backend, place);
  const missing = await backend.home.attachments.missing(attachment(upload));
  return { size: upload.padded_size, missing: ranges(missing) };
}

/** Keeps a chunk; only who announced the attachment may. @throws Refusal `NOT_FOUND`, `MALFORMED`. */
export async function putChunk(
  backend: Backend,
  place: ChunkPlace,
  index: number,
  chunk: Uint8Array,
): Promise<void> {
  const { store, attachments } = backend.home;
  const upload = await findUpload(backend, place);
  if (upload.author_id !== place.reader.userId) throw new Refusal('NOT_FOUND');
  checkIndex(upload, index);
  const rightLength = chunk.length === sealedChunkLength(upload.padded_size, index);
  if (!rightLength || chunk[0] !== version) throw new Refusal('MALFORMED');
  const stillWanted = () =>
    store.transaction(
      async (transaction) =>
        (await store.uploads.find(transaction, backend.siteId, place.fileId)) !== undefined,
    );
  const complete = await attachments.put(attachment(upload), index, chunk, stillWanted);
  if (complete === undefined) throw new Refusal('NOT_FOUND');
  if (!complete || upload.complete === 1) return;
  await store.transaction((transaction) =>
    store.uploads.setComplete(transaction, backend.siteId, place.fileId),
  );
}

/** @throws Refusal `NOT_FOUND`, `CHUNK_MISSING`. */
export async function getChunk(backend: Backend, place: ChunkPlace, index: number): Promise<Bytes> {
  const upload = await findUpload(backend, place);
  checkIndex(upload, index);
  const chunk = await backend.home.attachments.get(attachment(upload), index);
  if (chunk === undefined) throw new Refusal('CHUNK_MISSING');
  return chunk;
}

function findUpload(backend: Backend, { reader, fileId, mayRead }: ChunkPlace): Promise<UploadRow> {
  const { store } = backend.home;
  return store.transaction(async (transaction) => {
    await mayRead(transaction);
    const upload = await store.uploads.find(transaction, backend.siteId, fileId);
    if (upload?.report_id !== reader.reportId) throw new Refusal('NOT_FOUND');
    return upload;
  });
}

function attachment(upload: UploadRow): { siteId: string; itemId: string; paddedSize: number } {
  return { siteId: upload.site_id, itemId: upload.item_id, paddedSize: upload.padded_size };
}

function checkIndex(upload: UploadRow, index: number): void {
  if (index >= chunkCount(upload.padded_size)) throw new Refusal('NOT_FOUND');
}

/** Indexes in order as ranges, both ends included. */
function ranges(indexes: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const index of indexes) {
    const last = found.at(-1);
    if (last !== undefined && last[1] === index - 1) last[1] = index;
    else found.push([index, index]);
  }
  return found;
}
