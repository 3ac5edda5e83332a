/** The words of the frame of both pages. */
import { InjectionToken } from '@angular/core';
import { frameWords } from './en-frame.ts';

export type FrameWords = typeof frameWords;

export const FRAME_WORDS = new InjectionToken<FrameWords>('frame words', { factory: () => frameWords });
