/** What sealed items say once they are open (S6). Whoever opens one reads it through these: its author is another person. */
import { keyBytes, largestFile } from '@sotto/protocol/sizes';
import * as v from 'valibot';
import { commentMaxBytes, submittedFilesMax } from './answer-limits.ts';
import { bytes, reportStatus, uuid } from './forms.ts';
import { answersSchema, questionnaireSchema } from './questionnaire.ts';

export const titleMaxLength = 120;
export const fileNameMaxLength = 255;

/** A holder of the report key, with the public key it was sealed to. */
export const holder = v.strictObject({ id: uuid, publicKey: bytes(keyBytes) });

export const answersContent = v.strictObject({
  /** The site's key under which the channel was read (S14): who comes back is told when it is another. */
  siteKey: bytes(keyBytes),
  channel: uuid,
  questionnaire: questionnaireSchema,
  answers: answersSchema,
  /** Which agent made it: an assisted one is weaker, and says so. */
  agent: v.picklist(['browser', 'assisted', 'desk']),
  holders: v.pipe(v.array(holder), v.minLength(1), v.maxLength(100)),
});
export const summaryContent = v.strictObject({ title: v.pipe(v.string(), v.maxLength(titleMaxLength)) });
export const fileContent = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(fileNameMaxLength)),
  type: v.pipe(v.string(), v.maxLength(127), v.regex(/^(?:[\w.+-]+\/[\w.+-]+)?$/)),
  size: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(largestFile)),
  key: bytes(keyBytes),
});
export const commentContent = v.strictObject({
  text: v.pipe(v.string(), v.minLength(1), v.maxBytes(commentMaxBytes)),
});
export const statusContent = v.strictObject({ status: reportStatus });
export const grantContent = v.strictObject({ holder });

/** A report being written, as its own agent keeps it for a reload (S3). Nobody else ever opens it. */
export const draftContent = v.strictObject({
  channel: v.nullable(uuid),
  place: v.picklist(['channel', 'step', 'review']),
  step: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(15)),
  answers: answersSchema,
  /** `name` is the page's own name for the file, `id` that of the upload. */
  files: v.pipe(
    v.array(v.strictObject({ name: uuid, id: uuid, content: fileContent })),
    v.maxLength(submittedFilesMax),
  ),
});

export type DraftContent = v.InferOutput<typeof draftContent>;
export type AnswersContent = v.InferOutput<typeof answersContent>;
export type FileContent = v.InferOutput<typeof fileContent>;
export type Holder = v.InferOutput<typeof holder>;
