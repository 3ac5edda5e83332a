/** What the server says besides its answers: its log, violations of the content policy, and nothing else. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type RouteName, routes } from '@sotto/contract/routes';
import { newId } from '../support/made-up.ts';
import { runServer } from '../support/running.ts';
import { makeSite, ok, refused } from '../support/site.ts';
import { makeWorld } from '../support/world.ts';

/** Every string of a request, however deep. */
function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  return Object.values(value).flatMap(stringsOf);
}

describe('the log', () => {
  it('of every route, right and wrong, holds nothing that was sent', async (test) => {
    const { running, right } = await makeWorld(test);
    const sent = new Set<string>();
    // Object.keys gives strings; these are the keys of the contract's object.
    for (const name of Object.keys(routes) as RouteName[]) {
      for (const text of stringsOf(right[name])) if (text.length > 3) sent.add(text);
      await running.call(name, right[name]);
      await running.call(name, { ...right[name], body: '{"secret' });
    }
    await running.send('GET', `/api/recipient/reports/${newId()}`);
    await running.server.stop();
    const lines = running.lines.join('');
    assert.ok(sent.size > 60);
    for (const text of sent) {
      if (['opened', 'recipient', 'Ines', 'ines', 'Ruth', 'sotto', 'starttls'].includes(text)) continue; // words, looked for below
      assert.ok(!lines.includes(text), 'a value of a request is in the log');
    }
    assert.doesNotMatch(lines, /ines|ruth|127\.0\.0\.1|[0-9a-f]{8}-[0-9a-f]{4}/i);
    for (const line of running.lines) {
      const { entry } = JSON.parse(line);
      assert.ok(['started', 'site-made', 'forgotten', 'mail-sent', 'stopped'].includes(entry), line);
    }
  });
});

describe('violations of the content policy', () => {
  it('are counted by directive, without anything of the page', async (test) => {
    const running = await runServer(test);
    const report = (body: unknown, type = 'application/csp-report') =>
      running.send('POST', '/api/report', { body, headers: { 'Content-Type': type } });
    const violation = {
      'csp-report': {
        'effective-directive': 'script-src-elem',
        'script-sample': 'what the whistleblower wrote',
        'document-uri': 'https://example.org/#secret',
      },
    };
    for (let count = 0; count < 5; count += 1) assert.equal((await report(violation)).status, 204);
    assert.equal((await report({ 'csp-report': { 'violated-directive': 'made-up' } })).status, 204);
    assert.equal((await report('no json')).status, 204);
    assert.equal(
      (await report([{ body: { effectiveDirective: 'style-src' } }], 'application/reports+json')).status,
      204,
    );
    assert.equal((await report(violation, 'text/plain')).status, 415);
    assert.equal((await report(' '.repeat(16 * 1024 + 1))).status, 413);
    assert.equal((await running.send('GET', '/api/report')).status, 405);
    const lines = running.lines.slice(1).map((line) => JSON.parse(line));
    const of = (directive: string, count: number) => ({ entry: 'content-policy-violated', directive, count });
    assert.deepEqual(lines, [
      of('script-src-elem', 1),
      of('script-src-elem', 2),
      of('script-src-elem', 4),
      of('unknown', 1),
      of('unknown', 2),
      of('style-src', 1),
    ]);
  });
});

describe('a fault of the server’s own', () => {
  it('is told by its code alone, logged by its name alone, and ends no other request', async (test) => {
    const secret = 'at /srv/sotto/transport.js:13 for ada@example.org';
    const mailTransport = async () => Promise.reject(new TypeError(secret));
    const { running, right } = await makeWorld(test, { mailTransport });
    const answer = await running.call('testMail', right.testMail);
    refused(answer, 500, 'FAILED');
    assert.deepEqual(answer.json, { error: { code: 'FAILED' } });
    const lines = running.lines.map((line) => JSON.parse(line));
    const failed = lines.filter(({ entry }) => entry === 'request-failed');
    assert.deepEqual(failed, [{ entry: 'request-failed', route: 'testMail', code: 'TypeError' }]);
    assert.ok(!running.lines.join('').includes('transport.js'));
    ok(await running.call('site'));
  });

  it('that would answer what the contract does not allow answers nothing of it', async (test) => {
    const right = await runServer(test);
    await makeSite(right);
    await right.server.stop();
    const running = await runServer(test, { homePath: right.home, limits: { file: -1, report: -1 } });
    const answer = await running.call('site');
    refused(answer, 500, 'FAILED');
    assert.deepEqual(answer.json, { error: { code: 'FAILED' } });
    assert.ok(running.lines.includes('{"entry":"answer-refused","route":"site"}\n'));
  });
});
