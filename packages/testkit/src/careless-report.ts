/** What a careless client would send: the same report with its words in the clear, which no server can tell from ciphertext. */
import { type Bytes, concat, fromBase64url, toBase64url, utf8 } from '@sotto/protocol/bytes';
import { version } from '@sotto/protocol/sizes';
import type { Canary } from './canaries.ts';
import type { PreparedReport } from './prepared-report.ts';

/** Words for its title and its answers, and bytes for its files: as many as a chunk holds at least. */
export type SpokenAloud = {
  readonly title: Canary;
  readonly story: Canary;
  readonly fileContent: Uint8Array;
};

/** Puts the words where the ciphertext was, as long as it and with its version byte. */
export function carelessly(careful: PreparedReport, words: SpokenAloud): PreparedReport {
  const { answers, summary } = careful.request;
  return {
    ...careful,
    files: careful.files.map((file) => ({
      ...file,
      chunks: file.chunks.map((chunk) => inTheClear(chunk, words.fileContent.subarray(0, chunk.length - 1))),
    })),
    request: {
      ...careful.request,
      answers: { ...answers, box: boxOf(answers.box, words.story) },
      summary: { ...summary, box: boxOf(summary.box, words.title) },
    },
  };
}

function boxOf(box: string, { text }: Canary): string {
  return toBase64url(inTheClear(fromBase64url(box), utf8(text)));
}

function inTheClear(sealed: Uint8Array, words: Uint8Array): Bytes {
  const spoken = Uint8Array.from(sealed);
  spoken.set(concat(Uint8Array.of(version), words));
  return spoken;
}
