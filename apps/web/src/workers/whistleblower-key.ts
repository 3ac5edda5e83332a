/** The whistleblower's key worker: holds the keys, and serves the page the acts of its agent and nothing else. */
import { createWhistleblowerAgent } from '@sotto/client/whistleblower';
import { serveCalls } from '../platform/remote-call.ts';
import { browserEnvironment } from './browser-environment.ts';

serveCalls(globalThis, createWhistleblowerAgent(browserEnvironment()), [
  'openSite',
  'attachToDraft',
  'removeFromDraft',
  'keepDraft',
  'resumeDraft',
  'forgetDraft',
  'submit',
  'returnWith',
  'refresh',
  'comment',
  'attach',
  'pause',
  'download',
  'sessionLeft',
  'renewSession',
  'downloadInto',
  'leave',
]);
