/** What a proof is: one claim, shown by more work than a test may take. */
export type Proof = {
  /** What is shown, as a sentence. */
  readonly claim: string;
  /** Whether a server runs in it, which serves the client that is built. */
  readonly needsClient: boolean;
  /** @param say takes a line of progress. @returns what was seen. @throws when the claim does not hold. */
  prove(say: (line: string) => void): Promise<string>;
};
