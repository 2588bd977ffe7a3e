import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { authenticateLocally } from '../../src/http/access/local-keys.js'
import { buildApp } from '../../src/http/app.js'
import type { AppParts } from '../../src/http/parts.js'
import { type OpenLedger, openLedger } from '../../src/ledger/open-ledger.js'
import { request } from './listen.js'
import { shippedRulebook } from './shipped-rulebook.js'

type Teardown = { teardown(end: () => unknown): unknown; testdir(): string }

export const KEYS = {
  caseworker: 'caseworker-key-for-tests-of-32-characters',
  auditor: 'auditor-key-for-tests-of-at-least-32-ch',
  privacy: 'privacy-key-for-tests-of-at-least-32-ch',
}
export type Role = keyof typeof KEYS

/** A service with a ledger, and requests to it in a role. */
export interface LedgerService {
  readonly app: FastifyInstance
  readonly ledger: OpenLedger
  readonly folder: string
  /** Where the service takes the time from; tests set it. */
  readonly clock: { now: Date }
  readonly ask: (
    role: Role | null,
    method: 'GET' | 'POST' | 'DELETE',
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<LightMyRequestResponse>
}

/** A service with a ledger in a folder of the test, or in a database; ended with the test. */
export async function ledgerService(
  t: Teardown,
  parts: Partial<AppParts> & { readonly url?: string; readonly folder?: string } = {},
): Promise<LedgerService> {
  const clock = { now: new Date('2026-11-24T02:00:00Z') }
  const folder = parts.folder ?? t.testdir()
  const place = { DATA_DIR: folder, ...(parts.url !== undefined && { DATABASE_URL: parts.url }) }
  const ledger = await openLedger(place, () => clock.now)
  const app = await buildApp({
    rulebook: shippedRulebook(),
    clock: () => clock.now,
    settings: { RATE_LIMIT: 600_000, LOG_LEVEL: 'silent' },
    ledger,
    authenticate: authenticateLocally(KEYS),
    ...parts,
  })
  t.teardown(async () => {
    await app.close()
    await ledger.close().catch(() => {})
  })
  const ask: LedgerService['ask'] = (role, method, url, body, headers = {}) =>
    app.inject({
      method,
      url,
      headers: {
        ...(role !== null && { authorization: `Bearer ${KEYS[role]}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        'accept-language': 'en',
        ...headers,
      },
      ...(body !== undefined && {
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    })
  return { app, ledger, folder, clock, ask }
}

/** A decision request: entitled to 20 yuan a month. */
export const decisionRequest = {
  ...request,
  caseReference: 'case-1',
  purpose: 'minimum living allowance',
  legalBasis: 'PIPL 13(3)',
}

/** Records a decision; what was answered. */
export async function record(
  { ask }: LedgerService,
  body: unknown = decisionRequest,
  key = Math.random().toString(36),
) {
  const answer = await ask('caseworker', 'POST', '/v1/decisions', body, { 'idempotency-key': key })
  return answer.json()
}
