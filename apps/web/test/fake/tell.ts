/** Tells stories in a browser, and stops at each scene. */
import { type LaunchedBrowser, launchBrowser, type WatchedPage } from '@sotto/testkit/browsers';
import { memberStories } from './member-stories.ts';
import { type FakeServer, serveFake } from './serve.ts';
import { nameOf, type Scene, type Story, type Teller } from './story.ts';
import { whistleblowerStories } from './whistleblower-stories.ts';
import { englishWords, type Language, pseudoWords, sayIn } from './words.ts';

export const allStories: readonly Story[] = [...whistleblowerStories, ...memberStories];

export type ToldScene = {
  readonly scene: Scene;
  readonly name: string;
  readonly language: Language;
  readonly page: WatchedPage['page'];
  readonly complaints: WatchedPage['complaints'];
};

/** Widths and heights of a phone and a desk, in CSS pixels. */
export const phone = { width: 390, height: 844 } as const;
export const desk = { width: 1280, height: 800 } as const;

/** A browser and the fake pages in one language, to tell stories with. Use with `await using`. */
export async function openTheatre(language: Language) {
  const server = await serveFake(language);
  const browser = await launchBrowser('chromium', { reducedMotion: true });
  return {
    /** Tells the story on a phone in daylight; at each scene it waits for `look`. */
    tell: (story: Story, look: (told: ToldScene) => Promise<unknown>) =>
      tell(story, language, server, browser, look),
    async [Symbol.asyncDispose]() {
      await browser.close();
      server.close();
    },
  };
}

async function tell(
  story: Story,
  language: Language,
  server: FakeServer,
  browser: LaunchedBrowser,
  look: (told: ToldScene) => Promise<unknown>,
): Promise<void> {
  server.setMood(story.mood ?? {});
  const { page, complaints } = await browser.newPage();
  page.on('dialog', (dialog) => void dialog.accept());
  await page.setViewport(phone);
  await page.goto(server.origin + story.address);
  const words = language === 'pseudo' ? pseudoWords : englishWords;
  const teller: Teller = { page, words, say: sayIn[language] };
  for (const scene of story.scenes) {
    const name = nameOf(scene);
    try {
      await scene.act(teller);
    } catch (cause) {
      throw new Error(`the story ${story.name} does not reach ${name} in ${language}`, { cause });
    }
    await look({ scene, name, language, page, complaints });
  }
  await page.close();
}
