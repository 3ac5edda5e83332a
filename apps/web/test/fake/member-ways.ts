/** What recipients and administrators do on the way to a scene. */
import { arriveAt, choose, press, write } from '../browsers/person.ts';
import { madeUpKey } from './scene.ts';
import type { Teller } from './story.ts';

const password = 'Seven words that nobody would put together, 7';
export const setupAddress = `/login#setup=${madeUpKey}`;
export const activationAddress = `/login#activate=${madeUpKey}.${madeUpKey}`;

export async function fillSetup({ page, words, say }: Teller): Promise<void> {
  await arriveAt(page, words.member.setup.title);
  await choose(page, words.member.setup.recipientOther);
  await write(page, '#site-name', say('The Harbour Post'));
  await write(page, '#channel-name', say('Investigations desk'));
  await write(page, '#recipient-name', say('Farah Nasser'));
  await write(page, '#recipient-user-name', 'farah.nasser');
  await write(page, '#name', say('Mira Okafor'));
  await write(page, '#user-name', 'mira');
  await choosePassword(page);
}

export async function choosePassword(page: Teller['page']): Promise<void> {
  await write(page, '#password', password);
  await write(page, '#repeated', password);
}

export async function openActivation({ page, words, say }: Teller): Promise<void> {
  await arriveAt(page, words.member.activation.title(say('The Harbour Post')));
}

export async function fillSignIn({ page, words }: Teller, userName = 'mira'): Promise<void> {
  await arriveAt(page, words.member.signIn.title);
  await write(page, '#user-name', userName);
  await write(page, '#password', password);
}

export async function signIn(teller: Teller, userName = 'mira'): Promise<void> {
  await fillSignIn(teller, userName);
  await press(teller.page, teller.words.member.signIn.submit);
}

export async function openReport(teller: Teller): Promise<void> {
  const title = teller.say('Barrels without papers behind hall 4');
  await signIn(teller);
  await press(teller.page, title);
  await arriveAt(teller.page, title);
}

export async function openSettings(teller: Teller): Promise<void> {
  await signIn(teller);
  await press(teller.page, teller.words.member.navigation.settings);
  await arriveAt(teller.page, teller.words.member.mail.title);
}

export async function openPeople(teller: Teller): Promise<void> {
  await signIn(teller);
  await press(teller.page, teller.words.member.navigation.people);
  await arriveAt(teller.page, teller.words.member.people.title);
}

export async function openPreferences(teller: Teller): Promise<void> {
  await signIn(teller);
  await press(teller.page, teller.words.member.navigation.preferences);
  await arriveAt(teller.page, teller.words.member.preferences.title);
}

/** Changes the password, up to the press of the button. */
export async function fillChange({ page }: Teller): Promise<void> {
  await write(page, '#present-password', password);
  await write(page, '#password', 'Another seven words that nobody puts together, 8');
  await write(page, '#repeated', 'Another seven words that nobody puts together, 8');
}
