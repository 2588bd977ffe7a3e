import { test } from 'tap'
import { negotiateLanguage } from '../../src/http/negotiate-language.js'
import { refuseButProbes } from '../../src/http/plugins/limits.js'
import { ledgerService } from '../support/ledger-service.js'
import { request, rulebook, send, serve } from '../support/listen.js'
import { withoutRandom } from '../support/without-random.js'

const post = { method: 'POST', url: '/v1/determinations', payload: request } as const

test('the language is the one with most weight, Chinese when none of ours is named', async (t) => {
  const expected = {
    '': 'zh',
    zh: 'zh',
    en: 'en',
    'EN-us': 'en',
    'fr, en;q=0.2': 'en',
    'en;q=0.3, zh;q=0.8': 'zh',
    'zh;q=0.3 , en ; q=0.8': 'en',
    'en;q=0': 'zh',
    'en;q=much': 'zh',
    'fr;q=1, de': 'zh',
    '*': 'zh',
    'zh,en': 'zh',
    'en,zh': 'en',
    'en;level=1;q=0.5': 'en',
  }
  for (const [header, language] of Object.entries(expected))
    t.equal(negotiateLanguage(header), language, header)
  t.equal(negotiateLanguage(undefined), 'zh')
})

test('pages of any origin may ask the open routes', async (t) => {
  const app = await serve(t)
  const headers = { origin: 'https://portal.example' }
  t.equal((await app.inject({ ...post, headers })).headers['access-control-allow-origin'], '*')
  t.equal(
    (await app.inject({ url: '/v1/facts', headers })).headers['access-control-allow-origin'],
    '*',
  )
  const preflight = await app.inject({
    method: 'OPTIONS',
    url: '/v1/determinations',
    headers: {
      ...headers,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type',
    },
  })
  t.equal(preflight.statusCode, 204)
  t.match(preflight.headers, {
    'access-control-allow-methods': /POST/,
    'access-control-allow-headers': 'content-type',
  })
})

test('OPTIONS is answered before an open route only, and not for what is stored', async (t) => {
  const app = await serve(t)
  const ask = async (url: string, headers: Record<string, string>) =>
    app.inject({ method: 'OPTIONS', url, headers })
  const origin = { origin: 'https://portal.example' }
  const preflight = { ...origin, 'access-control-request-method': 'GET' }
  t.equal((await ask('/v1/facts?x=1', preflight)).statusCode, 204)
  t.equal((await ask('/v1/programmes/dongguan/minimum-living', preflight)).statusCode, 204)
  for (const [url, headers] of [
    ['/v1/facts', {}],
    ['/v1/facts', origin],
    ['/v1/decisions', preflight],
    ['/v1/none', preflight],
  ] as const) {
    const answer = await ask(url, headers)
    t.match(answer.json(), { status: 404, code: 'not-found' }, url)
    t.equal(answer.headers['access-control-allow-origin'], undefined)
  }
})

test('a fault in how a file is asked for is the fault of the client', async (t) => {
  const log: string[] = []
  const settings = { RATE_LIMIT: 600, LOG_LEVEL: 'error' as const }
  const app = await serve(t, { settings, logTo: { write: (line) => log.push(line) } })
  const file = '/docs/static/index.css'
  for (const headers of [{ range: 'bytes=99999999-' }, { 'if-match': '"x"' }])
    t.match((await app.inject({ url: file, headers })).json(), { code: 'invalid-request' })
  const { port } = new URL(await app.listen({ port: 0, host: '127.0.0.1' }))
  const above = 'GET /docs/static/.. HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n'
  t.match(await send(Number(port), above), /^HTTP\/1.1 404 [\s\S]*"code":"not-found"/)
  t.strictSame(log, [], 'which is no alarm')
})

test('the documentation works under a strict policy', async (t) => {
  const app = await serve(t)
  const page = await app.inject('/docs')
  t.match(page, { statusCode: 200, headers: { 'content-type': /^text\/html/ } })
  t.match(page.headers['content-security-policy'], /default-src 'self'/)
  t.notMatch(page.headers['content-security-policy'], /unsafe/)
  t.notMatch(
    page.body,
    /<script(?! src)|<style|style=|onclick=/,
    'nothing stands inside the page itself',
  )
  const scripts = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) =>
    String(match[1]),
  )
  t.ok(scripts.length > 3)
  for (const url of scripts) t.equal((await app.inject(url)).statusCode, 200, url)
  const description = (await app.inject('/openapi.json')).json()
  t.match(description, { openapi: '3.1.0', paths: { '/v1/determinations': { post: {} } } })
})

test('the probes answer', async (t) => {
  const { app } = await ledgerService(t, { rulebook })
  t.strictSame((await app.inject('/healthz')).json(), { status: 'ok' })
  const ready = { status: 'ready', rulebook: { digest: rulebook.digest } }
  t.strictSame((await app.inject('/readyz')).json(), ready)
})

test('figures count routes, statuses and outcomes, and hold no fact', async (t) => {
  const app = await serve(t)
  await app.inject(post)
  await app.inject('/v1/clauses/dg2020-07-dibao')
  await app.inject('/v1/none?secret=31337')
  const { body } = await app.inject('/metrics')
  t.match(body, /huimin_determinations_total\{outcome="eligible"\} 1/)
  t.match(
    body,
    /http_request_duration_seconds_count\{method="POST",route="\/v1\/determinations",status="200"\} 1/,
  )
  t.match(body, /route="\/v1\/clauses\/:id",status="200"/)
  t.match(body, /route="none",status="404"/)
  // What the process itself measures has any digits.
  const ours = body.replaceAll(/^((process_|nodejs_|\w+_seconds_sum).*) \S+$/gm, '$1')
  t.notMatch(ours, /2100|441900|1950-05-01|31337|dg2020/)
})

test('too many requests of one client are refused, the probes never', async (t) => {
  const app = await serve(t, { settings: { RATE_LIMIT: 2, LOG_LEVEL: 'silent' } })
  t.equal((await app.inject(post)).statusCode, 200)
  t.equal((await app.inject('/v1/none')).statusCode, 404)
  const refused = await app.inject({ ...post, headers: { 'accept-language': 'en' } })
  t.match(refused, {
    statusCode: 429,
    headers: { 'retry-after': String, 'content-type': 'application/problem+json' },
  })
  t.match(refused.json(), { code: 'rate-limited', title: 'Too many requests' })
  t.equal((await app.inject('/v1/none')).statusCode, 429, 'an unknown address counts as well')
  t.equal((await app.inject('/healthz')).statusCode, 200)
  const other = await app.inject({ ...post, remoteAddress: '10.0.0.2' })
  t.equal(other.statusCode, 200, 'another client is not refused')
})

test('a service that cannot keep up says so, answers its probes and recovers', async (t) => {
  const app = await serve(t)
  await app.ready()
  const asked = Array.from({ length: 700 }, () => app.inject(post))
  const probe = await app.inject('/healthz')
  t.equal(probe.statusCode, 200)
  const answers = await Promise.all(asked)
  const refused = answers.filter(({ statusCode }) => statusCode !== 200)
  t.ok(refused.length > 0 && refused.length < 600, `${refused.length} of 700 are refused`)
  t.match(refused[0]?.json(), { status: 503, code: 'overloaded' })
  t.equal(refused[0]?.headers['retry-after'], '1')
  t.equal((await app.inject(post)).statusCode, 200)
})

test('32 of the largest households at once are all answered, and the probes meanwhile', async (t) => {
  const app = await serve(t)
  const members = Array.from({ length: 50 }, (_, index) => ({ id: `m${index}` }))
  const payload = { jurisdiction: '441900', household: { members } }
  let answered = 0
  const asked = Array.from({ length: 32 }, async () => {
    const { statusCode } = await app.inject({ method: 'POST', url: '/v1/determinations', payload })
    answered += 1
    return statusCode
  })
  await app.inject('/healthz')
  t.ok(answered < 16, 'a probe does not wait for all of them')
  t.strictSame(new Set(await Promise.all(asked)), new Set([200]))
})

test('more than 100 headers are refused', async (t) => {
  const app = await serve(t)
  const names = Array.from({ length: 101 }, (_, index) => [`x-${index}`, '1'])
  const refused = await app.inject({ url: '/healthz', headers: Object.fromEntries(names) })
  t.match(refused.json(), { status: 431, code: 'headers-too-large' })
})

test('an answer is compressed for who asks for it', async (t) => {
  const app = await serve(t)
  const headers = { 'accept-encoding': 'gzip' }
  t.equal((await app.inject({ url: '/v1/facts', headers })).headers['content-encoding'], 'gzip')
  t.equal((await app.inject('/v1/facts')).headers['content-encoding'], undefined)
})

test('an unexpected error shows nothing of itself, in the answer or in the log', async (t) => {
  const lines: string[] = []
  const clock = (): Date => {
    throw new TypeError('31337 is the secret')
  }
  const settings = { RATE_LIMIT: 100, LOG_LEVEL: 'info' as const }
  const app = await serve(t, { clock, settings, logTo: { write: (line) => lines.push(line) } })
  const answer = await app.inject({ ...post, url: '/v1/determinations?secret=31337' })
  t.strictSame(answer.json(), {
    type: 'urn:huimin:problem:internal-error',
    title: '系统内部错误',
    status: 500,
    detail: '系统内部错误',
    code: 'internal-error',
  })
  const log = withoutRandom(lines.join(''))
  const error = lines.map((line) => JSON.parse(line)).find((line) => line.err !== undefined)
  t.match(error, {
    msg: 'internal-error',
    err: { type: 'TypeError', place: /^service\.test\.[jt]s:\d+$/ },
  })
  t.match(log, /"route":"\/v1\/determinations"/)
  t.notMatch(log, /31337|secret|2100|441900|1950-05-01|127\.0\.0\.1|node_modules|\/work/)
})

test('while the event loop lags requests are turned away, probes are not', async (t) => {
  const at = (url: string) => ({ routeOptions: { url } }) as Parameters<typeof refuseButProbes>[0]
  t.throws(() => refuseButProbes(at('/v1/determinations')), { code: 'overloaded' })
  t.doesNotThrow(() => refuseButProbes(at('/healthz')))
})

test('a service that knows nobody lets nobody in', async (t) => {
  const app = await serve(t)
  const headers = { authorization: 'Bearer of-nobody' }
  t.equal((await app.inject({ url: '/v1/log/checkpoint', headers })).statusCode, 401)
})
