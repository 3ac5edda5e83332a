/**
 * A person who does not see the page: knows only the accessibility tree (roles, names, states), hears what live regions announce, and
 * acts by keyboard on what has been found there. Chromium alone gives a tree.
 */
import assert from 'node:assert/strict';
import type { Page, SerializedAXNode } from 'puppeteer-core';

const patience = 120_000;
const between = 100;

/** Runs in every document: keeps what live regions say, when it appears or changes. A string, as testkit's other such scripts. */
const keepAnnouncements = `globalThis.announced = [];
new MutationObserver((changes) => {
  for (const { target, addedNodes } of changes) {
    const from = target.nodeType === Node.TEXT_NODE ? target.parentElement : target;
    const region = from?.closest?.('[role=status], [role=alert], [aria-live]');
    const inside = [...addedNodes].flatMap((node) =>
      node instanceof Element ? [...(node.matches('[role=status], [role=alert], [aria-live]') ? [node] : []), ...node.querySelectorAll('[role=status], [role=alert], [aria-live]')] : []);
    for (const each of new Set([...(region ? [region] : []), ...inside])) {
      const copy = each.cloneNode(true);
      for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove();
      const text = copy.textContent.replace(/\\s+/g, ' ').trim();
      if (text !== '' && announced.at(-1) !== text) announced.push(text);
    }
  }
}).observe(document, { childList: true, characterData: true, subtree: true });`;

export type Heard = SerializedAXNode;

export type Reader = {
  /** Waits for the first of this role whose name begins so. @throws AssertionError with all that is there, when it does not come. */
  find(role: string, name: string): Promise<Heard>;
  /** Whether it is there now. */
  has(role: string, name: string): Promise<boolean>;
  /** Waits until the focus is on a heading of the first level with this name, as after each change of view. */
  arriveAt(heading: string): Promise<void>;
  /** Focuses it and presses the key. */
  activate(role: string, name: string, key?: 'Enter' | 'Space'): Promise<void>;
  /** Writes it in place of what the field holds. */
  type(role: string, name: string, text: string): Promise<void>;
  /** Waits until a live region has said this. */
  hear(text: string): Promise<void>;
  /** All that live regions have said so far, in order. */
  announced(): Promise<readonly string[]>;
  /** Every node of the tree, in reading order. */
  readAll(): Promise<readonly Heard[]>;
};

/** Begins to listen; before the page is opened. */
export async function startReader(page: Page): Promise<Reader> {
  await page.evaluateOnNewDocument(keepAnnouncements);
  const readAll = async () => flat(await page.accessibility.snapshot({ interestingOnly: false }));
  const matching = async (role: string, name: string) =>
    (await readAll()).find((node) => node.role === role && (node.name ?? '').startsWith(name));
  const announced = () => page.evaluate('globalThis.announced') as Promise<readonly string[]>; // why: the script above made it a list of texts

  async function until<T>(look: () => Promise<T | undefined>, what: string): Promise<T> {
    const deadline = Date.now() + patience;
    for (;;) {
      const found = await look();
      if (found !== undefined) return found;
      if (Date.now() > deadline) {
        const tree = (await readAll())
          .filter(({ name }) => name)
          .map(({ role, name }) => `${role} “${name}”`);
        assert.fail(`no ${what}; heard: ${(await announced()).join(' | ')}; there is:\n${tree.join('\n')}`);
      }
      await new Promise((resolve) => setTimeout(resolve, between));
    }
  }

  const find = (role: string, name: string) => until(() => matching(role, name), `${role} “${name}”`);
  async function focus(role: string, name: string): Promise<void> {
    const element = await (await find(role, name)).elementHandle();
    assert(element, `${role} “${name}” is no element`);
    await element.focus();
  }
  return {
    find,
    readAll,
    announced,
    has: async (role, name) => (await matching(role, name)) !== undefined,
    async arriveAt(heading) {
      await until(async () => {
        const found = await matching('heading', heading);
        return found?.level === 1 && found.focused ? found : undefined;
      }, `focused heading “${heading}”`);
    },
    async activate(role, name, key = 'Enter') {
      await focus(role, name);
      await page.keyboard.press(key);
    },
    async type(role, name, text) {
      await focus(role, name);
      await page.keyboard.down('Control');
      await page.keyboard.press('a');
      await page.keyboard.up('Control');
      await page.keyboard.type(text);
    },
    async hear(text) {
      await until(
        async () => ((await announced()).some((said) => said.includes(text)) ? true : undefined),
        `announcement “${text}”`,
      );
    },
  };
}

function flat(node: SerializedAXNode | null): SerializedAXNode[] {
  return node === null ? [] : [node, ...(node.children ?? []).flatMap(flat)];
}
