/** English words of the frame of both pages, which is there before any place. */
export const frameWords = {
  language: 'en',
  direction: 'ltr' as 'ltr' | 'rtl', // why: a catalogue of another language has the other value
  skip: 'Skip to the content',
  newTab: 'opens in a new tab',
  losing: { title: 'If this page is closed or loaded again, you lose:', close: 'Close' },
  /** What comes behind the first view (decision 0043). */
  rest: {
    waiting: 'One moment: the rest of this page is on its way.',
    failed: 'The rest of this page did not arrive',
    reload: 'Load the page again',
  },
};
