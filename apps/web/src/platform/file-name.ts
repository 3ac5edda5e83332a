/** File names come from other people: what is shown cannot mislead, what is saved cannot climb out of its folder. */

/** Marks that turn or hide text: `photo<RLO>gpj.exe` would be read as `photoexe.jpg` (Unicode UAX 9, TR 36). */
const misleading = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
/** Refused by one file system or another, or with a meaning in a path. */
const forbidden = /[<>:"/\\|?*]/gu;
/** Most file systems stop at 255 bytes; a character of the name is at most 4 bytes in UTF-8. */
const savedNameMaxCharacters = 60;

/** The name with every mark that could mislead made visible. */
export function shownFileName(name: string): string {
  return name.replaceAll(misleading, '\ufffd');
}

/** A name to save under: one path segment, not hidden, its ending kept when it is shortened. */
export function safeFileName(name: string): string {
  const plain = name
    .replaceAll(misleading, '')
    .replaceAll(forbidden, '_')
    .replace(/^[.\s]+|[.\s]+$/gu, '');
  const characters = [...plain];
  if (characters.length === 0) return 'file';
  if (characters.length <= savedNameMaxCharacters) return plain;
  const ending = /\.[^.]{1,10}$/u.exec(plain)?.[0] ?? '';
  return characters.slice(0, savedNameMaxCharacters - [...ending].length).join('') + ending;
}
