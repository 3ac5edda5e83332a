/** The whistleblower's page in the pseudo-language: the same page, another catalogue. Never shipped. */
import { provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { WhistleblowerAgent } from '@sotto/client/agents';
import { WHISTLEBLOWER_AGENT } from '../../../src/platform/agents.ts';
import { beginAnewWithEachLink } from '../../../src/platform/fragment.ts';
import { startKeyWorker } from '../../../src/platform/key-worker.ts';
import { callRemote } from '../../../src/platform/remote-call.ts';
import { Whistleblower } from '../../../src/whistleblower/whistleblower.ts';
import { SHARED_WORDS } from '../../../src/words/catalogue.ts';
import { ERROR_WORDS } from '../../../src/words/error-catalogue.ts';
import { FIRST_VIEW_WORDS } from '../../../src/words/first-view-catalogue.ts';
import { FRAME_WORDS } from '../../../src/words/frame-catalogue.ts';
import { WHISTLEBLOWER_WORDS } from '../../../src/words/whistleblower-catalogue.ts';
import { pseudoErrorWords, pseudoWords } from '../words.ts';

beginAnewWithEachLink();
const agent = callRemote<WhistleblowerAgent>(startKeyWorker('/workers/whistleblower-key.js'));
void bootstrapApplication(Whistleblower, {
  providers: [
    provideZonelessChangeDetection(),
    { provide: WHISTLEBLOWER_AGENT, useValue: agent },
    { provide: FRAME_WORDS, useValue: pseudoWords.frame },
    { provide: FIRST_VIEW_WORDS, useValue: pseudoWords.firstView },
    { provide: SHARED_WORDS, useValue: pseudoWords.shared },
    { provide: ERROR_WORDS, useValue: pseudoErrorWords },
    { provide: WHISTLEBLOWER_WORDS, useValue: pseudoWords.whistleblower },
  ],
});
