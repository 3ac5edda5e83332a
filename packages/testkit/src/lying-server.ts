/** A server that lies: it stands between a client and an honest server and changes what it answers (threat model, a server that lies). */

/** Any JSON, loosely held: a liar reads what it likes. */
// biome-ignore lint/suspicious/noExplicitAny: a lie may touch any part of any answer
export type Answer = any;

export type Lie = {
  /** Which answers to touch: a part of the path, after the origin. */
  readonly on: string;
  /** Changes a JSON answer in place, or returns another in its stead. */
  readonly json?: (answer: Answer) => Answer | undefined;
  /** Changes the bytes of a chunk. */
  readonly bytes?: (chunk: Uint8Array, path: string) => Uint8Array | Promise<Uint8Array>;
};

/** A fetch that lies; how often it did is counted, so that a test can show that its lie was told. */
export function lyingFetch(lie: Lie): { fetch: typeof fetch; told(): number } {
  let told = 0;
  const lying: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    const path = new URL(String(input)).pathname;
    if (!response.ok || !path.includes(lie.on)) return response;
    if (lie.json !== undefined && response.headers.get('content-type')?.startsWith('application/json')) {
      const answer: Answer = await response.json();
      told += 1;
      return Response.json(lie.json(answer) ?? answer);
    }
    if (
      lie.bytes !== undefined &&
      response.headers.get('content-type')?.startsWith('application/octet-stream')
    ) {
      told += 1;
      return new Response(
        Uint8Array.from(await lie.bytes(new Uint8Array(await response.arrayBuffer()), path)),
        {
          headers: { 'content-type': 'application/octet-stream' },
        },
      );
    }
    return response;
  };
  return { fetch: lying, told: () => told };
}

/** Flips one bit of a base64url text, far from its end so that it stays a valid one. */
export function flipBit(text: string, at = 60): string {
  const flipped = text[at] === 'A' ? 'B' : 'A';
  return text.slice(0, at) + flipped + text.slice(at + 1);
}
