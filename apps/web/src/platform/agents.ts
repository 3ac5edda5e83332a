/** The agent behind the page's key worker, for everything that injects it. */
import { InjectionToken } from '@angular/core';
import type { MemberAgent, WhistleblowerAgent } from '@sotto/client/agents';

export const WHISTLEBLOWER_AGENT = new InjectionToken<WhistleblowerAgent>('whistleblower agent');
export const MEMBER_AGENT = new InjectionToken<MemberAgent>('member agent');
