/** What an administrator changes of people and channels. What there is of both is shown by the flow of the page. */
import { Injectable, inject } from '@angular/core';
import type { ChannelView, Invitation, OverviewView, PersonRules, Role } from '@sotto/client/views';
import { MemberFlow } from '../member/flow.ts';
import { MEMBER_AGENT } from '../platform/agents.ts';

@Injectable({ providedIn: 'root' })
export class PeopleFlow {
  private readonly agent = inject(MEMBER_AGENT);
  private readonly flow = inject(MemberFlow);

  holdsEscrow(userId: string): boolean {
    return this.flow.overview()?.escrow.holders.some(({ id }) => id === userId) ?? false;
  }

  /** Channels that only this person reads. Who was invited will read it once they are here. */
  aloneIn(userId: string): readonly ChannelView[] {
    const overview = this.flow.overview();
    const out = new Set(overview?.people.filter(({ state }) => state === 'disabled').map(({ id }) => id));
    return (overview?.channels ?? []).filter(
      ({ recipients }) =>
        recipients.some(({ id }) => id === userId) &&
        recipients.every(({ id }) => id === userId || out.has(id)),
    );
  }

  /** @returns the activation link, or null when it failed. */
  async invite(invitation: Invitation): Promise<string | null> {
    let link: string | null = null;
    await this.flow.act(async () => {
      const { activationLink, overview } = await this.agent.invite(invitation);
      this.flow.overview.set(overview);
      link = activationLink;
    });
    return link;
  }

  /** @returns whether it was saved, as all that follow do. */
  setRecipients(channelId: string, recipientIds: readonly string[]): Promise<boolean> {
    return this.change(() => this.agent.setRecipients(channelId, recipientIds));
  }

  setDays(channelId: string, days: number): Promise<boolean> {
    return this.change(() => this.agent.setDays(channelId, days));
  }

  setAddress(userId: string, mail: string | null): Promise<boolean> {
    return this.change(() => this.agent.setAddress(userId, mail));
  }

  setRules(userId: string, rules: PersonRules): Promise<boolean> {
    return this.change(() => this.agent.setPersonRules(userId, rules));
  }

  resetFactor(userId: string): Promise<boolean> {
    return this.change(() => this.agent.resetFactor(userId));
  }

  /** `unread` are the channels that nobody can read then, as the person was told. */
  setDisabled(userId: string, disabled: boolean, unread: readonly string[]): Promise<boolean> {
    return this.change(() => this.agent.setDisabled(userId, disabled, unread));
  }

  setRoles(userId: string, roles: readonly Role[]): Promise<boolean> {
    return this.change(() => this.agent.setRoles(userId, roles));
  }

  removeUser(userId: string, reports: 'kept' | 'deleted'): Promise<boolean> {
    return this.change(() => this.agent.removeUser(userId, reports));
  }

  private change(act: () => Promise<OverviewView>): Promise<boolean> {
    return this.flow.done(async () => this.flow.overview.set(await act()));
  }
}
