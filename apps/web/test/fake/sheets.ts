/**
 * Pictures of every scene, one sheet each, for docs/screens: four phones above, four desks below. Run by `npm run screens`.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from '@sotto/testkit/browsers';
import { nameOf, type Scene, statesOf } from './story.ts';
import { allStories, desk, openTheatre, phone, type ToldScene } from './tell.ts';
import type { Language } from './words.ts';

const folder = join(import.meta.dirname, '../../../../docs/screens');
const schemes = ['light', 'dark'] as const;
const languages: readonly Language[] = ['english', 'pseudo'];
/** A sheet's pictures, as data addresses, phones first: english light, english dark, pseudo light, pseudo dark. */
type Pictures = { readonly phones: readonly string[]; readonly desks: readonly string[] };

/** Makes the sheets whose names hold one of the words, or all; and the page that shows them. */
async function makeSheets(words: readonly string[]): Promise<void> {
  const wanted = (scene: Scene) => words.length === 0 || words.some((word) => nameOf(scene).includes(word));
  const taken = new Map<string, Pictures>();
  for (const language of languages) {
    await using theatre = await openTheatre(language);
    for (const story of allStories.filter(({ scenes }) => scenes.some(wanted)))
      await theatre.tell(story, async (told) => {
        if (!wanted(told.scene)) return;
        const { phones, desks } = await pictures(told);
        const before = taken.get(told.name);
        taken.set(told.name, {
          phones: [...(before?.phones ?? []), ...phones],
          desks: [...(before?.desks ?? []), ...desks],
        });
        process.stdout.write(`${language} ${told.name}\n`);
      });
  }
  await mkdir(folder, { recursive: true });
  await using browser = await launchBrowser('chromium');
  const { page } = await browser.newPage();
  for (const [name, both] of taken) await writeSheet(page, name, both);
  await writeIndex();
}

/** Takes the scene on a phone and on a desk, light and dark, and leaves it on a phone in daylight. */
async function pictures({ page }: ToldScene): Promise<Pictures> {
  const phones: string[] = [];
  const desks: string[] = [];
  // A blinking caret would make each run's pictures differ.
  await page.evaluate(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { caret-color: transparent !important; }');
    document.adoptedStyleSheets = [sheet];
  });
  for (const scheme of schemes)
    for (const [size, into] of [
      [phone, phones],
      [desk, desks],
    ] as const) {
      await page.setViewport(size);
      await page.emulateMediaFeatures([
        { name: 'prefers-color-scheme', value: scheme },
        { name: 'prefers-reduced-motion', value: 'reduce' },
      ]);
      // The header stays where the person is; a picture of the whole page begins at its top.
      await page.evaluate(() => scrollTo(0, 0));
      into.push(`data:image/png;base64,${await page.screenshot({ fullPage: true, encoding: 'base64' })}`);
    }
  await page.setViewport(phone);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
  return { phones, desks };
}

async function writeSheet(page: ToldScene['page'], name: string, { phones, desks }: Pictures): Promise<void> {
  const images = (kind: string, addresses: readonly string[]) =>
    `<div class="${kind}">${addresses.map((address) => `<img src="${address}">`).join('')}</div>`;
  await page.setViewport({ width: 1280, height: 800 });
  await page.setContent(`<style>
    body { margin: 0; padding: 16px; background: #8a8f92; }
    div { display: grid; gap: 16px; align-items: start; margin-block-end: 16px; }
    .phones { grid-template-columns: repeat(4, 1fr); }
    .desks { grid-template-columns: repeat(2, 1fr); }
    img { width: 100%; display: block; }
  </style>${images('phones', phones)}${images('desks', desks)}`);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  const sheet = await page.screenshot({ fullPage: true, type: 'webp', quality: 55 });
  await writeFile(join(folder, `${name}.webp`), sheet);
}

/** Removes sheets of scenes that are no more, and lists the others by their views. */
async function writeIndex(): Promise<void> {
  const scenes = allStories.flatMap((story) => story.scenes);
  const names = scenes.map(nameOf);
  for (const file of await readdir(folder))
    if (file.endsWith('.webp') && !names.includes(file.slice(0, -'.webp'.length)))
      await rm(join(folder, file));
  const parts = Object.keys(statesOf).map((view) => {
    const shown = scenes.filter((scene) => scene.view === view);
    const sheets = shown.map((scene) => {
      const title = [scene.state, scene.as ?? ''].join(' ').trim();
      return `### ${view}: ${title}\n\n![${view}, ${title}](${nameOf(scene)}.webp)\n`;
    });
    return `## ${view}\n\n${sheets.join('\n')}`;
  });
  const head = await readFile(join(import.meta.dirname, 'sheets-head.md'), 'utf8');
  await writeFile(join(folder, 'README.md'), `${head}\n${parts.join('\n')}`);
}

if (import.meta.main) await makeSheets(process.argv.slice(2));
