// Who may sign in to a house: passwords as they are now, and the sessions that are open.

import { enter, type Entered } from '../tools/served.mjs'

export const chosen = (account: string): string => `story of ${account} 2026`

export class Accounts {
  constructor(private readonly address: string, private readonly passwords: Map<string, string>, private readonly sessions: Map<string, string>) {}

  /** The password of an account as it is now. */
  passwordOf(account: string): string {
    const password = this.passwords.get(account)
    if (password === undefined) throw new Error(`no account ${account}`)
    return password
  }

  tell(account: string, password: string): void {
    this.passwords.set(account, password)
  }

  /** The cookie of a session: one for all windows of a person, opened when there is none. */
  async cookieOf(account: string): Promise<string> {
    return this.sessions.get(account) ?? this.keep(account, await enter(this.address, account, this.passwordOf(account), chosen(account)))
  }

  private keep(account: string, { cookie, password }: Entered): string {
    this.passwords.set(account, password)
    this.sessions.set(account, cookie)
    return cookie
  }
}
