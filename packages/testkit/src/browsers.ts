/**
 * Real browsers for the tests: Debian's Chromium and Firefox ESR, each on a fresh profile, driven by puppeteer-core.
 * A page collects what went wrong in it, so that a test can say "nothing did".
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

export type BrowserName = 'chromium' | 'firefox';
export const browserNames: readonly BrowserName[] = ['chromium', 'firefox'];

/** What a page complained about; each list is empty in a good run. */
export type Complaints = {
  /** Errors and warnings of the console, and exceptions nobody caught. */
  readonly errors: string[];
  /** Content-Security-Policy and Trusted Types violations: `directive blocked-uri`. */
  readonly violations: string[];
};
export type WatchedPage = { readonly page: Page; readonly complaints: Complaints };
export type LaunchedBrowser = {
  readonly name: BrowserName;
  /** The profile's folder: what the browser keeps is found here. */
  readonly profile: string;
  newPage(): Promise<WatchedPage>;
  /** Processor time of all its processes so far, in seconds: unlike the clock, other programs do not make it longer. */
  processorSeconds(): Promise<number>;
  /** Memory of all its processes now, in megabytes; what they share counts once. */
  memoryMegabytes(): Promise<number>;
  /** Ends the browser as a person does; its profile stays until `close`. */
  end(): Promise<void>;
  /** Ends the browser and removes its profile. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};
export type LaunchOptions = {
  /** Names that resolve to 127.0.0.1 in this browser alone, e.g. `sotto.test`: a name other than localhost. */
  readonly loopbackNames?: readonly string[];
  /** Where downloads go; without it they are refused. */
  readonly downloads?: string;
  /** Further flags for Chromium's command line. */
  readonly flags?: readonly string[];
  readonly dark?: boolean;
  readonly reducedMotion?: boolean;
};

/** No sandbox: tests run as root. No background traffic: what the server sees is what the page did. */
const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Chromium names some Permissions-Policy features unknown, and says that it ignores Cross-Origin-Opener-Policy and
 * Clear-Site-Data over plain http under another name than localhost. The headers are fixed by the field and the address by the test: no complaints.
 */
const expectedWarning =
  /Unrecognized feature|Error with Permissions-Policy header|Cross-Origin-Opener-Policy header has been ignored|Clear-Site-Data header on '[^']*': Not supported for insecure origins/;

/** Runs in every document; a string, because this room is typed without a document. */
const reportViolations = `document.addEventListener('securitypolicyviolation', (event) => {
  console.info('sotto-violation ' + event.effectiveDirective + ' ' + event.blockedURI);
});`;

/** Starts a browser on a fresh profile. Use with `await using`. */
export async function launchBrowser(
  name: BrowserName,
  options: LaunchOptions = {},
): Promise<LaunchedBrowser> {
  const profile = await mkdtemp(join(tmpdir(), `sotto-${name}-`));
  const browser = name === 'chromium' ? await chromium(profile, options) : await firefox(profile, options);
  const end = async () => {
    if (browser.connected) await browser.close();
  };
  const close = async () => {
    await end();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return {
    name,
    profile,
    newPage: () => watchedPage(browser),
    processorSeconds: () => processorSeconds(browser.process()?.pid ?? -1),
    memoryMegabytes: () => memoryMegabytes(browser.process()?.pid ?? -1),
    end,
    close,
    [Symbol.asyncDispose]: close,
  };
}

function chromium(profile: string, options: LaunchOptions): Promise<Browser> {
  const rules = (options.loopbackNames ?? []).map((name) => `MAP ${name} 127.0.0.1`).join(',');
  return puppeteer.launch({
    browser: 'chrome',
    executablePath: '/usr/bin/chromium',
    headless: true,
    userDataDir: profile,
    ...(options.downloads === undefined
      ? {}
      : { downloadBehavior: { policy: 'allow', downloadPath: options.downloads } }),
    args: [
      ...chromiumFlags,
      ...(rules === '' ? [] : [`--host-resolver-rules=${rules}`]),
      ...(options.dark ? ['--force-dark-mode'] : []),
      ...(options.reducedMotion ? ['--force-prefers-reduced-motion'] : []),
      ...(options.flags ?? []),
    ],
  });
}

function firefox(profile: string, options: LaunchOptions): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: '/usr/bin/firefox-esr',
    headless: true,
    userDataDir: profile,
    extraPrefsFirefox: {
      'network.dns.localDomains': (options.loopbackNames ?? []).join(','),
      'layout.css.prefers-color-scheme.content-override': options.dark ? 0 : 1,
      'ui.prefersReducedMotion': options.reducedMotion ? 1 : 0,
      'browser.download.folderList': 2,
      'browser.download.dir': options.downloads ?? profile,
      'browser.download.useDownloadDir': true,
      'browser.helperApps.neverAsk.saveToDisk': 'application/octet-stream',
    },
  });
}

/** Linux counts processor time in hundredths of a second (sysconf _SC_CLK_TCK). */
const ticksPerSecond = 100;

/** Sums a process and all that descend from it, by /proc (proc(5), stat: 14 to 17 are the times). */
async function processorSeconds(root: number): Promise<number> {
  const ticks = (await familyOf(root)).map(({ fields }) =>
    fields.slice(11, 15).reduce((sum, field) => sum + field, 0),
  );
  return ticks.reduce((sum, each) => sum + each, 0) / ticksPerSecond;
}

/** Pss of a process and all that descend from it, in megabytes: a page that several share counts once (proc(5), smaps_rollup). */
async function memoryMegabytes(root: number): Promise<number> {
  const sizes = (await familyOf(root)).map(async ({ pid }) => {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
    return Number(/^Pss:\s+(\d+) kB$/m.exec(rollup)?.[1] ?? 0);
  });
  return ((await Promise.all(sizes)).reduce((sum, each) => sum + each, 0) * 1024) / 1_000_000;
}

/** A process and all that descend from it, each with its fields of `stat` from the state on (proc(5); the second is the parent). */
async function familyOf(root: number): Promise<{ pid: number; fields: readonly number[] }[]> {
  const processes = new Map<number, readonly number[]>();
  for (const name of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    // A process may end between the two calls.
    const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // The name of the program stands in brackets and may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    processes.set(Number(name), fields.map(Number));
  }
  const descends = (pid: number): boolean =>
    pid === root || (pid > 1 && descends(processes.get(pid)?.[1] ?? 0));
  return [...processes].filter(([pid]) => descends(pid)).map(([pid, fields]) => ({ pid, fields }));
}

async function watchedPage(browser: Browser): Promise<WatchedPage> {
  const page = await browser.newPage();
  const complaints: Complaints = { errors: [], violations: [] };
  page.on('console', (message) => {
    const text = message.text();
    const violation = /^sotto-violation (.*)$/.exec(text)?.[1];
    if (violation !== undefined) complaints.violations.push(violation);
    else if (['error', 'warn'].includes(message.type()) && !expectedWarning.test(text))
      complaints.errors.push(text);
  });
  // A thrown value need not be an Error.
  page.on('pageerror', (error) => complaints.errors.push(String(error)));
  await page.evaluateOnNewDocument(reportViolations);
  return { page, complaints };
}
