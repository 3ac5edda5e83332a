/** The door of the page for recipients and administrators: its key worker, its agent, its first view. */
import { provideZonelessChangeDetection } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import type { MemberAgent } from '@sotto/client/agents';
import { MEMBER_AGENT } from '../platform/agents.ts';
import { beginAnewWithEachLink } from '../platform/fragment.ts';
import { startKeyWorker } from '../platform/key-worker.ts';
import { callRemote } from '../platform/remote-call.ts';
import { memberErrorWords } from '../words/en-member-errors.ts';
import { ERROR_WORDS } from '../words/error-catalogue.ts';
import { Member } from './member.ts';

beginAnewWithEachLink();
const agent = callRemote<MemberAgent>(startKeyWorker('/workers/member-key.js'));
void bootstrapApplication(Member, {
  providers: [
    provideZonelessChangeDetection(),
    { provide: MEMBER_AGENT, useValue: agent },
    { provide: ERROR_WORDS, useValue: memberErrorWords },
  ],
});
