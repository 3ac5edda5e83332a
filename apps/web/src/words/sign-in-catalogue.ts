/** The words of the sign-in, and of what stands around every room of members. */
import { InjectionToken } from '@angular/core';
import { signInWords } from './en-sign-in.ts';

export type SignInWords = typeof signInWords;

export const SIGN_IN_WORDS = new InjectionToken<SignInWords>('sign-in words', { factory: () => signInWords });
