/** What is wrong with what a member typed, as sentences. */
import { reviewPassword } from '@sotto/client/password-strength';
import { mailAddress } from '@sotto/contract/mail';
import * as v from 'valibot';
import type { MemberWords } from '../words/member-catalogue.ts';
import { filledProblem } from './form-problems.ts';

/** As the server takes them (contract, forms): 2 to 40 characters; a test compares the two. */
const userNameForm = /^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$/;
const exitAddressForm = /^https:\/\/[a-z0-9.-]+(?:\/[!-~]*)?$/;
const exitAddressMaxCharacters = 200;
/** Names of people, channels and the site. */
const nameMaxCharacters = 80;
const descriptionMaxCharacters = 1000;
const passwordMaxCharacters = 256;

export function userNameProblem(userName: string, words: MemberWords): string | null {
  return userNameForm.test(userName) ? null : words.fields.userNameForm;
}

/** A name of a person, a channel or the site: one line, not blank. */
export function nameProblem(name: string, words: MemberWords): string | null {
  return name.trim().length > nameMaxCharacters
    ? words.fields.tooLong(nameMaxCharacters)
    : filledProblem(name, words);
}

export function descriptionProblem(description: string, words: MemberWords): string | null {
  const { length } = description.trim();
  return length > descriptionMaxCharacters ? words.fields.tooLong(descriptionMaxCharacters) : null;
}

/** @param around names that everybody here knows: see `reviewPassword`. */
export function passwordProblem(
  password: string,
  around: readonly string[],
  words: MemberWords,
): string | null {
  // Counted as people see characters, not as UTF-16 does.
  const { length } = [...password];
  if (length > passwordMaxCharacters) return words.fields.tooLong(passwordMaxCharacters);
  return reviewPassword(password, around).strength === 'insecure' ? words.password.insecure : null;
}

/** Six digits as they may be typed: with a space in the middle, as apps show them. */
export function codeOfText(text: string): string {
  return text.replaceAll(/\s/g, '');
}

export function codeProblem(text: string, words: MemberWords): string | null {
  return /^\d{6}$/.test(codeOfText(text)) ? null : words.code.form;
}

export function repeatProblem(password: string, repeated: string, words: MemberWords): string | null {
  return password === repeated ? null : words.password.differs;
}

export function httpsProblem(address: string, words: MemberWords): string | null {
  return address.length <= exitAddressMaxCharacters && exitAddressForm.test(address)
    ? null
    : words.fields.https;
}

export function addressProblem(text: string, words: MemberWords['mail']): string | null {
  return v.is(mailAddress, text) ? null : words.notAddress;
}
