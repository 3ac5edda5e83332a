/**
 * English words of the sign-in and of what stands around every room of members. They come before the first button; all
 * others come behind it, in member/rooms.ts (decision 0043).
 */
import { counted } from './counted.ts';

const language = 'en';

export const signInWords = {
  starting: {
    title: 'One moment',
    text: 'We are fetching this site’s keys and checking them.',
    failed: 'It did not open',
  },
  signIn: {
    title: 'Sign in',
    lead: 'For recipients and administrators. Reports are opened on this device, with your password.',
    userName: 'User name',
    password: 'Password',
    submit: 'Sign in',
    forgotten: 'I forgot my password',
    signedOut: 'You have signed out. The keys are gone from this device.',
    ended: 'Your session has ended. Nothing is lost; please sign in again.',
  },
  signOut: 'Sign out',
  losses: {
    keys: 'what is shown here once and nobody can show you again',
    message: 'a message you are writing',
    files: (count: number) =>
      counted(language, count, {
        one: 'one file on its way; you would have to pick it again',
        other: '# files on their way; you would have to pick them again',
      }),
  },
  navigation: {
    label: 'Sections',
    reports: 'Reports',
    people: 'People and channels',
    settings: 'Settings',
    preferences: 'Your account',
    sessions: 'Sessions',
  },
  fields: { missing: 'Please fill this in.' },
  rooms: {
    failedText:
      'Nothing was lost. Load the page again; if a link brought you here, open it again: it has not been used.',
  },
};
