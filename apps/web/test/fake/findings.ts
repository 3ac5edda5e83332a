/** What is wrong with what a page shows, as sentences; empty when nothing is. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'puppeteer-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** WCAG 2.2 at A and AA, and what axe counts as good practice. */
const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Each rule of axe that the page breaks, with the elements that break it. `colours`: only the rules that a colour can break. */
export async function axeFindings(page: Page, only: 'all' | 'colours'): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axeSource);
  const runOnly =
    only === 'all'
      ? { type: 'tag' as const, values: standards }
      : { type: 'rule' as const, values: ['color-contrast', 'link-in-text-block'] };
  const { violations } = await page.evaluate(
    // why: the script above put it there
    (options) => (globalThis as unknown as { axe: typeof axe }).axe.run(document, options),
    { runOnly, resultTypes: ['violations' as const] },
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
}

/** Whether the page is wider than its window, with the elements that stick out. What scrolls by itself may be wider. */
export function widthFindings(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 1 && (right > clientWidth + 1 || left < -1);
    });
    return [
      `${scrollWidth} px in a window of ${clientWidth}: ${wide.map((element) => `${element.tagName}.${element.className}`).join(', ')}`,
    ];
  });
}

/** Texts that are cut at the edge of their own box. */
export function cutFindings(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *, dialog[open] *, header *')]
      .filter((element) => {
        const { overflowX, overflowY } = getComputedStyle(element);
        const hides = (overflow: string) => overflow === 'hidden' || overflow === 'clip';
        return (
          // What is typed scrolls in its field.
          !element.closest('.for-readers, progress, input, textarea') &&
          ((hides(overflowX) && element.scrollWidth > element.clientWidth) ||
            (hides(overflowY) && element.scrollHeight > element.clientHeight))
        );
      })
      .map((element) => `${element.tagName}.${element.className} cuts “${element.textContent.slice(0, 40)}”`),
  );
}

/**
 * Words in Latin letters on a page whose whole catalogue has none: they stand in a template, not in the catalogue.
 *
 * @param names of accounts, which no language changes.
 */
export function escapedWords(page: Page, names: readonly string[]): Promise<string[]> {
  return page.evaluate((accounts) => {
    /** Codes and addresses, which no language changes either. */
    const exempt = '.secret, .fingerprint, script, style, noscript';
    const escaped: string[] = [];
    const judge = (text: string, where: string) => {
      const isAddress = /^\S+@\S+$/.test(text.trim());
      if (/[a-z]{2,}/i.test(text) && !accounts.includes(text.trim()) && !isAddress)
        escaped.push(`${where}: ${text.trim()}`);
    };
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest(exempt) !== null) continue;
      for (const node of element.childNodes)
        if (node.nodeType === Node.TEXT_NODE) judge(node.nodeValue ?? '', element.tagName);
      for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description'])
        judge(element.getAttribute(name) ?? '', `${element.tagName}[${name}]`);
    }
    return escaped;
  }, names);
}
