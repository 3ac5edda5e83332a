/** docs/security/sessions.md names every way in: each route that asks for no session, but for those that let nobody in. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import type { Route } from '@sotto/contract/route';
import { routes } from '@sotto/contract/routes';

const page = join(import.meta.dirname, '../../../../docs/security/sessions.md');

/** They tell what anybody may know, or whether a link still lives. */
const lettingNobodyIn: ReadonlySet<string> = new Set(['site', 'token', 'salt', 'activation', 'resetLink']);
/** They want a session, and give another one or a longer one. */
const goingOn: readonly string[] = ['resume', 'renewSession'];

it('the page of sessions has every way in', () => {
  const open = Object.entries(routes).flatMap(([name, given]) => {
    const route: Route = given;
    return route.session.includes('none') && !lettingNobodyIn.has(name) ? [name] : [];
  });
  const [, part = ''] = readFileSync(page, 'utf8').split('\n## Ways in\n');
  const table = part.split('\n## ')[0] ?? '';
  const documented = [...table.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
  assert.deepEqual(documented.toSorted(), [...open, ...goingOn].toSorted());
});
