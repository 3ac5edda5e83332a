/** `[updates]`: what is checked daily, how its health is asked, and whose packages are taken beside the sources'. */
import * as v from 'valibot';
import { AbsolutePath, oneLine } from './words.ts';

/** Commands that must end with 0 after an update, each a program and its arguments. */
const Health = v.optional(v.array(v.pipe(v.array(v.pipe(v.string(), oneLine)), v.minLength(1))), []);

export const UpdatesSchema = v.strictObject({
  /** What the timer does every day: `check` says what waits, `apply` takes it. */
  daily: v.optional(v.picklist(['check', 'apply']), 'check'),
  /** A keyring (gpgv(1)) of those whose signed package files may enter the image; none: no package file may. */
  keyring: v.optional(AbsolutePath, undefined),
  host: v.optional(
    v.strictObject({ root: v.optional(v.union([v.literal('/'), AbsolutePath]), '/'), health: Health }),
    {},
  ),
  base: v.optional(v.strictObject({ health: Health }), {}),
});
