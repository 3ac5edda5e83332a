/** What Lighthouse says of the first views on an emulated phone. It stands in a folder of its own, installed when it is first asked. */
import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { discard } from '@sotto/testkit/server-process';
import * as v from 'valibot';
import { makeSite } from './made-site.ts';
import { digits, type Measure, median } from './measure.ts';

const folder = join(import.meta.dirname, '../lighthouse');
const packages = join(folder, 'node_modules');
const categories = ['performance', 'accessibility', 'best-practices'] as const;
/** A report is about a megabyte. */
const outputMax = 64 * 1024 * 1024;

const reportSchema = v.object({
  lighthouseVersion: v.string(),
  categories: v.object({
    performance: v.object({ score: v.number() }),
    accessibility: v.object({ score: v.number() }),
    'best-practices': v.object({ score: v.number() }),
  }),
  audits: v.record(
    v.string(),
    v.object({ score: v.nullable(v.number()), numericValue: v.optional(v.number()) }),
  ),
});
type Report = v.InferOutput<typeof reportSchema>;

/** The measure. */
export const lighthouse: Measure = {
  name: 'lighthouse',
  title: 'Lighthouse',
  goal: 'On a phone, at least 95 for performance, 100 for accessibility and 100 for best practices, of the public page.',
  async run({ quick }) {
    const rounds = quick ? 1 : 5;
    install();
    const site = await makeSite();
    const rows: string[][] = [];
    const short = new Set<string>();
    let version = '';
    for (const [name, path] of [
      ['whistleblower, /', '/'],
      ['member, /login', '/login'],
    ] as const) {
      const reports: Report[] = [];
      for (let round = 0; round < rounds; round += 1)
        reports.push(await reportOf(`${site.server.origin}${path}`));
      version = reports[0]?.lighthouseVersion ?? version;
      for (const category of ['accessibility', 'best-practices'] as const)
        if (reports.some(({ categories: of }) => of[category].score < 1)) short.add(`${name}: ${category}`);
      const seconds = (audit: string) =>
        `${digits(median(reports.map(({ audits }) => audits[audit]?.numericValue ?? Number.NaN)) / 1000)} s`;
      rows.push([
        name,
        ...categories.map(
          (category) =>
            `**${Math.round(median(reports.map(({ categories: of }) => of[category].score)) * 100)}**`,
        ),
        seconds('first-contentful-paint'),
        seconds('largest-contentful-paint'),
      ]);
    }
    await discard(site.server);
    return {
      columns: [
        'page',
        'performance',
        'accessibility',
        'best practices',
        'first paint of content',
        'largest paint',
      ],
      rows,
      notes: [
        `Lighthouse ${version}, its own phone and its own slow line, both computed from what it saw; the middle of ${rounds}.`,
        ...(short.size === 0 ? [] : [`Below 100 in one round or more: ${[...short].join(', ')}.`]),
      ],
    };
  },
};

function install(): void {
  if (existsSync(join(packages, 'lighthouse'))) return;
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: 'inherit',
  });
}

async function reportOf(address: string): Promise<Report> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(packages, 'lighthouse/cli/index.js'),
      address,
      `--only-categories=${categories.join(',')}`,
      '--chrome-flags=--headless=new --no-sandbox --disable-gpu',
      '--no-enable-error-reporting',
      '--output=json',
      '--quiet',
    ],
    { env: { ...process.env, CHROME_PATH: '/usr/bin/chromium' }, maxBuffer: outputMax },
  );
  return v.parse(reportSchema, JSON.parse(stdout));
}
