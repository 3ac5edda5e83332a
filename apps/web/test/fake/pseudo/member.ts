/** The page of recipients and administrators in the pseudo-language: the same page, another catalogue. Never shipped. */
import { provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { MemberAgent } from '@sotto/client/agents';
import { Member } from '../../../src/member/member.ts';
import { MEMBER_AGENT } from '../../../src/platform/agents.ts';
import { beginAnewWithEachLink } from '../../../src/platform/fragment.ts';
import { startKeyWorker } from '../../../src/platform/key-worker.ts';
import { callRemote } from '../../../src/platform/remote-call.ts';
import { SHARED_WORDS } from '../../../src/words/catalogue.ts';
import { ERROR_WORDS } from '../../../src/words/error-catalogue.ts';
import { FRAME_WORDS } from '../../../src/words/frame-catalogue.ts';
import { MEMBER_WORDS } from '../../../src/words/member-catalogue.ts';
import { SIGN_IN_WORDS } from '../../../src/words/sign-in-catalogue.ts';
import { pseudoErrorWords, pseudoWords } from '../words.ts';

beginAnewWithEachLink();
const agent = callRemote<MemberAgent>(startKeyWorker('/workers/member-key.js'));
void bootstrapApplication(Member, {
  providers: [
    provideZonelessChangeDetection(),
    { provide: MEMBER_AGENT, useValue: agent },
    { provide: FRAME_WORDS, useValue: pseudoWords.frame },
    { provide: SHARED_WORDS, useValue: pseudoWords.shared },
    { provide: ERROR_WORDS, useValue: pseudoErrorWords },
    { provide: SIGN_IN_WORDS, useValue: pseudoWords.signIn },
    { provide: MEMBER_WORDS, useValue: pseudoWords.member },
  ],
});
