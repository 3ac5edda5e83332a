/** What a first visit costs, in a real Chromium on an empty profile: bytes, requests, and the wait on a slow line. */
import { launchBrowser, type WatchedPage } from '@sotto/testkit/browsers';
import { discard } from '@sotto/testkit/server-process';
import { makeSite } from './made-site.ts';
import { digits, grouped, type Measure, median } from './measure.ts';
import { type Line, openLine, type Passed } from './slow-line.ts';

/** A slow mobile line, or Tor on a bad day: milliseconds to the first byte of an answer, bytes a second for all of them. */
const slow = { latency: 600, bytesPerSecond: 50_000 } as const;
/** How long after the first control the crypto behind it is waited for, in milliseconds. */
const behind = 3000;

/** When a control of the view could be used, by the page's own clock: milliseconds since navigation, and of the epoch. */
const watch = `globalThis.firstControl = new Promise((resolve) => {
  const look = () => {
    const control = document.querySelector('main button:not([disabled]), main a[href]');
    if (control !== null && control.checkVisibility())
      resolve([performance.now(), performance.timeOrigin + performance.now()]);
    else requestAnimationFrame(look);
  };
  look();
})`;

type Visit = {
  readonly control: number;
  readonly before: readonly Passed[];
  readonly all: readonly Passed[];
};

/** The measure. */
export const firstVisit: Measure = {
  name: 'first-visit',
  title: 'A first visit',
  goal: 'At most 80 kB with brotli and 6 requests before the first control can be used, at most 130 kB with the crypto behind it; on a line of 600 ms and 50 kB/s the first control within 2.5 s.',
  async run({ quick }) {
    const rounds = quick ? 1 : 3;
    const site = await makeSite();
    const rows: string[][] = [];
    const notes: string[] = [];
    for (const [name, path] of [
      ['whistleblower, /', '/'],
      ['member, /login', '/login'],
    ] as const) {
      const direct = await visits(site.server.origin, path, { latency: 0, bytesPerSecond: Infinity }, 1);
      const bySlowLine = await visits(site.server.origin, path, slow, rounds);
      const byChromium = await visits(site.server.origin, path, 'chromium', rounds);
      const visit = direct[0];
      if (visit === undefined) continue;
      rows.push([
        name,
        `**${kilobytes(visit.before)} kB**, ${visit.before.length} requests`,
        `**${kilobytes(visit.all)} kB**, ${visit.all.length} requests`,
        `**${seconds(bySlowLine)} s**`,
        `${seconds(byChromium)} s`,
        `${digits(visit.control)} ms`,
      ]);
      notes.push(
        `${path}: ${visit.all.map(({ path: asked, bytes }) => `${asked} ${grouped(bytes)}`).join(', ')} bytes.`,
      );
    }
    await discard(site.server);
    return {
      columns: [
        'page',
        'before the first control',
        'with all behind it',
        'slow line',
        'slow line, by Chromium',
        'no line between',
      ],
      rows,
      notes: [
        'Bytes are bodies and headers as the server sends them, brotli, counted on the line between the two. Before the first control: all whose answer had begun by then.',
        `The slow line stands in front of the server: each answer begins ${slow.latency} ms after its question, and all share ${grouped(slow.bytesPerSecond)} bytes a second. By Chromium: its own emulation of the same, which does not hold back what workers fetch. The middle of ${rounds}.`,
        ...notes,
      ],
    };
  },
};

async function visits(
  origin: string,
  path: string,
  line: Line | 'chromium',
  rounds: number,
): Promise<Visit[]> {
  const made: Visit[] = [];
  for (let round = 0; round < rounds; round += 1) {
    await using between = await openLine(
      origin,
      line === 'chromium' ? { latency: 0, bytesPerSecond: Infinity } : line,
    );
    await using browser = await launchBrowser('chromium');
    const { page } = await browser.newPage();
    if (line === 'chromium') await emulate(page);
    await page.evaluateOnNewDocument(watch);
    await page.goto(`${between.origin}${path}`, { waitUntil: 'domcontentloaded' });
    // why: the script above resolves with two numbers
    const [control, at] = (await page.evaluate('firstControl')) as [number, number];
    await new Promise((resolve) => setTimeout(resolve, line === 'chromium' || line.latency > 0 ? 0 : behind));
    const all = between.passed();
    made.push({ control, before: all.filter(({ began }) => began <= at), all });
  }
  return made;
}

async function emulate(page: WatchedPage['page']): Promise<void> {
  const session = await page.createCDPSession();
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: slow.latency,
    downloadThroughput: slow.bytesPerSecond,
    uploadThroughput: slow.bytesPerSecond,
  });
}

function kilobytes(passed: readonly Passed[]): string {
  return digits(passed.reduce((sum, { bytes }) => sum + bytes, 0) / 1000);
}

function seconds(made: readonly Visit[]): string {
  return digits(median(made.map(({ control }) => control)) / 1000);
}
