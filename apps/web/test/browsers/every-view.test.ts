/**
 * Every view in every state that it has, in a real browser with made-up people: what axe finds, what sticks out or is cut, and words
 * that are not in the catalogue. One browser a language, one page a story; the pictures of the same scenes are made by `npm run screens`.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axeFindings, cutFindings, escapedWords, widthFindings } from '../fake/findings.ts';
import { unchangedNames } from '../fake/scene.ts';
import { nameOf, statesOf, type View } from '../fake/story.ts';
import { allStories, openTheatre, phone, type ToldScene } from '../fake/tell.ts';
import type { Language } from '../fake/words.ts';

/** WCAG 2.2, 1.4.10: 1280 px at 400 %. */
const narrowest = { width: 320, height: 640 } as const;
/** WCAG 2.2, 1.4.4: 1280 px at 200 %. */
const zoomed = { width: 640, height: 400, deviceScaleFactor: 2 } as const;
const scenes = allStories.flatMap((story) => story.scenes);

test('every view is told in every state that it has, and every scene has its own name', () => {
  const missing = Object.entries(statesOf).flatMap(([view, states]) =>
    states
      .filter((state) => !scenes.some((scene) => scene.view === view && scene.state === state))
      .map((state) => `${view}: ${state}`),
  );
  assert.deepEqual(missing, []);
  assert.equal(new Set(scenes.map(nameOf)).size, scenes.length);
});

for (const language of ['english', 'pseudo'] as const satisfies readonly Language[])
  test(`axe finds nothing, nothing sticks out and nothing is cut in any view and state, light and dark, in ${language}`, async () => {
    const findings: string[] = [];
    const reached = new Set<View>();
    await using theatre = await openTheatre(language);
    for (const story of allStories)
      await theatre.tell(story, async (told) => {
        reached.add(told.scene.view);
        for (const finding of await findingsOf(told)) findings.push(`${told.name}: ${finding}`);
      });
    assert.deepEqual(findings, []);
    assert.equal(reached.size, Object.keys(statesOf).length);
  });

async function findingsOf({ page, language, complaints }: ToldScene): Promise<string[]> {
  const light = await axeFindings(page, 'all');
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  const dark = await axeFindings(page, 'colours');
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
  const found = [...light, ...dark.map((finding) => `dark, ${finding}`)];
  for (const size of [phone, narrowest, zoomed]) {
    await page.setViewport(size);
    found.push(...(await widthFindings(page)), ...(await cutFindings(page)));
  }
  await page.setViewport(phone);
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  const large = [...(await widthFindings(page)), ...(await cutFindings(page))];
  found.push(...large.map((finding) => `text twice as large, ${finding}`));
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
  if (language === 'pseudo') found.push(...(await escapedWords(page, unchangedNames)));
  return [...found, ...complaints.errors.splice(0), ...complaints.violations.splice(0)];
}

test('the checks find what they look for', async () => {
  await using theatre = await openTheatre('english');
  const [story] = allStories;
  assert(story);
  await theatre.tell({ ...story, scenes: story.scenes.slice(0, 1) }, async ({ page }) => {
    assert.notDeepEqual(await escapedWords(page, []), [], 'an English page is full of English');
    await page.evaluate(() => {
      const spoilt = document.createElement('p');
      spoilt.className = 'spoilt';
      spoilt.append('A field: ', document.createElement('input'));
      const wrong = { color: '#999', inlineSize: '200vw', blockSize: '1px', overflow: 'hidden' };
      Object.assign(spoilt.style, wrong);
      document.querySelector('main')?.append(spoilt);
    });
    assert.match((await axeFindings(page, 'all')).join(), /label: .*<input>/);
    assert.match((await widthFindings(page)).join(), /spoilt/);
    assert.match((await cutFindings(page)).join(), /spoilt/);
  });
});
