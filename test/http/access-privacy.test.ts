import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { type Test, test } from 'tap'
import { decisionRequest, KEYS } from '../support/ledger-service.js'
import { rulebook, send, serve } from '../support/listen.js'
import { AUDIENCE, openIdProvider } from '../support/openid-provider.js'

const SERVER = fileURLToPath(new URL('../../dist/http/server.js', import.meta.url))

/** What is planted: a text, an amount and a date that stand nowhere else. */
const TEXT = 'Zq8313378'
const AMOUNT = 8_313_378
const DATE = '1913-07-19'
const PLANTED = /8313378|1913-07-19/

interface Running {
  readonly child: ChildProcess
  readonly folder: string
  readonly port: number
  readonly url: string
  /** All that the process has written. */
  readonly output: () => string
}

/** The built service as a process of its own, which logs all it can. */
async function running(t: Test, env: Record<string, string>): Promise<Running> {
  const folder = t.testdir()
  const child = spawn(process.execPath, [SERVER], {
    env: {
      ...process.env,
      ...{ PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'trace', NODE_ENV: 'development' },
      ...{ HUIMIN_KEY_CASEWORKER: KEYS.caseworker, HUIMIN_KEY_AUDITOR: KEYS.auditor },
      ...{ HUIMIN_KEY_PRIVACY: KEYS.privacy, ...env },
    },
  })
  t.teardown(() => child.kill('SIGKILL'))
  let written = ''
  const port = await new Promise<number>((resolve, reject) => {
    child.on('exit', () => reject(new Error('the service ended before it listened')))
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => {
        written += text
        const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(written)?.[1]
        if (found !== undefined) resolve(Number(found))
      })
  })
  return { child, folder, port, url: `http://127.0.0.1:${port}`, output: () => written }
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

/** A JSON document with each of its leaves in turn planted, as a text, an amount and a date. */
function* planted(json: Json): Generator<Json> {
  if (typeof json !== 'object' || json === null) {
    yield* [TEXT, AMOUNT, -AMOUNT, `${AMOUNT}`, DATE, [TEXT], { value: TEXT }]
    return
  }
  const isList = Array.isArray(json)
  for (const [key, value] of Object.entries(json)) {
    for (const other of planted(value as Json)) {
      const entries = { ...(json as object), [key]: other }
      yield isList ? Object.values(entries) : entries
    }
  }
}

const good = {
  ...decisionRequest,
  ...{ caseReference: TEXT, purpose: `for ${TEXT}`, legalBasis: TEXT },
  household: {
    ...decisionRequest.household,
    monthlyIncomeTotal: AMOUNT,
    members: [{ id: `m${TEXT}`, dateOfBirth: DATE, sex: '2' }],
  },
}
const { caseReference: _, purpose: __, legalBasis: ___, ...question } = good
const review = {
  programme: 'dongguan/minimum-living',
  subject: { kind: 'household' },
  outcome: 'ineligible',
  reason: `the income is ${AMOUNT}`,
}
const BODIES: Readonly<Record<string, Json>> = {
  '/v1/determinations': question as Json,
  '/v1/determinations/changes': question as Json,
  '/v1/decisions': good as Json,
  '/v1/decisions/{id}/replays': { rules: 'recorded', asOf: DATE },
  '/v1/decisions/{id}/reviews': review as Json,
  '/v1/recalculations': { programme: TEXT, from: DATE, rules: TEXT },
  '/v1/screenings': { householdId: TEXT, household: good.household } as Json,
  '/v1/screenings/{id}/impacts': {
    ...{ asOf: DATE, knownAt: TEXT },
    changes: [{ ruleVersion: TEXT, parameter: TEXT, value: AMOUNT }],
  },
}
const AUDITS = ['/v1/recalculations', '/v1/screenings', '/v1/screenings/{id}/impacts']

/** Bodies that are no request at all. */
const text = JSON.stringify(good)
const BROKEN: readonly (string | Buffer)[] = [
  ...[10, 60, text.indexOf(String(AMOUNT)) + 3, text.length - 1].map((end) => text.slice(0, end)),
  `${text}${TEXT}`,
  `{"purpose":"${TEXT}","purpose":"${TEXT}"}`,
  `{"purpose":${TEXT}}`,
  `{"purpose":"${TEXT}\n"}`,
  `[${AMOUNT}]`,
  `"${TEXT}"`,
  `${AMOUNT}`,
  `\u{feff}${text}`,
  Buffer.concat([Buffer.from(`{"purpose":"${TEXT}`), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
  `{"purpose":"${TEXT.repeat(40_000)}"}`,
]

/** Headers that a client may send, with something planted in each. */
const HEADERS = {
  'user-agent': TEXT,
  'x-request-id': TEXT,
  'request-id': TEXT,
  traceparent: `00-${TEXT}-${TEXT}-01`,
  cookie: `session=${TEXT}`,
  referer: `http://127.0.0.1/${TEXT}`,
  origin: `http://${TEXT}.example`,
  'x-forwarded-for': TEXT,
  'if-none-match': `"${TEXT}"`,
  'accept-language': `en, ${TEXT};q=0.5`,
  accept: `text/${TEXT}`,
}

interface Asked {
  readonly method?: string
  readonly path: string
  readonly body?: string | Buffer
  readonly headers?: Record<string, string>
}

test('nothing that a client sends stands in a log, a figure or an error', async (t) => {
  const provider = await openIdProvider(t, {
    north: { scope: 'decisions:write audit', office: TEXT },
  })
  const service = await running(t, { OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE })
  const token = await provider.tokenFor('north')
  const statuses = new Map<number, number>()
  const leaks: string[] = []
  const cached: string[] = []
  const ask = async ({ method = 'GET', path, body, headers = {} }: Asked) => {
    const answer = await fetch(`${service.url}${path}`, {
      method,
      headers: {
        ...HEADERS,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: body as string }),
    })
    const said = await answer.text()
    const { status } = answer
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    const name = `${status} ${method} ${path} ${String(body).slice(0, 300)}`
    // A good answer may hold what its reader asked for; an error may not.
    const shown = [...answer.headers].map((pair) => pair.join(': ')).join('\n')
    if (PLANTED.test(status >= 400 ? said : '') || PLANTED.test(shown))
      leaks.push(`${name}: ${said}`)
    const isPersonal =
      /^\/v1\/(decisions|readings|recalculations|log|determinations|screenings)/.test(path)
    if ((isPersonal || status >= 400) && answer.headers.get('cache-control') !== 'no-store')
      cached.push(name)
    return { status, said }
  }
  const bearer = (key: string) => ({ authorization: `Bearer ${key}` })
  const { said } = await ask({
    method: 'POST',
    path: '/v1/decisions',
    body: text,
    headers: { ...bearer(KEYS.caseworker), 'idempotency-key': TEXT },
  })
  const { id } = JSON.parse(said)
  t.match(said, PLANTED, 'it was recorded')

  const description = JSON.parse((await ask({ path: '/openapi.json' })).said)
  const tokens = [
    KEYS.caseworker,
    KEYS.auditor,
    token,
    `${TEXT.repeat(5)}`,
    `${TEXT}.${TEXT}.${TEXT}`,
  ]
  for (const [path, operations] of Object.entries<Record<string, unknown>>(description.paths)) {
    for (const method of Object.keys(operations).map((name) => name.toUpperCase())) {
      if (method === 'DELETE') continue
      const json = method === 'POST' ? BODIES[path] : undefined
      if (method === 'POST') t.not(json, undefined, `a body for ${path}`)
      const addresses = [path.replace('{id}', id), path.replaceAll(/\{\w+\}/g, TEXT)]
      const queries = [
        '',
        `?caseReference=${TEXT}`,
        `?cursor=${TEXT}&from=${TEXT}&to=${DATE}&decision=${TEXT}`,
      ]
      const bodies = json === undefined ? [undefined] : [...BROKEN, JSON.stringify(json)]
      for (const key of tokens)
        for (const address of addresses)
          for (const query of queries)
            for (const body of query === '' ? bodies : bodies.slice(-1))
              await ask({
                method,
                path: `${address}${query}`,
                headers: { ...bearer(key), 'idempotency-key': TEXT },
                ...(body !== undefined && { body }),
              })
      for (const body of json === undefined ? [] : planted(json))
        await ask({
          method,
          path: `${path.replace('{id}', id)}${path === '/v1/screenings' ? '?asOf=2020-06-01' : ''}`,
          body: JSON.stringify(body),
          headers: {
            ...bearer(AUDITS.includes(path) ? KEYS.auditor : KEYS.caseworker),
            ...(path === '/v1/screenings' && { 'content-type': 'application/x-ndjson' }),
            'idempotency-key': TEXT,
          },
        })
    }
  }
  await ask({ path: `/${TEXT}?${TEXT}` })
  await ask({ method: 'PATCH', path: `/v1/decisions/${TEXT}` })
  await ask({ path: '/v1/decisions', headers: { authorization: `Basic ${TEXT}` } })
  await ask({
    method: 'POST',
    path: '/v1/determinations',
    body: text,
    headers: { 'content-type': `text/${TEXT}` },
  })
  await ask({
    method: 'POST',
    path: '/v1/determinations',
    body: text,
    headers: { 'content-encoding': TEXT },
  })
  for (const raw of [
    `GET /${TEXT} HTTP/9.9\r\n\r\n`,
    `${TEXT}\r\n\r\n`,
    `GET /${TEXT.repeat(2_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
    `POST /v1/decisions HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n${TEXT}`,
  ])
    t.notMatch(await send(service.port, raw), PLANTED)

  // A store that fails says so with what it was given.
  const database = new Database(`${service.folder}/ledger.db`)
  database.exec('drop table readings; drop trigger facts_no_delete; drop table facts')
  database.close()
  const failed = [
    await ask({ path: `/v1/decisions/${id}`, headers: bearer(KEYS.caseworker) }),
    await ask({
      method: 'POST',
      path: '/v1/decisions',
      body: JSON.stringify({ ...good, purpose: `again ${TEXT}` }),
      headers: { ...bearer(KEYS.caseworker), 'idempotency-key': `${TEXT}-2` },
    }),
  ]
  t.strictSame(
    failed.map(({ status }) => status),
    [503, 503],
  )

  const figures = (await ask({ path: '/metrics' })).said
  service.child.kill('SIGTERM')
  await once(service.child, 'close')
  t.strictSame(leaks, [])
  t.strictSame(cached, [])
  for (const status of [200, 201, 202, 400, 401, 403, 404, 413, 415, 422, 503])
    t.ok(statuses.has(status), `${status}: ${statuses.get(status)}`)
  t.match(figures, /huimin_determinations_total\{outcome="ineligible"\} \d/)
  t.notMatch(figures, PLANTED)
  const output = service.output()
  t.match(output, /"route":"\/v1\/decisions"/, 'it did write')
  t.match(output, /"msg":"token refused"/)
  t.match(output, /"msg":"store-unavailable"/)
  t.notMatch(output, PLANTED)
  for (const secret of [KEYS.caseworker, KEYS.auditor, ...token.split('.')])
    t.notOk(output.includes(secret) || figures.includes(secret), 'no credential either')
})

test('no fact has a place in an address', async (t) => {
  const app = await serve(t)
  const { paths } = (await app.inject('/openapi.json')).json<{
    paths: Record<string, Record<string, { parameters?: { in: string; name: string }[] }>>
  }>()
  const facts = new Set(rulebook.facts.map(({ id }) => id.split('.').at(-1)))
  const names = Object.values(paths)
    .flatMap((operations) => Object.values(operations))
    .flatMap(({ parameters = [] }) => parameters)
    .filter((parameter) => parameter.in !== 'header')
    .map(({ name }) => name)
  t.ok(names.length > 10)
  t.strictSame(
    names.filter((name) => facts.has(name)),
    [],
  )
})
