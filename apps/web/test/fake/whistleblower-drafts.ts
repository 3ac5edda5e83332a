/** A kept draft: offered, kept, come back with, waited for, failed, gone. */
import { arriveAt, press, read } from '../browsers/person.ts';
import { madeUpKey } from './scene.ts';
import type { Story, Teller } from './story.ts';
import { beginReport, writeStory } from './whistleblower-ways.ts';

/** Loads the page again in a tab that has the key to a draft. */
async function reloadWith({ page }: Teller, key: string): Promise<void> {
  await page.evaluate((kept) => sessionStorage.setItem('draft', kept), key);
  await page.reload();
}

const waitForResuming = async (teller: Teller) => {
  await reloadWith(teller, madeUpKey);
  await arriveAt(teller.page, teller.words.whistleblower.draft.resuming.title);
};

export const whistleblowerDrafts: readonly Story[] = [
  {
    name: 'draft-kept',
    address: '/',
    scenes: [
      {
        view: 'whistleblower step',
        state: 'full',
        as: 'draft offered',
        async act(teller) {
          await beginReport(teller);
          await writeStory(teller);
          await press(teller.page, teller.words.whistleblower.draft.offer);
          await read(teller.page, teller.words.whistleblower.draft.ask.text);
        },
      },
      {
        view: 'whistleblower step',
        state: 'full',
        as: 'draft kept',
        async act({ page, words }) {
          await press(page, words.whistleblower.draft.ask.keep);
          await read(page, words.whistleblower.draft.states.saved);
        },
      },
    ],
  },
  {
    name: 'draft-resumed',
    address: '/',
    scenes: [
      {
        view: 'whistleblower step',
        state: 'full',
        as: 'draft resumed',
        async act(teller) {
          await reloadWith(teller, madeUpKey);
          await read(teller.page, teller.words.whistleblower.draft.states.saved);
        },
      },
    ],
  },
  {
    name: 'draft-waits',
    address: '/',
    mood: { waits: ['resumeDraft'] },
    scenes: [{ view: 'whistleblower draft', state: 'waiting', act: waitForResuming }],
  },
  {
    name: 'draft-fails',
    address: '/',
    mood: { fails: { resumeDraft: 'UNREACHABLE' } },
    scenes: [
      {
        view: 'whistleblower draft',
        state: 'error',
        async act(teller) {
          await waitForResuming(teller);
          await read(teller.page, teller.words.whistleblower.draft.resuming.leave);
        },
      },
    ],
  },
  {
    name: 'draft-gone',
    address: '/',
    scenes: [
      {
        view: 'whistleblower draft',
        state: 'empty',
        async act(teller) {
          await reloadWith(teller, madeUpKey.replace('A', 'B'));
          await arriveAt(teller.page, teller.words.whistleblower.draft.gone.title);
        },
      },
    ],
  },
];
