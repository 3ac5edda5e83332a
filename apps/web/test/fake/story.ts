/** What a story is: a person's way through the views of a page, each scene one state of one view, told in either language. */
import type { Page } from 'puppeteer-core';
import type { Place as MemberPlace } from '../../src/member/place.ts';
import type { Place as WhistleblowerPlace } from '../../src/whistleblower/flow.ts';
import type { Mood } from './mood.ts';
import type { Words } from './words.ts';

export type State = 'empty' | 'full' | 'waiting' | 'error';
/** A place of either flow, or a question that stands before it. */
export type View =
  | `whistleblower ${WhistleblowerPlace}`
  | `member ${MemberPlace}`
  | 'whistleblower leave-question'
  | 'member delete-question'
  | 'member settings-question'
  | 'member keep-out-question'
  | 'member delete-account-question';

/** Which states a view has. A new place of a flow does not compile until it stands here, and fails until a story reaches it. */
export const statesOf: Readonly<Record<View, readonly State[]>> = {
  'whistleblower home': ['empty', 'full', 'waiting', 'error'],
  'whistleblower draft': ['empty', 'waiting', 'error'],
  'whistleblower channel': ['empty', 'full', 'waiting', 'error'],
  'whistleblower step': ['empty', 'full', 'waiting', 'error'],
  'whistleblower review': ['empty', 'full', 'waiting', 'error'],
  'whistleblower leave-question': ['full'],
  'whistleblower sending': ['waiting'],
  'whistleblower receipt': ['full'],
  'whistleblower return': ['empty', 'full', 'waiting', 'error'],
  'whistleblower report': ['empty', 'full', 'waiting', 'error'],
  'member starting': ['waiting', 'error'],
  'member sign-in': ['empty', 'full', 'waiting', 'error'],
  'member code': ['empty', 'full', 'waiting', 'error'],
  'member due': ['empty', 'waiting', 'error'],
  'member preferences': ['full', 'waiting', 'error'],
  'member setup': ['empty', 'full', 'waiting', 'error'],
  'member activation': ['empty', 'full', 'waiting', 'error'],
  'member keys-made': ['full'],
  'member list': ['empty', 'full', 'waiting', 'error'],
  'member report': ['empty', 'full', 'waiting', 'error'],
  'member delete-question': ['full'],
  'member settings-question': ['full'],
  'member keep-out-question': ['full'],
  'member delete-account-question': ['full'],
  'member people': ['empty', 'full', 'waiting', 'error'],
  'member settings': ['empty', 'full', 'waiting', 'error'],
  'member forgot': ['empty', 'full', 'waiting', 'error'],
  'member reset': ['empty', 'full', 'waiting', 'error'],
  'member sessions': ['full', 'waiting', 'error'],
};

/** Who tells: the page, the words it shows, and how made-up people say something in its language. */
export type Teller = {
  readonly page: Page;
  readonly words: Words;
  readonly say: (text: string) => string;
};
export type Scene = {
  readonly view: View;
  readonly state: State;
  /** What sets it apart from other scenes of the same state, in a word or two. */
  readonly as?: string;
  /** Comes here from the scene before, and waits until it is in view. */
  readonly act: (teller: Teller) => Promise<unknown>;
};
export type Story = {
  readonly name: string;
  readonly address: string;
  readonly mood?: Mood;
  readonly scenes: readonly Scene[];
};

/** The name of a scene, good for a file: `whistleblower-step-error-files`. No two scenes have the same. */
export function nameOf({ view, state, as }: Scene): string {
  return [view, state, as ?? '']
    .filter((part) => part !== '')
    .join(' ')
    .replaceAll(' ', '-');
}
