/** Hands a verified file to the person's device: straight into a file they choose where the browser can, else to its downloads. */
import { safeFileName } from './file-name.ts';

/** Time for the browser to take the file over before its memory is let go. */
const takeOverMilliseconds = 60_000;
/** From this size on a file is worth the question where it shall go, in bytes: below, it easily fits into memory. */
const chosenPlaceFrom = 64 * 1024 ** 2;

/** A file the person chose, as the File System Access API has it; the DOM's types do not know all of it yet. */
export type ChosenFile = FileSystemFileHandle & { remove?(): Promise<void> };
type Picker = { showSaveFilePicker?(options: { suggestedName: string }): Promise<ChosenFile> };

/**
 * Asks where a large file shall go. Only in a secure context of a browser that has the API; called while a click is handled.
 *
 * @returns null where it goes to the downloads; `cancelled` when the person chose no place.
 */
export async function chooseFile(name: string, size: number): Promise<ChosenFile | 'cancelled' | null> {
  const { showSaveFilePicker } = globalThis as Picker; // why: see ChosenFile
  if (showSaveFilePicker === undefined || size < chosenPlaceFrom) return null;
  try {
    return await showSaveFilePicker.call(globalThis, { suggestedName: safeFileName(name) });
  } catch (error) {
    // Anything but the person's own no: the downloads are still there.
    return error instanceof DOMException && error.name === 'AbortError' ? 'cancelled' : null;
  }
}

/** Choosing makes an empty file; after a failure it goes again. */
export async function dropChosen(chosen: ChosenFile): Promise<void> {
  await chosen.remove?.().catch(() => {});
}

/** Saves bytes under a harmless name. The type is always plain bytes, so that nothing opens in this site's name. */
export function saveFile(content: Blob, name: string): void {
  const address = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = safeFileName(name);
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), takeOverMilliseconds);
}
