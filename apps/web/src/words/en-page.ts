/** The few English words a page shows before its program runs, or where it cannot; build.ts puts them in. */
export const pageWords = {
  whistleblower: {
    title: 'Sotto',
    waiting: 'Loading …',
    noscript:
      'This page encrypts what you write on your own device, before anything is sent. For that it needs JavaScript, and your browser has it turned off. Nothing has been sent. In Tor Browser, choose the security level “Standard” for this page, or use another device that you trust.',
  },
  member: {
    title: 'Sotto',
    waiting: 'Loading …',
    noscript:
      'Reports are opened on your own device. For that this page needs JavaScript, and your browser has it turned off.',
  },
} as const;
