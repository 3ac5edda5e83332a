/** An administrator's settings of the site: its limits, mail, its colour, and what else concerns all members. */
import { computed, Injectable, inject, signal } from '@angular/core';
import type { MailForm, MailView, SettingsView } from '@sotto/client/views';
import { MemberFlow } from '../member/flow.ts';
import { MEMBER_AGENT } from '../platform/agents.ts';

@Injectable({ providedIn: 'root' })
export class SettingsFlow {
  private readonly agent = inject(MEMBER_AGENT);
  private readonly flow = inject(MemberFlow);

  readonly site = signal<SettingsView | null>(null);
  readonly mail = signal<MailView | null>(null);
  /** Administrators who have been here: to them a right can be given. */
  readonly administrators = computed(() =>
    (this.flow.overview()?.people ?? []).filter(
      ({ roles, state }) => roles.includes('administrator') && state === 'active',
    ),
  );

  /** Administrators who have the key that signs the directory (S14), and whether this person has it. */
  readonly signers = computed(() => this.administrators().filter(({ signs }) => signs));
  readonly signs = computed(() => this.signers().some(({ id }) => id === this.flow.member()?.id));

  async show(): Promise<void> {
    this.flow.go('settings');
    await this.flow.act(async () => {
      this.site.set(await this.agent.settings());
      this.mail.set(await this.agent.mail());
      this.flow.overview.set(await this.agent.overview());
    });
  }

  async giveSiteKey(userId: string): Promise<void> {
    await this.flow.act(async () => this.flow.overview.set(await this.agent.giveSiteKey(userId)));
  }

  async changeSiteKey(): Promise<void> {
    await this.flow.act(async () => this.flow.overview.set(await this.agent.changeSiteKey()));
  }

  async setEscrow(on: boolean): Promise<void> {
    await this.flow.act(async () => this.flow.overview.set(await this.agent.setEscrow(on)));
  }

  async setEscrowRight(userId: string, held: boolean): Promise<void> {
    await this.flow.act(async () => this.flow.overview.set(await this.agent.setEscrowRight(userId, held)));
  }

  /** @returns the link, or null when it failed. */
  async letBack(userId: string): Promise<string | null> {
    let link: string | null = null;
    await this.flow.act(async () => {
      link = await this.agent.letBack(userId);
    });
    return link;
  }

  /** Changes what is named and nothing else. @returns whether it was saved. */
  change(changed: Partial<SettingsView['settings']>): Promise<boolean> {
    return this.flow.done(async () => this.site.set(await this.agent.changeSettings(changed)));
  }

  /** @returns whether it was saved. */
  setMail(form: MailForm): Promise<boolean> {
    return this.flow.done(async () => this.mail.set(await this.agent.setMail(form)));
  }

  /** @returns whether the mail server took it. */
  testMail(to: string): Promise<boolean> {
    return this.flow.done(() => this.agent.testMail(to));
  }

  /** Shows the colour at once, and again the one before when it was not kept. */
  async setAccent(accent: number): Promise<void> {
    const before = this.flow.site();
    if (before === null) return;
    this.flow.site.set({ ...before, accent });
    if (!(await this.flow.done(() => this.agent.setAccent(accent)))) this.flow.site.set(before);
  }
}
