/** What a person does in a page: reads words, presses buttons, fills fields, picks files. Every step waits until it can be done. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Page } from 'puppeteer-core';

/** Stretching takes three seconds, on a machine that others use too a few times that. */
const patience = 120_000;

/** XPath's way to write a text that may hold quotes. */
function quoted(text: string): string {
  return `concat("", ${text
    .split('"')
    .map((part) => `"${part}"`)
    .join(", '\"', ")})`;
}

/** Does something with what an XPath finds; when it does not come, says what the page shows instead. */
async function find(page: Page, path: string, act: 'click' | 'wait'): Promise<void> {
  const locator = page.locator(`::-p-xpath(${path})`).setTimeout(patience);
  try {
    if (act === 'wait') {
      await locator.wait();
      return;
    }
    // To the middle of the screen first: at the edge the header, which stays, would take the click.
    const element = await locator.waitHandle();
    await element.evaluate((found) => found.scrollIntoView({ block: 'center', behavior: 'instant' }));
    await locator.click();
  } catch (cause) {
    // biome-ignore lint/performance/useDomNodeTextContent: as it is seen, with its lines
    const shown = await page.evaluate(() => document.querySelector('main')?.innerText ?? '');
    throw new Error(`could not ${act} ${path}; the page shows:\n${shown}`, { cause });
  }
}

/** Presses the button whose words begin so. */
export async function press(page: Page, words: string): Promise<void> {
  await find(page, `//button[starts-with(normalize-space(.), ${quoted(words)})]`, 'click');
}

/** Clicks the label of a choice. */
export async function choose(page: Page, words: string): Promise<void> {
  await find(page, `//label[starts-with(normalize-space(.), ${quoted(words)})]`, 'click');
}

/** Waits until the heading of the view is this. */
export async function arriveAt(page: Page, heading: string): Promise<void> {
  await find(page, `//h1[normalize-space(.) = ${quoted(heading)}]`, 'wait');
}

/**
 * Waits until some element that is seen holds this in its own text. Asked again and again: puppeteer's waiting does not notice a text
 * that changes in its place.
 */
export async function read(page: Page, text: string): Promise<void> {
  await until(page, isSeen, text, `nowhere stands “${text}”`);
}

/** Asks the page until it says yes. While it is being loaded it says nothing. */
export async function until<Given>(
  page: Page,
  says: (given: Given) => boolean,
  given: Given,
  otherwise: string,
): Promise<void> {
  const deadline = Date.now() + patience;
  // why: puppeteer types what it passes on by the function alone, and this one takes what is given
  while (!(await page.evaluate(says as (asked: unknown) => boolean, given).catch(() => false))) {
    if (Date.now() > deadline) {
      // biome-ignore lint/performance/useDomNodeTextContent: as it is seen, with its lines
      const shown = await page.evaluate(() => document.querySelector('main')?.innerText ?? '');
      throw new Error(`${otherwise}; the page shows:\n${shown}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function isSeen(text: string): boolean {
  return [...document.body.querySelectorAll('*')].some(
    (element) =>
      [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.includes(text)) &&
      element.checkVisibility(),
  );
}

export async function write(page: Page, field: string, text: string): Promise<void> {
  await page.locator(field).setTimeout(patience).fill(text);
}

/** Picks a file in the only file field of the view. */
export async function pickFile(page: Page, path: string): Promise<void> {
  const field = await page.waitForSelector('input[type=file]', { timeout: patience });
  // why: the selector finds inputs alone
  await (field as unknown as { uploadFile(path: string): Promise<void> }).uploadFile(path);
}

/** The text an element shows, without its spaces. */
export async function textOf(page: Page, selector: string): Promise<string> {
  const element = await page.waitForSelector(selector, { timeout: patience });
  const text = await element?.evaluate((found) => found.textContent);
  return (text ?? '').replaceAll(/\s/g, '');
}

/** Waits until a download has all its bytes. @returns its path. */
export async function downloaded(folder: string, bytes: number): Promise<string> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      if (/\.(?:part|crdownload)$/.test(name)) continue;
      // A browser may rename the file between the two calls.
      const size = await stat(path).then(
        (found) => found.size,
        () => -1,
      );
      if (size === bytes) return path;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no file of ${bytes} bytes came; there is ${(await readdir(folder)).join(', ')}`);
}

export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
