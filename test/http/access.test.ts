import Database from 'better-sqlite3'
import pg from 'pg'
import { type Test, test } from 'tap'
import { authenticateCallers } from '../../src/http/access/authenticate-callers.js'
import { openScreenings } from '../../src/http/screenings/open-screenings.js'
import { readSettings } from '../../src/http/settings.js'
import {
  decisionRequest,
  KEYS,
  type LedgerService,
  ledgerService,
  record,
} from '../support/ledger-service.js'
import { AUDIENCE, openIdProvider } from '../support/openid-provider.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'
import { freshSchema, noPostgres } from '../support/stores.js'
import { withoutRandom } from '../support/without-random.js'

/** Who signs in with the provider; decisions of the tests are of the office `local`. */
const PEOPLE = {
  writer: { scope: 'decisions:write', office: 'local' },
  reader: { scope: 'decisions:read', office: 'local' },
  inspector: { scope: 'audit' },
  eraser: { scope: 'privacy' },
  neighbour: { scope: 'decisions:write decisions:read', office: 'next-door' },
  'neighbour-who-erases': { scope: 'decisions:read privacy', office: 'next-door' },
  'neighbour-who-audits': { scope: 'decisions:write audit', office: 'next-door' },
  nothing: { scope: '' },
}
type Person = keyof typeof PEOPLE
type Role = Person | keyof typeof KEYS

type Method = 'GET' | 'POST' | 'DELETE' | 'HEAD'
interface Signed {
  readonly service: LedgerService
  readonly as: (
    token: string | null,
    method: Method,
    url: string,
    body?: unknown,
  ) => ReturnType<LedgerService['ask']>
  readonly tokens: Readonly<Record<Role, string>>
}

/** A service for the people of a provider and for local keys, with a token for each. */
async function signed(
  t: Test,
  parts: Parameters<typeof ledgerService>[1] = {},
  environment: Record<string, string> = {},
): Promise<Signed> {
  const provider = await openIdProvider(t, PEOPLE)
  const settings = readSettings({
    OIDC_ISSUER: provider.issuer,
    OIDC_AUDIENCE: AUDIENCE,
    HUIMIN_KEY_CASEWORKER: KEYS.caseworker,
    HUIMIN_KEY_AUDITOR: KEYS.auditor,
    HUIMIN_KEY_PRIVACY: KEYS.privacy,
    LOG_LEVEL: 'silent',
    ...environment,
  })
  const authenticate = authenticateCallers(settings, () => new Date())
  const service = await ledgerService(t, { authenticate, settings, ...parts })
  const as: Signed['as'] = async (token, method, url, body) => {
    const headers = {
      'idempotency-key': 'k',
      ...(token !== null && { authorization: `Bearer ${token}` }),
    }
    for (;;) {
      const answer = await service.ask(null, method as 'GET', url, body, headers)
      // On a machine that is busy with other things the service turns requests away for a second.
      if (!/^{.*"code":"overloaded"}$/.test(answer.body)) return answer
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
  }
  const people = Object.keys(PEOPLE) as Person[]
  const given = await Promise.all(
    people.map(async (name) => [name, await provider.tokenFor(name)] as const),
  )
  return { service, as, tokens: { ...KEYS, ...Object.fromEntries(given) } as Signed['tokens'] }
}

const READERS: readonly Role[] = [
  'caseworker',
  'reader',
  'auditor',
  'inspector',
  'neighbour-who-audits',
]
const AUDITORS: readonly Role[] = ['auditor', 'inspector', 'neighbour-who-audits']
const ERASERS: readonly Role[] = ['privacy', 'eraser', 'neighbour-who-erases']
/** Those who may do it with decisions of their own office: this one is not there for them. */
const NEIGHBOURS = { readers: ['neighbour', 'neighbour-who-erases'] as readonly Role[] }

interface Row {
  readonly route: string
  readonly url?: string
  readonly allowed: readonly Role[]
  readonly hidden?: readonly Role[]
  /** What the allowed get, where it is not what others of the method give. */
  readonly status?: number
}
/** Every route that needs a token, and who gets in; the others are 403. */
const TABLE: readonly Row[] = [
  {
    route: 'POST /v1/decisions',
    allowed: ['caseworker', 'writer', 'neighbour', 'neighbour-who-audits'],
  },
  { route: 'GET /v1/decisions', allowed: [...READERS, ...NEIGHBOURS.readers] },
  { route: 'GET /v1/decisions/{id}', allowed: READERS, hidden: NEIGHBOURS.readers },
  { route: 'GET /v1/decisions/{id}/facts', allowed: READERS, hidden: NEIGHBOURS.readers },
  { route: 'POST /v1/decisions/{id}/replays', allowed: READERS, hidden: NEIGHBOURS.readers },
  {
    route: 'POST /v1/decisions/{id}/reviews',
    allowed: ['caseworker', 'writer'],
    hidden: ['neighbour', 'neighbour-who-audits'],
  },
  { route: 'GET /v1/readings', allowed: AUDITORS },
  { route: 'POST /v1/recalculations', allowed: AUDITORS },
  { route: 'GET /v1/log/checkpoint', allowed: AUDITORS },
  { route: 'GET /v1/log/public-keys', allowed: AUDITORS },
  { route: 'GET /v1/log/deliveries', allowed: AUDITORS },
  { route: 'GET /v1/log/entries', url: '/v1/log/entries?from=0&to=1', allowed: AUDITORS },
  { route: 'GET /v1/log/proofs/inclusion/{id}', allowed: AUDITORS },
  {
    route: 'GET /v1/log/proofs/consistency',
    url: '/v1/log/proofs/consistency?from=0&to=1',
    allowed: AUDITORS,
  },
  { route: 'DELETE /v1/decisions/{id}/facts', allowed: ERASERS },
  // Its body is no JSON: what is sent here is of another type.
  { route: 'POST /v1/screenings', allowed: AUDITORS, status: 415 },
  { route: 'GET /v1/screenings', allowed: AUDITORS },
  { route: 'GET /v1/screenings/{id}', allowed: AUDITORS },
  { route: 'GET /v1/screenings/{id}/events', allowed: AUDITORS },
  { route: 'GET /v1/screenings/{id}/results', allowed: AUDITORS },
  { route: 'GET /v1/screenings/{id}/rejects', allowed: AUDITORS },
  { route: 'POST /v1/screenings/{id}/impacts', allowed: AUDITORS },
  { route: 'DELETE /v1/screenings/{id}', allowed: AUDITORS },
]

interface Operation {
  readonly security?: readonly Record<string, readonly string[]>[]
  readonly responses: Record<string, unknown>
}

/** Every route that the service describes. */
async function routesOf({ app }: LedgerService): Promise<[route: string, operation: Operation][]> {
  await app.ready()
  const paths = app.swagger().paths as Record<string, Record<string, Operation>>
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      operation,
    ]),
  )
}

/** A screening that has finished; its id. */
async function screened({ ask }: LedgerService): Promise<string> {
  const line = { householdId: 'f', household: { members: [{ id: 'm1' }] } }
  const url = '/v1/screenings?asOf=2020-06-01&programmes=dongguan/minimum-living'
  const type = { 'content-type': 'application/x-ndjson' }
  const { id } = (await ask('auditor', 'POST', url, JSON.stringify(line), type)).json()
  await ask('auditor', 'GET', `/v1/screenings/${id}/events`)
  return id
}

test('route by role: 401 before 403 before 404 before the body', async (t) => {
  const folder = t.testdir({ ledger: {}, screenings: {} })
  const screenings = openScreenings({
    rulebook: shippedRulebook(),
    clock: () => new Date(),
    folder: `${folder}/screenings`,
  })
  const { service, as, tokens } = await signed(t, { screenings, folder: `${folder}/ledger` })
  const { id } = await record(service)
  const described = (await routesOf(service)).filter(
    ([, { security = [] }]) =>
      security.length > 0 && security.every((way) => Object.keys(way).length > 0),
  )
  t.strictSame(
    described.map(([route]) => route).sort(),
    TABLE.map(({ route }) => route).sort(),
    'no route with a token is left out',
  )
  const size = await service.ledger.store.size()
  for (const { route, url: address, allowed, hidden = [], status } of TABLE) {
    const [method, path = ''] = route.split(' ') as [Method, string]
    const own = path.startsWith('/v1/screenings') ? await screened(service) : id
    let url = (address ?? path).replace('{id}', own)
    const absent = (address ?? path).replace('{id}', 'none')
    const malformed = method === 'POST' ? '{"not": json' : undefined
    const operation = described.find(([name]) => name === route)?.[1]
    t.ok(
      ['401', '403', '429', '503'].every((status) => status in (operation?.responses ?? {})),
      route,
    )

    for (const token of [null, 'x'.repeat(40)]) {
      for (const where of [url, absent]) {
        const nobody = await as(token, method, where, malformed)
        t.match(
          nobody,
          { statusCode: 401, headers: { 'cache-control': 'no-store' } },
          `${route}: nobody`,
        )
        const detail = token === null ? 'A credential is needed' : 'The credential is not valid'
        t.match(nobody.json(), { code: 'unauthenticated', detail })
        t.match(nobody.headers['www-authenticate'], token === null ? /^Bearer$/ : /invalid_token/)
      }
    }
    if (method === 'GET') t.equal((await as(null, 'HEAD', url)).statusCode, 401, `HEAD ${path}`)

    for (const [role, token] of Object.entries(tokens) as [Role, string][]) {
      const { statusCode, headers, body } = await as(token, method, url, malformed)
      const there = allowed.includes(role)
        ? (status ?? { GET: 200, POST: 400, DELETE: 204, HEAD: 200 }[method])
        : 403
      t.equal(statusCode, hidden.includes(role) ? 404 : there, `${route}: ${role}`)
      t.equal(headers['cache-control'], 'no-store', `${route}: ${role}`)
      if (statusCode === 403)
        t.match(headers['www-authenticate'], /error="insufficient_scope", scope="/)
      if (statusCode === 404) t.notMatch(body, 'local', 'it does not say whose it is')
      if (!path.includes('{id}')) continue
      if (method === 'DELETE' && statusCode === 204 && own !== id)
        url = path.replace('{id}', await screened(service))
      const missing = await as(token, method, absent, malformed)
      const isKnown = allowed.includes(role) || hidden.includes(role)
      t.equal(missing.statusCode, isKnown ? 404 : 403, `${route}: ${role}, no such decision`)
      if (hidden.includes(role)) t.equal(missing.body, body, 'as if it were not there')
    }
  }
  t.equal(await service.ledger.store.size(), size + 1, 'one erasure, and nothing else was written')
})

test('what a token is good for elsewhere widens nothing', async (t) => {
  const { service, as, tokens } = await signed(t)
  const { id } = await record(service)
  const list = async (role: Role) => (await as(tokens[role], 'GET', '/v1/decisions')).json().items
  t.strictSame(await list('neighbour'), [])
  t.strictSame(await list('neighbour-who-erases'), [])
  t.equal((await list('neighbour-who-audits')).length, 1)
  const said = {
    programme: 'dongguan/minimum-living',
    subject: { kind: 'household' },
    outcome: 'ineligible',
    reason: 'not theirs to say',
  }
  const url = `/v1/decisions/${id}/reviews`
  t.equal((await as(tokens['neighbour-who-audits'], 'POST', url, said)).statusCode, 404)
  t.equal((await as(tokens.writer, 'POST', url, said)).statusCode, 201)
  const own = await as(tokens['neighbour-who-audits'], 'POST', '/v1/decisions', decisionRequest)
  t.match(own.json(), { office: 'next-door', actor: 'neighbour-who-audits' })
  t.equal((await list('neighbour')).length, 1)
})

test('REQUIRE_AUTH=all closes everything but the probes and the way in, for any good token', async (t) => {
  const { service, as, tokens } = await signed(t, {}, { REQUIRE_AUTH: 'all' })
  const probes = ['GET /healthz', 'GET /readyz', 'GET /v1/sign-in']
  const ids: Record<string, string> = {
    '{city}': 'dongguan',
    '{programme}': 'minimum-living',
    '{version}': '2020-03-06',
    '{other}': 'undated',
    '/documents/{id}': '/documents/001',
    '/clauses/{id}': '/clauses/dg2020-07-dibao',
  }
  for (const [route] of [...(await routesOf(service)), ['GET /openapi.json'], ['GET /docs']] as [
    string,
  ][]) {
    const [method, path = ''] = route.split(' ') as [Method, string]
    const url = Object.entries(ids).reduce((text, [name, id]) => text.replace(name, id), path)
    const { statusCode } = await as(null, method, url)
    t.equal(statusCode, probes.includes(route) ? 200 : 401, route)
    const isStored = TABLE.some((row) => row.route === route)
    if (method !== 'GET' || isStored) continue
    const let_in = await as(tokens.nothing, method, url)
    t.equal(let_in.statusCode, 200, `${route}: a token without scopes`)
    t.notMatch(let_in.headers['cache-control'], /public/)
  }
  const { caseReference: _, purpose: __, legalBasis: ___, ...question } = decisionRequest
  const determine = (token: string | null) => as(token, 'POST', '/v1/determinations', question)
  t.equal((await determine(null)).statusCode, 401)
  t.equal((await determine('x'.repeat(40))).statusCode, 401)
  for (const role of Object.keys(tokens) as Role[])
    t.equal((await determine(tokens[role])).statusCode, 200, role)
  t.equal((await as(null, 'GET', '/metrics')).statusCode, 200)
  t.equal((await as(null, 'GET', '/v1/none')).statusCode, 404)
  const preflight = await service.app.inject({
    method: 'OPTIONS',
    url: '/v1/determinations',
    headers: {
      origin: 'https://portal.example',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization, content-type',
    },
  })
  t.match(preflight, {
    statusCode: 204,
    headers: { 'access-control-allow-headers': /authorization/ },
  })
})

test('the description says where to sign in, and with which scope', async (t) => {
  const { service } = await signed(t)
  const routes = Object.fromEntries(await routesOf(service))
  t.strictSame(routes['GET /v1/decisions']?.security, [
    { bearer: [] },
    { openIdConnect: ['decisions:read'] },
    { openIdConnect: ['audit'] },
  ])
  t.strictSame(routes['GET /v1/facts']?.security, [{}, { bearer: [] }, { openIdConnect: [] }])
  t.strictSame(routes['GET /healthz']?.security, [])
  const description = (await service.app.inject('/openapi.json')).json()
  const { openIdConnectUrl } = description.components.securitySchemes.openIdConnect
  t.match(openIdConnectUrl, /^http:\/\/127\.0\.0\.1:\d+\/\.well-known\/openid-configuration$/)
  t.equal((await fetch(openIdConnectUrl)).status, 200)
})

test('who sends bad tokens without end is told to wait; good ones get in all the same', async (t) => {
  const { service, as, tokens } = await signed(t)
  for (let count = 0; count < 300; count += 1)
    if ((await as('x'.repeat(40), 'GET', '/v1/decisions')).statusCode !== 401)
      t.fail('refused too soon')
  const told = await as('x'.repeat(40), 'GET', '/v1/decisions')
  t.match(told, { statusCode: 429, headers: { 'content-type': 'application/problem+json' } })
  t.match(told.json(), { code: 'rate-limited' })
  const seconds = Number(told.headers['retry-after'])
  t.ok(seconds > 0 && seconds <= 60, String(seconds))
  t.equal((await as(tokens.auditor, 'GET', '/v1/decisions')).statusCode, 200)
  t.equal((await as(tokens.inspector, 'GET', '/v1/decisions')).statusCode, 200)
  t.equal((await as(null, 'GET', '/v1/decisions')).statusCode, 401, 'no token is no guess')
  const other = await service.app.inject({
    url: '/v1/decisions',
    remoteAddress: '10.0.0.2',
    headers: { authorization: `Bearer ${'x'.repeat(40)}` },
  })
  t.equal(other.statusCode, 401, 'another client is not told to wait')
})

for (const { store, skip } of [
  { store: 'SQLite', skip: false },
  { store: 'PostgreSQL', skip: noPostgres },
]) {
  test(`${store}: who saw which decision is kept for the auditor`, { skip }, async (t) => {
    const url = store === 'SQLite' ? undefined : await freshSchema(t)
    const { service, as, tokens } = await signed(t, url === undefined ? {} : { url })
    const { id } = await record(service)
    await as(tokens.reader, 'GET', `/v1/decisions/${id}`)
    service.clock.now = new Date('2026-11-24T03:00:00Z')
    await as(tokens.caseworker, 'POST', `/v1/decisions/${id}/replays`, {})
    service.clock.now = new Date('2026-11-24T04:00:00Z')
    await as(tokens.inspector, 'GET', '/v1/decisions')
    await as(tokens.neighbour, 'GET', `/v1/decisions/${id}`)
    await as(tokens.neighbour, 'GET', '/v1/decisions')
    service.clock.now = new Date('2026-11-24T05:00:00Z')
    await as(tokens.auditor, 'POST', '/v1/recalculations', {})
    service.clock.now = new Date('2026-11-24T06:00:00Z')
    await as(tokens.auditor, 'GET', '/v1/log/entries?from=0&to=1')
    const list = async (query = '') => {
      const { items, next } = (await as(tokens.auditor, 'GET', `/v1/readings?${query}`)).json()
      const short = items.map((one: Record<string, unknown>) => [
        one.act,
        one.actor,
        one.office,
        one.decision,
      ])
      return { items, next, short }
    }
    const all = [
      ['entries', 'local-auditor', null, null],
      ['recalculate', 'local-auditor', null, null],
      ['list', 'inspector', null, id],
      ['replay', 'local-caseworker', 'local', id],
      ['read', 'reader', 'local', id],
    ]
    const { items, short } = await list()
    t.strictSame(short, all, 'who was shown nothing has read nothing')
    t.equal(items[4].readAt, '2026-11-24T02:00:00.000Z')
    t.notMatch(withoutRandom(JSON.stringify(items)), /2100|1950-05-01|case-1|minimum-living/)
    t.strictSame((await list(`decision=${id}`)).short, all.slice(2))
    t.strictSame((await list('actor=reader')).short, all.slice(4))
    t.strictSame(
      (await list('from=2026-11-24T03:00:00Z&to=2026-11-24T05:00:00Z')).short,
      all.slice(2, 4),
    )
    const first = await list('limit=2')
    t.strictSame(first.short, all.slice(0, 2))
    const second = await list(`limit=3&cursor=${first.next}`)
    t.strictSame([second.short, second.next], [all.slice(2), null])
    for (const query of ['limit=0', 'cursor=x', 'act=read', 'from=yesterday'])
      t.equal((await as(tokens.auditor, 'GET', `/v1/readings?${query}`)).statusCode, 400, query)
  })
}

test('many readings of one moment are all kept', async (t) => {
  const { service, as, tokens } = await signed(t)
  for (let count = 0; count < 25; count += 1) await record(service)
  const pages = Array.from({ length: 50 }, () => as(tokens.auditor, 'GET', '/v1/decisions'))
  for (const { statusCode } of await Promise.all(pages)) t.equal(statusCode, 200)
  t.equal((await service.ledger.store.readings({ limit: 2_000 }, null)).length, 25 * 50)
})

test('what cannot be noted is not shown, and what was noted cannot be changed', async (t) => {
  const { service, as, tokens } = await signed(t)
  const { id } = await record(service)
  await as(tokens.reader, 'GET', `/v1/decisions/${id}`)
  const database = new Database(`${service.folder}/ledger.db`)
  t.teardown(() => database.close())
  t.throws(() => database.exec(`update readings set actor = 'nobody'`), /append-only/)
  t.throws(() => database.exec('delete from readings'), /append-only/)
  database.exec('drop table readings')
  for (const [method, url] of [
    ['GET', `/v1/decisions/${id}`],
    ['GET', '/v1/decisions'],
    ['POST', `/v1/decisions/${id}/replays`],
    ['POST', '/v1/recalculations'],
    ['GET', '/v1/log/entries?from=0&to=1'],
  ] as const) {
    const answer = await as(tokens.auditor, method, url, method === 'POST' ? {} : undefined)
    t.strictSame([answer.statusCode, answer.json().code], [503, 'store-unavailable'], url)
    t.notMatch(answer.body, /eligible|case-1/)
  }
})

test('PostgreSQL keeps what was noted as well', { skip: noPostgres }, async (t) => {
  const url = await freshSchema(t)
  const { service, as, tokens } = await signed(t, { url })
  const { id } = await record(service)
  await as(tokens.auditor, 'GET', `/v1/decisions/${id}`)
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  t.teardown(() => client.end())
  for (const statement of [
    `update readings set actor = 'nobody'`,
    'delete from readings',
    'truncate readings',
  ])
    await t.rejects(client.query(statement), /append-only/, statement)
})
