/** The words of the page for recipients and administrators. */
import { InjectionToken } from '@angular/core';
import { memberWords } from './en-member.ts';

export type MemberWords = typeof memberWords;

export const MEMBER_WORDS = new InjectionToken<MemberWords>('member words', { factory: () => memberWords });
