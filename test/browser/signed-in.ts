import { KEYS, type Role } from '../support/ledger-service.js'
import { type Opened, type Reading, type Visit, visit } from './open-pages.js'

/** A visit of somebody who has signed in; later screens open without loading the page anew. */
export interface Signed extends Visit {
  readonly go: (address: string) => Promise<void>
}

/** Signs in on the pages with the key of a role. */
export async function signedIn(opened: Opened, role: Role, reading: Reading = {}): Promise<Signed> {
  const one = await visit(opened, reading)
  const { page } = one
  await one.open('/sign-in')
  await page.locator('main form input').fill(KEYS[role])
  await page.locator('main form button[type=submit]').click()
  await page.waitForURL(/#\/$/)
  const go = async (address: string) => {
    await page.evaluate(`location.hash = ${JSON.stringify(address)}`)
    await page.waitForLoadState('networkidle')
  }
  return { ...one, go }
}
