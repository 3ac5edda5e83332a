/** What the site's mails say: plain text, no report, no name of a person. English, as the pages are. */

/** How long a reset link lives, in seconds (S10). */
export const resetLife = 30 * 60;

type Text = { readonly subject: string; readonly text: string };

/** @param link the whole address, with the secret after `#`. */
export function resetMessage(siteName: string, link: string): Text {
  return {
    subject: `${siteName}: a new password`,
    text: `Somebody, probably you, said that the password for ${siteName} is forgotten.

Open this link within ${resetLife / 60} minutes, and have your recovery key at hand:

${link}

The link alone opens nothing and changes nothing. Without the recovery key,
ask an administrator. If it was not you, you need do nothing.
`,
  };
}

export function testMessage(siteName: string): Text {
  return {
    subject: `${siteName}: a test`,
    text: `This is the test mail that an administrator of ${siteName} asked for.
The way it came was encrypted as far as the mail server.
`,
  };
}
