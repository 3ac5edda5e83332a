/** What the tests need beyond npm: Debian packages, installed when we may, else named. */
import { spawnSync } from 'node:child_process';

/** Debian packages by need, and a program that shows the package is there. */
const needs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  browsers: { chromium: 'chromium', 'firefox-esr': 'firefox-esr' },
  codes: { oathtool: 'oathtool' },
  core: { gcore: 'gdb' },
  mail: { openssl: 'openssl' },
  isolation: {
    tor: 'tor',
    nft: 'nftables',
    ip: 'iproute2',
    bwrap: 'bubblewrap',
    tcpdump: 'tcpdump',
    tcpreplay: 'tcpreplay',
    mmdebstrap: 'mmdebstrap',
    sysctl: 'procps',
    setpriv: 'util-linux',
    gpg: 'gpg',
    'gpg-agent': 'gpg-agent',
    gpgv: 'gpgv',
    diff3: 'diffutils',
    obfs4proxy: 'obfs4proxy',
  },
};

/**
 * Installs the Debian packages that the named needs lack. Without root or apt-get it names them and ends the
 * process: a test that cannot run is a failure, never a skip.
 */
export function installTestNeeds(names: readonly string[]): void {
  const missing = names
    .flatMap((name) => Object.entries(needs[name] ?? {}))
    .filter(([program]) => !has(program))
    .map(([, debianPackage]) => debianPackage);
  if (missing.length === 0) return;
  const list = [...new Set(missing)].join(' ');
  if (process.getuid?.() !== 0 || !has('apt-get')) {
    console.error(`sotto: error: the tests need these Debian packages: ${list}`);
    console.error(`sotto: hint: apt-get install ${list}`);
    process.exit(3);
  }
  console.log(`Installing Debian packages for the tests: ${list}`);
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', ...new Set(missing)]]) {
    const { status, stderr } = spawnSync('apt-get', args, {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    if (status === 0) continue;
    console.error(`sotto: error: apt-get ${args[0]} failed\n${stderr}`);
    process.exit(3);
  }
}

function has(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v -- "$1"`, 'sh', program]).status === 0;
}
