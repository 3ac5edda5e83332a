/** What is wrong with settings of mail, as sentences; the same forms as the server takes (contract, mail). */
import { mailSettingsRequest } from '@sotto/contract/mail';
import * as v from 'valibot';
import type { MemberWords } from '../words/member-catalogue.ts';

type Words = MemberWords['mail'];
const { host, port, siteAddress } = mailSettingsRequest.entries;

export function hostProblem(text: string, words: Words): string | null {
  return v.is(host, text) ? null : words.notHost;
}

export function portProblem(text: string, words: Words): string | null {
  return /^\d{1,5}$/.test(text) && v.is(port, Number(text)) ? null : words.notPort;
}

export function siteAddressProblem(text: string, words: Words): string | null {
  return v.is(siteAddress, text) ? null : words.notSite;
}
