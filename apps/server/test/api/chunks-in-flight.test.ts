/** Chunks are bounded by their bytes under way in a session, and a session that sends too much disturbs no other. */
import assert from 'node:assert/strict';
import { type ClientRequest, request } from 'node:http';
import { describe, it } from 'node:test';
import { chunkBodyMaxBytes } from '@sotto/contract/route';
import { ok, refused } from '../support/site.ts';
import { makeWorld, type World } from '../support/world.ts';

/** Begins to send a chunk and goes no further than its first byte. */
function begin({ running, right, sessions }: World): ClientRequest {
  const { file, index } = right.putOwnChunk.path ?? {};
  const sending = request({
    host: '127.0.0.1',
    port: running.port,
    method: 'PUT',
    path: `/api/whistleblower/files/${file}/chunks/${index}`,
    headers: {
      'X-Session': sessions.whistleblower,
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(chunkBodyMaxBytes),
    },
  });
  sending.on('error', () => {});
  sending.write(Uint8Array.of(1));
  return sending;
}

describe('chunks under way', () => {
  it('are sixteen in a session at the most; another session goes on, and once they ended there is room again', async (test) => {
    const world = await makeWorld(test);
    const { running, right } = world;
    const begun = Array.from({ length: 16 }, () => begin(world));
    let full = await running.call('putOwnChunk', right.putOwnChunk);
    for (let tries = 0; full.status !== 429 && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      full = await running.call('putOwnChunk', right.putOwnChunk);
    }
    refused(full, 429, 'TOO_MANY');
    ok(await running.call('putChunk', right.putChunk));
    for (const sending of begun) sending.destroy();
    let after = await running.call('putOwnChunk', right.putOwnChunk);
    for (let tries = 0; after.status === 429 && tries < 100; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      after = await running.call('putOwnChunk', right.putOwnChunk);
    }
    ok(after);
    assert.equal(after.status, 200);
  });
});
