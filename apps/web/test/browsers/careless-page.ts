/** A page that lets words fall in every place where a browser keeps them: the counter-proof for a search of its profile. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type Canary, makeCanary } from '@sotto/testkit/canaries';
import type { Page } from 'puppeteer-core';

/** Where words fall, each of its own. */
export type CarelessWords = Readonly<Record<'address' | 'title' | 'storage' | 'cache' | 'field', Canary>>;

/** Another address of loopback, so that its cookie is told from those of other sites. */
export const carelessHost = '127.0.0.2';
/** Often enough that a cache keeps it in a file of its own. */
const cachedTimes = 64;

/** Opens such a page and stays on it. It also leaves a cookie and a database, which browsers pack or encrypt. @returns the words, by place. */
export async function visitCarelessPage(page: Page): Promise<CarelessWords> {
  const words: CarelessWords = {
    address: makeCanary('in the address'),
    title: makeCanary('in the title'),
    storage: makeCanary('in the storage'),
    cache: makeCanary('in the cache'),
    field: makeCanary('in a field'),
  };
  const server = createServer((request, response) => {
    const cached = request.url === '/cached';
    response.writeHead(200, {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': cached ? 'max-age=3600' : 'no-store',
    });
    response.end(
      cached ? words.cache.text.repeat(cachedTimes) : '<!doctype html><textarea id="field"></textarea>',
    );
  });
  server.listen({ host: carelessHost, port: 0 });
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the careless page has no port');
  try {
    await page.goto(`http://${carelessHost}:${address.port}/`);
    const { address: path, title, storage } = words;
    await page.evaluate(dropWords, { path: path.text, title: title.text, storage: storage.text });
    await page.locator('#field').fill(words.field.text);
  } finally {
    server.close();
    server.closeAllConnections();
  }
  return words;
}

/** Runs in the page. */
async function dropWords(words: { path: string; title: string; storage: string }): Promise<void> {
  history.pushState(null, '', `/${encodeURIComponent(words.path)}`);
  document.title = words.title;
  localStorage.setItem('kept', words.storage);
  // biome-ignore lint/suspicious/noDocumentCookie: it is careless on purpose
  document.cookie = 'kept=yes; max-age=3600';
  await (await fetch('/cached')).text();
  const opening = indexedDB.open('kept', 1);
  await new Promise<void>((resolve, reject) => {
    opening.onupgradeneeded = () => opening.result.createObjectStore('kept').put('yes', 'kept');
    opening.onsuccess = () => resolve();
    opening.onerror = () => reject(opening.error);
  });
}
