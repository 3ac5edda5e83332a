/**
 * What an administrator sets for the site. Each setting has a name that is told to people as it is written here, bounds, and
 * a usual value; one that was never changed follows the usual value of the program.
 */
import * as v from 'valibot';
import { accent, passwordDays, usualAccent } from './forms.ts';

const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most));

const entries = {
  /** Whether a session costs work (S9). Off, anybody may open as many as the network carries: shown in red. */
  proof_of_work: v.boolean(),
  /** Tokens asked for in a second, above which they become harder (S9). */
  tokens_per_second: whole(1, 10_000),
  /** Requests of one session in a second, above which they wait. */
  requests_per_second: whole(1, 10_000),
  /** Reports of the whole site in an hour, above which each costs more work. */
  threshold_reports_per_hour: whole(1, 100_000),
  /** Reports of one client in an hour. */
  threshold_reports_per_hour_per_ip: whole(1, 100_000),
  /** Attachments that one client begins in an hour. */
  threshold_attachments_per_hour_per_ip: whole(1, 100_000),
  /** Attachments that are begun for one report in an hour. */
  threshold_attachments_per_hour_per_report: whole(1, 100_000),
  /** Hue of the site's colour. */
  accent,
  /** After how many days a new password is wanted. */
  password_days: passwordDays,
  /** Whether everybody must have a second factor (S3). */
  second_factor_required: v.boolean(),
};

export const siteSettings = v.strictObject(entries);
export type SiteSettings = v.InferOutput<typeof siteSettings>;

export const usualSettings: SiteSettings = {
  proof_of_work: true,
  tokens_per_second: 20,
  requests_per_second: 5,
  threshold_reports_per_hour: 20,
  threshold_reports_per_hour_per_ip: 5,
  threshold_attachments_per_hour_per_ip: 120,
  threshold_attachments_per_hour_per_report: 30,
  accent: usualAccent,
  password_days: 365,
  second_factor_required: false,
};

/** Settings as they are in force, and as they are without a change of anybody's. */
export const settingsResponse = v.strictObject({ settings: siteSettings, usual: siteSettings });
/** Only what is named is changed. */
export const changeSettingsRequest = v.strictObject({ settings: v.partial(siteSettings) });
