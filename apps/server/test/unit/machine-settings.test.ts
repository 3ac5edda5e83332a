/** settings.toml: what may stand in it, what is said about what may not, and that the written file says what is usual. */
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { usualMachine } from '../../src/settings/machine-settings.ts';
import { parseSettings, readSettings, writtenAtFirst } from '../../src/settings/machine-settings-file.ts';
import { temporaryFolder } from '../support/temporary.ts';

const gibibyte = 1024 ** 3;

describe('the settings', () => {
  it('are 1 GiB a file, 4 GiB a report, and 2 GiB or 10 % of the disk, where nothing is said', () => {
    const usual = {
      limits: { file: gibibyte, report: 4 * gibibyte },
      reserve: { bytes: 2 * gibibyte, fraction: 0.1 },
    };
    assert.deepEqual(usualMachine, usual);
    assert.deepEqual(parseSettings(''), usual);
    assert.deepEqual(parseSettings('[files]\n[disk]\n'), usual);
  });

  it('are written into a new home, where every comment that is a setting says the usual value', async (test) => {
    const home = join(await temporaryFolder(test), 'home');
    assert.deepEqual(await readSettings(home), usualMachine);
    assert.equal(await readFile(join(home, 'settings.toml'), 'utf8'), writtenAtFirst);
    assert.equal((await stat(join(home, 'settings.toml'))).mode & 0o777, 0o600);
    const uncommented = writtenAtFirst.replaceAll(/^#(?=[a-z])/gm, '');
    assert.equal(uncommented.match(/^[a-z_]+ = /gm)?.length, 4);
    assert.deepEqual(parseSettings(uncommented), usualMachine);
    // Read again, it is as it was left.
    assert.deepEqual(await readSettings(home), usualMachine);
  });

  it('are taken as they are written', () => {
    const text = `[files]\nlargest_file = "1.5 GiB"\nlargest_report = "1 TiB"\n[disk]\nreserve = "64 MiB"\nreserve_percent = 0\n`;
    assert.deepEqual(parseSettings(text), {
      limits: { file: 1.5 * gibibyte, report: 1024 * gibibyte },
      reserve: { bytes: 64 * 1024 ** 2, fraction: 0 },
    });
    const file = parseSettings('[files]\nlargest_file = "64GiB"\nlargest_report = "64 GiB"');
    assert.deepEqual(file.limits, { file: 64 * gibibyte, report: 64 * gibibyte });
  });

  it('that are wrong are refused by name, with what they should be', () => {
    const refusedWith = (text: string, message: RegExp, hint = /correct it/) =>
      assert.throws(
        () => parseSettings(text),
        (error: unknown) => {
          assert.ok(error instanceof Error && 'hint' in error, String(error));
          assert.match(error.message, message);
          assert.match(String(error.hint), hint);
          return true;
        },
        text,
      );
    for (const wrong of ['2147483648', '"2 GB"', '"-1 GiB"', '"65 GiB"', '"1023 KiB"', '"1e3 MiB"', 'true'])
      refusedWith(`[files]\nlargest_file = ${wrong}`, /files\.largest_file must be a size from "1 MiB"/);
    refusedWith('[files]\nlargest_file = "5 GiB"', /files\.largest_report must not be smaller/);
    refusedWith('[disk]\nreserve = "1 MiB"', /disk\.reserve must be a size from "64 MiB"/);
    for (const wrong of ['-1', '91', '1.5', '"10"'])
      refusedWith(`[disk]\nreserve_percent = ${wrong}`, /disk\.reserve_percent must be a whole number/);
    for (const misspelt of ['[files]\nlargest_flie = "1 GiB"', '[file]\n', 'reserve = "3 GiB"'])
      refusedWith(misspelt, /has no setting/, /files\.largest_file, .*disk\.reserve_percent/);
    refusedWith('[files\n', /is not TOML/);
    refusedWith('#'.repeat(70_000), /is longer than/, /short/);
  });
});
