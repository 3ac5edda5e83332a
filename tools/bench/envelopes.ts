/** Reports sealed beforehand by the true client: what it would send is kept, so that only the server works while measured. */
import { quickWhistleblower } from './made-site.ts';

/** The two bodies of a filing (S4), as JSON. */
export type Envelope = { readonly filing: string; readonly submission: string };

/** Answers of a middling length: a page of text. */
export const answers = {
  title: 'Guard rail on crane 3 taken off',
  story: 'Since the spring the guard rail on the upper walkway of crane 3 is gone. '.repeat(30),
  ongoing: 'yes',
};

/** A session id that is never shown to a server. */
const noSession = 'A'.repeat(43);

/** Seals `count` reports, each with keys, receipt and credential of its own. */
export async function makeEnvelopes(origin: string, channelId: string, count: number): Promise<Envelope[]> {
  const site = await (await fetch(`${origin}/api/site`)).text();
  const envelopes: Envelope[] = [];
  while (envelopes.length < count) {
    const kept = new Map<string, string>();
    const agent = quickWhistleblower(origin, async (input, init) => {
      const path = new URL(String(input)).pathname;
      if (path === '/api/site') return answer(site);
      if (path === '/api/token') return answer(JSON.stringify({ token: null }));
      kept.set(path, String(init?.body));
      return answer(path.endsWith('/submit') ? '{}' : JSON.stringify({ session: noSession }));
    });
    await agent.submit(channelId, answers, () => {});
    const filing = kept.get('/api/whistleblower/filing');
    const submission = kept.get('/api/whistleblower/filing/submit');
    if (filing === undefined || submission === undefined) throw new Error('the client files by other routes');
    envelopes.push({ filing, submission });
  }
  return envelopes;
}

function answer(json: string): Response {
  return new Response(json, { headers: { 'content-type': 'application/json' } });
}
