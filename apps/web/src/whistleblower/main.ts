/** The door of the whistleblower's page: its key worker, its agent, its first view. */
import { provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { WhistleblowerAgent } from '@sotto/client/agents';
import { WHISTLEBLOWER_AGENT } from '../platform/agents.ts';
import { beginAnewWithEachLink } from '../platform/fragment.ts';
import { startKeyWorker } from '../platform/key-worker.ts';
import { callRemote } from '../platform/remote-call.ts';
import { Whistleblower } from './whistleblower.ts';

beginAnewWithEachLink();
const agent = callRemote<WhistleblowerAgent>(startKeyWorker('/workers/whistleblower-key.js'));
void bootstrapApplication(Whistleblower, {
  providers: [provideZonelessChangeDetection(), { provide: WHISTLEBLOWER_AGENT, useValue: agent }],
});
