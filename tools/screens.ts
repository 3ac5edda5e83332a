/**
 * `npm run screens [word…]`: takes a picture of every view in every state, or of those whose names hold a word, at 390 and 1280 px, light
 * and dark, in English and in the pseudo-language from right to left, and puts a sheet for each scene into docs/screens.
 */
import { runOrExit } from './steps.ts';
import { installTestNeeds } from './test-needs.ts';

installTestNeeds(['browsers']);
runOrExit('node', ['apps/web/test/fake/sheets.ts', ...process.argv.slice(2)]);
