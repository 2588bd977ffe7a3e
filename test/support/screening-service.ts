import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Test } from 'tap'
import {
  openScreenings,
  type ScreeningPlace,
  type Screenings,
} from '../../src/http/screenings/open-screenings.js'
import {
  makeRegister,
  type RegisterFormat,
  readRegisterModel,
} from '../../src/screening/register/make-register.js'
import { KEYS, type LedgerService, ledgerService } from './ledger-service.js'
import { shippedRulebook } from './shipped-rulebook.js'
import { until } from './until.js'

/** Makes a register of invented households in a new folder; the folder. */
export async function madeRegister(
  out: string,
  households: number,
  format: RegisterFormat,
): Promise<string> {
  mkdirSync(out, { recursive: true })
  await makeRegister({
    ...{ households, seed: 7, format, out, asOf: '2020-06-01' },
    dictionary: shippedRulebook().dictionary,
    model: readRegisterModel('seeds/register/distributions.json'),
  })
  return out
}

/** A listening service that screens, and requests of its auditor. */
export interface ScreeningService extends LedgerService {
  readonly screenings: Screenings
  /** Where the service listens. */
  readonly base: string
  readonly logged: () => string
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>
  /** Uploads lines; the id of what was started. */
  readonly upload: (query: string, body: string) => Promise<string>
  readonly stateOf: (id: string) => Promise<Record<string, unknown>>
  readonly ended: (id: string) => Promise<Record<string, unknown>>
}

/** A listening service with screenings in a folder of its own. */
export async function screeningService(
  t: Test,
  place: Partial<ScreeningPlace> & { url?: string; pages?: string } = {},
): Promise<ScreeningService> {
  let logged = ''
  const scratch = mkdtempSync(join(tmpdir(), 'huimin-screenings-'))
  t.teardown(() => rmSync(scratch, { recursive: true, force: true }))
  const own = place.folder ?? join(scratch, 'screenings')
  const clock = { now: new Date('2026-11-24T02:00:00Z') }
  const screenings = openScreenings({
    rulebook: shippedRulebook(),
    clock: () => clock.now,
    ...place,
    folder: own,
  })
  const service = await ledgerService(t, {
    screenings,
    folder: scratch,
    clock: () => clock.now,
    settings: { RATE_LIMIT: 600_000, LOG_LEVEL: 'info' },
    logTo: {
      write: (line) => {
        logged += line
      },
    },
    ...(place.url !== undefined && { url: place.url }),
    ...(place.pages !== undefined && { pages: place.pages }),
  })
  const base = await service.app.listen({ port: 0, host: '127.0.0.1' })
  const headers = { authorization: `Bearer ${KEYS.auditor}`, 'accept-language': 'en' }
  const ask: ScreeningService['fetch'] = (path, init = {}) =>
    fetch(`${base}/v1/screenings${path}`, { ...init, headers: { ...headers, ...init.headers } })
  const stateOf: ScreeningService['stateOf'] = async (id) => (await ask(`/${id}`)).json() as never
  return {
    ...service,
    clock,
    screenings,
    base,
    stateOf,
    logged: () => logged,
    fetch: ask,
    upload: async (query, body) => {
      const type = { 'content-type': 'application/x-ndjson' }
      const answer = await ask(query, { method: 'POST', body, headers: type })
      const { id, status } = (await answer.json()) as { id: string; status: string }
      t.equal(answer.status, 202)
      t.match(status, /queued|running/)
      t.equal(answer.headers.get('location'), `/v1/screenings/${id}`)
      return id
    },
    ended: async (id) => {
      await until(async () => !/queued|running/.test(String((await stateOf(id)).status)), 120_000)
      return stateOf(id)
    },
  }
}
