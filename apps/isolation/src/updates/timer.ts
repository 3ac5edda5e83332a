/** The daily look for updates, as units of systemd (systemd.service(5), systemd.timer(5)). Pure. */
import { shellLine } from '../plan/steps.ts';

export type Units = Readonly<Record<`sotto-isolation-updates.${'service' | 'timer'}`, string>>;

/** The two units. The hour is drawn anew each day: an update at a fixed hour would be a mark of its own. */
export function timerUnits(
  daily: 'check' | 'apply',
  configurationPath: string,
  self: { node: string; main: string },
): Units {
  const command = { program: self.node, args: [self.main, 'update', daily, '--config', configurationPath] };
  return {
    'sotto-isolation-updates.service': `[Unit]
Description=Updates of the host and of the Workstations' image, through the Gateway
Documentation=man:apt-get(8)

[Service]
Type=oneshot
# Ends with 1 when updates wait or were refused: the unit then counts as failed, and is seen.
ExecStart=${shellLine(command)}
Nice=10
IOSchedulingClass=idle
`,
    'sotto-isolation-updates.timer': `[Unit]
Description=Every day, at an hour of its own

[Timer]
OnCalendar=daily
RandomizedDelaySec=12h
# After a day that the machine slept through: as soon as it wakes.
Persistent=true

[Install]
WantedBy=timers.target
`,
  };
}
