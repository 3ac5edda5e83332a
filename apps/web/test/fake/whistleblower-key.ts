/** A key worker without keys: answers like the true one, from the scene. Never shipped. */
import type { WhistleblowerAgent } from '@sotto/client/agents';
import type { OnProgress } from '@sotto/client/views';
import { failedBy, RemoteError, serveCalls } from '../../src/platform/remote-call.ts';
import { failingType, fakeSetting, inMood, waitingType } from './mood.ts';
import { draftOf, fakeScene, madeUpKey, madeUpReceipt } from './scene.ts';

const setting = fakeSetting();
const { site, report } = fakeScene(setting);
let open = report;

function done(stage: 'stretching' | 'sending' | 'receiving', on: OnProgress): void {
  on({ stage, done: 1000, total: 1000 });
}

const agent: WhistleblowerAgent = {
  openSite: async (linkKey) => ({ ...site, keyCheck: linkKey === null ? site.keyCheck : 'matched' }),
  attachToDraft: async (_, file, on) => {
    if (file.type === failingType) throw new RemoteError(failedBy('UNREACHABLE'));
    on({ stage: 'sending', done: file.content.size * 0.43, total: file.content.size });
    if (file.type === waitingType) await new Promise(() => {});
    done('sending', on);
  },
  removeFromDraft: async () => {},
  keepDraft: async () => ({ key: madeUpKey }),
  resumeDraft: async (key) =>
    key === madeUpKey ? { state: 'writing', draft: draftOf(site, setting.language) } : null,
  forgetDraft: async () => {},
  submit: async (_, answers, on) => {
    done('stretching', on);
    open = { ...report, answers, messages: [], files: [] };
    return { receipt: madeUpReceipt };
  },
  returnWith: async (_, on) => {
    done('stretching', on);
    return open;
  },
  refresh: async () => open,
  comment: async (text) => {
    const message = { id: crypto.randomUUID(), from: 'whistleblower', name: '', own: true, text } as const;
    open = { ...open, messages: [...open.messages, message] };
    return open;
  },
  pause: async () => {},
  attach: async (_, file, on) => {
    done('sending', on);
    const added = {
      id: crypto.randomUUID(),
      name: file.name,
      type: file.type,
      size: file.content.size,
      from: 'whistleblower',
      whole: true,
      own: true,
    } as const;
    open = { ...open, files: [...open.files, added] };
    return open;
  },
  download: async (_, on) => {
    done('receiving', on);
    return new Blob(['made up']);
  },
  downloadInto: async () => {},
  sessionLeft: async () => setting.mood.sessionLeft ?? null,
  renewSession: async () => 1800,
  leave: async () => {},
};
// why: an object's keys are its acts
serveCalls(globalThis, inMood(agent, setting.mood), Object.keys(agent) as (keyof WhistleblowerAgent)[]);
