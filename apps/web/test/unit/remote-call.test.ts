/** Calls across a worker's edge, over a true message channel. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Progress } from '@sotto/client/views';
import {
  type CallingEnd,
  callRemote,
  codeOf,
  failureOf,
  RemoteError,
  serveCalls,
} from '../../src/platform/remote-call.ts';

type Echo = {
  echo(text: string): Promise<string>;
  count(to: number, onProgress: (progress: Progress) => void): Promise<number>;
  fail(code: string, retryAfter?: number): Promise<never>;
  secret(): Promise<string>;
};
const agent: Echo = {
  echo: async (text) => text,
  count: async (to, onProgress) => {
    for (let done = 1; done <= to; done += 1) onProgress({ stage: 'sending', done, total: to });
    return to;
  },
  fail: async (code, retryAfter) => {
    throw Object.assign(new Error('content that must not cross'), { code, retryAfter });
  },
  secret: async () => 'not for the page',
};

function pair(): { remote: Echo; breakDown: () => void; [Symbol.dispose]: () => void } {
  const { port1, port2 } = new MessageChannel();
  // why: Node's ports are EventTargets whose listeners are typed for every event
  serveCalls(port2 as unknown as Parameters<typeof serveCalls>[0], agent, ['echo', 'count', 'fail']);
  let breakDown = () => {};
  const end: CallingEnd = {
    postMessage: (message) => port1.postMessage(message),
    addEventListener(type: 'message' | 'error', listener: (event: { data: unknown }) => void) {
      if (type === 'error') breakDown = () => listener({ data: null });
      else port1.addEventListener('message', (event) => listener({ data: (event as MessageEvent).data })); // why: it is one
    },
  };
  const remote = callRemote<Echo>(Promise.resolve(end));
  port1.start();
  port2.start();
  return {
    remote,
    breakDown: () => breakDown(),
    [Symbol.dispose]: () => port1.close(),
  };
}

test('answers find their callers, whatever order they come in', async () => {
  using there = pair();
  const texts = ['one', 'two', 'three'];
  assert.deepEqual(await Promise.all(texts.map((text) => there.remote.echo(text))), texts);
});

test('progress arrives in order, before the value', async () => {
  using there = pair();
  const seen: number[] = [];
  assert.equal(await there.remote.count(3, ({ done }) => seen.push(done)), 3);
  assert.deepEqual(seen, [1, 2, 3]);
});

test('a failure crosses as its code alone', async () => {
  using there = pair();
  const failure = await there.remote.fail('WRONG_CREDENTIAL').catch((error: unknown) => error);
  assert.ok(failure instanceof RemoteError);
  assert.equal(failure.code, 'WRONG_CREDENTIAL');
  assert.ok(!String(failure.stack).includes('content that must not cross'));
});

test('a failure without a code of the right form is unexpected', () => {
  for (const error of [
    new Error('x'),
    'x',
    null,
    { code: 5 },
    { code: 'lower case' },
    { code: 'A'.repeat(65) },
  ])
    assert.equal(codeOf(error), 'UNEXPECTED');
});

test('how long the server wants to be left alone crosses with the code', async () => {
  using there = pair();
  const failureOfAct = (retryAfter?: number) => there.remote.fail('TOO_MANY', retryAfter).catch(failureOf);
  assert.deepEqual(await failureOfAct(719), { code: 'TOO_MANY', retryAfter: 719 });
  assert.deepEqual(await failureOfAct(), { code: 'TOO_MANY', retryAfter: null });
});

test('an act that was not named is not served', async () => {
  using there = pair();
  await assert.rejects(there.remote.secret(), { code: 'UNEXPECTED' });
});

test('when the worker breaks, acts that wait and later ones fail', async () => {
  using there = pair();
  assert.equal(await there.remote.echo('it runs'), 'it runs');
  const waiting = there.remote.count(1, () => {});
  there.breakDown();
  await assert.rejects(waiting, { code: 'WORKER_FAILED' });
  await assert.rejects(there.remote.echo('later'), { code: 'WORKER_FAILED' });
});

test('acts called before the worker is there wait for it, and fail when it does not start', async () => {
  let start = (_: CallingEnd): void => {};
  const remote = callRemote<Echo>(
    new Promise((resolve) => {
      start = resolve;
    }),
  );
  const early = remote.echo('early');
  const { port1, port2 } = new MessageChannel();
  // why: as in pair()
  serveCalls(port2 as unknown as Parameters<typeof serveCalls>[0], agent, ['echo']);
  start({
    postMessage: (message) => port1.postMessage(message),
    addEventListener(type: 'message' | 'error', listener: (event: { data: unknown }) => void) {
      if (type === 'message')
        port1.addEventListener('message', (event) => listener({ data: (event as MessageEvent).data })); // why: as in pair()
    },
  });
  port1.start();
  port2.start();
  assert.equal(await early, 'early');
  port1.close();

  const never = callRemote<Echo>(Promise.reject(new Error('no worker')));
  await assert.rejects(never.echo('x'), { code: 'WORKER_FAILED' });
});
