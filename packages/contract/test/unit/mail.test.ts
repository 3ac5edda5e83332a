/** What comes into a mail's head holds no line's end: nobody can add a line, or a receiver, of their own. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { is } from 'valibot';
import { siteName } from '../../src/forms.ts';
import { mailAddress, mailSettingsRequest } from '../../src/mail.ts';

const ends = ['\r\nBcc: eve@example.org', '\n', '\r', '\0', '\u2028', '\u0085'];

const settings = {
  host: 'mail.example.org',
  port: 465,
  security: 'tls',
  userName: 'sotto',
  sender: 'no-reply@example.org',
  siteAddress: 'https://site.example.org',
  password: 'quiet',
};

test('an address, a site’s name and the settings of mail are one line each', () => {
  for (const end of ends) {
    const name = JSON.stringify(end);
    assert.ok(!is(mailAddress, `ruth@example.org${end}`), name);
    assert.ok(!is(mailAddress, `ruth${end}@example.org`), name);
    assert.ok(!is(siteName, `The Harbour Post${end}x`), name);
  }
  assert.ok(is(mailSettingsRequest, settings));
  for (const field of ['host', 'sender', 'siteAddress', 'userName', 'password'] as const)
    for (const end of ['\r\nRCPT TO:<eve@example.org>', '\n', '\0'])
      assert.ok(!is(mailSettingsRequest, { ...settings, [field]: settings[field] + end }), field);
});

test('an address goes to one person', () => {
  for (const several of ['a@example.org,b@example.org', 'a@example.org b@example.org', 'A <a@example.org>'])
    assert.ok(!is(mailAddress, several), several);
});
