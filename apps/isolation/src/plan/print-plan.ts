/** `plan`: the whole of `up` as text, with the reason of each part. */

/** The text of a plan: for the engine `netns` one that a root shell would understand, for `remote` every file. */
export function planText(parts: readonly { name: string; why: string; text: string }[]): string {
  return parts.map(({ name, why, text }) => `# ${name}: ${why}\n${text}\n`).join('\n');
}
