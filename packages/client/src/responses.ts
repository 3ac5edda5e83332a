/** Names for answers of routes that more than one module reads. */
import type { ResponseOf } from '@sotto/contract/routes';

export type ItemsResponse = ResponseOf<'items'>;
export type SignInResponse = ResponseOf<'signIn'>;
export type ResumeResponse = ResponseOf<'resume'>;
