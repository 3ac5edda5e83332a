/** The limits of the site and what it asks of people: by the names that documents and error messages call them. */
import { Component, computed, inject, input, signal } from '@angular/core';
import type { SettingsView } from '@sotto/client/views';
import { MemberFlow } from '../member/flow.ts';
import { MEMBER_WORDS } from '../words/member-catalogue.ts';
import { SettingsFlow } from './settings-flow.ts';

const names = [
  'threshold_reports_per_hour',
  'threshold_reports_per_hour_per_ip',
  'threshold_attachments_per_hour_per_ip',
  'threshold_attachments_per_hour_per_report',
  'requests_per_second',
  'tokens_per_second',
  'password_days',
] as const;
type Name = (typeof names)[number];
const choices = ['proof_of_work', 'second_factor_required'] as const;
type Choice = (typeof choices)[number];

@Component({
  selector: 'sotto-site-limits',
  template: `
    <section aria-labelledby="limits-title">
      <h2 id="limits-title">{{ words.limits.title }}</h2>
      @if (!now().settings.proof_of_work) {
        <div class="notice notice-problem">
          <p><strong>{{ words.limits.workOff }}</strong></p>
          <p>{{ words.limits.workOffText }}</p>
        </div>
      }
      <details>
        <summary>{{ words.limits.change }}</summary>
        <form class="part" autocomplete="off" novalidate (submit)="save($event)">
          @for (name of names; track name) {
            <label [for]="name">{{ words.limits.names[name] }}</label>
            <p class="help" [id]="name + '-help'">
              <code>{{ name }}</code> {{ words.limits.usual(now().usual[name]) }}
            </p>
            <input
              type="text"
              inputmode="numeric"
              autocomplete="off"
              class="field-short"
              [id]="name"
              [value]="typed()[name] ?? now().settings[name]"
              [attr.aria-describedby]="name + '-help'"
              [attr.aria-invalid]="wrong(name) ? true : null"
              (input)="type(name, $event)"
            />
          }
          @for (choice of choices; track choice) {
            <label class="choice">
              <input
                type="checkbox"
                autocomplete="off"
                [checked]="chosen()[choice] ?? now().settings[choice]"
                (change)="choose(choice, $event)"
              />
              <span>{{ words.limits.choices[choice] }}</span>
            </label>
          }
          <p class="actions">
            <button type="submit" class="button-main" [disabled]="flow.busy() || anyWrong()">
              {{ words.people.save }}
            </button>
          </p>
        </form>
      </details>
    </section>
  `,
})
export class SiteLimits {
  readonly now = input.required<SettingsView>();
  protected readonly flow = inject(MemberFlow);
  private readonly settings = inject(SettingsFlow);
  protected readonly words = inject(MEMBER_WORDS);
  protected readonly names = names;
  protected readonly choices = choices;
  /** What was typed and chosen and is not saved yet. */
  protected readonly typed = signal<Partial<Record<Name, string>>>({});
  protected readonly chosen = signal<Partial<Record<Choice, boolean>>>({});
  protected readonly anyWrong = computed(() => names.some((name) => this.wrong(name)));

  protected wrong(name: Name): boolean {
    const text = this.typed()[name];
    if (text === undefined) return false;
    const [least, most] = name === 'password_days' ? [0, 3650] : [1, 9999];
    return !/^\d{1,4}$/.test(text.trim()) || Number(text) < least || Number(text) > most;
  }

  protected type(name: Name, event: Event): void {
    const { value } = event.target as HTMLInputElement; // why: the template listens on an input
    this.typed.update((before) => ({ ...before, [name]: value }));
  }

  protected choose(choice: Choice, event: Event): void {
    const { checked } = event.target as HTMLInputElement; // why: the template listens on a checkbox
    this.chosen.update((before) => ({ ...before, [choice]: checked }));
  }

  protected async save(event: Event): Promise<void> {
    event.preventDefault();
    const numbers = Object.fromEntries(
      Object.entries(this.typed()).map(([name, text]) => [name, Number(text)]),
    );
    if (!(await this.settings.change({ ...numbers, ...this.chosen() }))) return;
    this.typed.set({});
    this.chosen.set({});
  }
}
