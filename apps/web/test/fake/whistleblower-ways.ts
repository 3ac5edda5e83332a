/** What a whistleblower does on the way to a scene. */
import type { Page } from 'puppeteer-core';
import { arriveAt, press, write } from '../browsers/person.ts';
import { madeUpReceipt } from './scene.ts';
import type { Teller } from './story.ts';

export const recording = 'recording-of-the-meeting.m4a';
export const pickupList = 'pickup-list-with-a-very-long-name-that-somebody-typed-on-a-phone.pdf';

/** Gives files to the file field of the view: names and, as their types, what becomes of them. */
export async function pickFiles(page: Page, files: readonly { name: string; type: string }[]): Promise<void> {
  await page.evaluate((picked) => {
    const field = document.querySelector<HTMLInputElement>('input[type=file]');
    const transfer = new DataTransfer();
    for (const { name, type } of picked)
      transfer.items.add(new File([type === '' ? '' : 'x'.repeat(2_400_000)], name, { type }));
    if (field !== null) field.files = transfer.files;
    field?.dispatchEvent(new Event('change'));
  }, files);
}

export async function openReceiptForm({ page, words }: Teller): Promise<void> {
  await press(page, words.firstView.home.return);
  await arriveAt(page, words.whistleblower.return.title);
}

export async function openReport(teller: Teller): Promise<void> {
  const { page, words } = teller;
  await openReceiptForm(teller);
  await write(page, '#receipt', madeUpReceipt);
  await press(page, words.whistleblower.return.open);
  await arriveAt(page, words.whistleblower.report.title);
}

export async function beginReport({ page, words, say }: Teller): Promise<void> {
  await press(page, words.firstView.home.write);
  await press(page, say('Investigations desk'));
  await arriveAt(page, say('What happened'));
}

export async function writeStory({ page, say }: Teller): Promise<void> {
  await write(page, '#question-title', say('Barrels without papers behind hall 4'));
  await write(
    page,
    '#question-story',
    say('Since the spring, two lorries come every second Thursday.\n\nI saw the list.'),
  );
}

export async function goToReview(teller: Teller): Promise<void> {
  const { page, words, say } = teller;
  await beginReport(teller);
  await writeStory(teller);
  for (const heading of ['When and where', 'Who knows', 'Files']) {
    await press(page, words.shared.next);
    await arriveAt(page, say(heading));
  }
  await press(page, words.shared.next);
  await arriveAt(page, words.whistleblower.review.title);
}
