import { gzipSync } from 'node:zlib'
import type { FastifyInstance } from 'fastify'
import { type Test, test } from 'tap'
import { ProblemSchema } from '../../src/http/describe.js'
import { household, request, serve } from '../support/listen.js'

interface Expected {
  readonly status?: number
  readonly code: string
  readonly pointer?: string
}
type Body = string | Buffer

/** Sends a bad body in both languages, looks at the problem, and asks something good at once. */
async function refuses(
  t: Test,
  app: FastifyInstance,
  body: Body,
  expected: Expected,
  headers = {},
) {
  const { status = 400, code, pointer } = expected
  for (const language of ['zh', 'en']) {
    const answer = await app.inject({
      method: 'POST',
      url: '/v1/determinations',
      headers: { 'content-type': 'application/json', 'accept-language': language, ...headers },
      payload: body,
    })
    const problem = ProblemSchema.parse(answer.json())
    t.match(answer, { statusCode: status, headers: { 'content-type': 'application/problem+json' } })
    t.match(problem, { type: `urn:huimin:problem:${code}`, status, code }, `${code} (${language})`)
    t.equal(/\p{Script=Han}/u.test(problem.title), language === 'zh', problem.title)
    t.equal(answer.headers['content-language'], language)
    if (pointer !== undefined)
      t.hasStrict(
        problem.errors?.map((fault) => fault.pointer),
        [pointer],
      )
    t.notMatch(
      answer.body,
      /31337|node_modules|\.[jt]s\b|\/work| {4}at /,
      'no value, path or stack',
    )
  }
  const good = await post(app, request)
  t.match(
    good.json(),
    { determinations: [{ outcome: 'eligible' }] },
    'the next request is answered',
  )
}

const post = (app: FastifyInstance, payload: object) =>
  app.inject({ method: 'POST', url: '/v1/determinations', payload })

/** The faults that an answer lists, in English. */
async function faults(app: FastifyInstance, payload: string) {
  const headers = { 'content-type': 'application/json', 'accept-language': 'en' }
  const answer = await app.inject({ method: 'POST', url: '/v1/determinations', headers, payload })
  return ProblemSchema.parse(answer.json()).errors ?? []
}

const asking = (change: object): string => JSON.stringify({ ...request, ...change })
const about = (change: object): string => asking({ household: { ...household, ...change } })
const member = (change: object): string => about({ members: [{ id: 'm1', ...change }] })

test('a body that is not JSON is refused with the position', async (t) => {
  const app = await serve(t)
  await refuses(t, app, '', { code: 'malformed-json', pointer: '' })
  await refuses(t, app, '{"household": 31337O}', { code: 'malformed-json', pointer: '' })
  await refuses(t, app, '['.repeat(200_000), { code: 'malformed-json' })
  await refuses(t, app, '{"a":'.repeat(50_000), { code: 'malformed-json' })
  const repeated = asking({}).replace('"sex":"2"', '"sex":"2","sex":"2"')
  await refuses(t, app, repeated, { code: 'duplicate-key', pointer: '/household/members/0/sex' })
})

test('a body that is not clean UTF-8 is refused', async (t) => {
  const app = await serve(t)
  await refuses(t, app, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), {
    code: 'not-utf8',
  })
  await refuses(t, app, `\uFEFF${asking({})}`, { code: 'not-utf8' })
  await refuses(t, app, '{"jurisdiction":"\\ud800"}', {
    code: 'not-utf8',
    pointer: '/jurisdiction',
  })
})

test('any content type but UTF-8 JSON is refused', async (t) => {
  const app = await serve(t)
  const expected = { status: 415, code: 'unsupported-media-type' }
  const types = ['text/plain', 'application/xml', 'application/x-www-form-urlencoded', 'json', ',']
  const charsets = ['gbk', 'utf-16', 'latin1'].map(
    (charset) => `application/json; charset=${charset}`,
  )
  for (const type of [...types, ...charsets, 'application/json; profile=x', 'application/jsonx']) {
    await refuses(t, app, asking({}), expected, { 'content-type': type })
  }
  const zipped = gzipSync(Buffer.alloc(30_000_000, '['))
  await refuses(t, app, zipped, expected, { 'content-encoding': 'gzip' })
})

test('JSON with or without the charset utf-8 is read', async (t) => {
  const app = await serve(t)
  const types = ['application/json', 'Application/JSON', 'application/json;charset=UTF-8']
  for (const type of [...types, 'application/json; charset="utf-8"']) {
    const headers = { 'content-type': type, 'content-encoding': 'identity' }
    const call = {
      method: 'POST',
      url: '/v1/determinations',
      headers,
      payload: asking({}),
    } as const
    t.equal((await app.inject(call)).statusCode, 200, type)
  }
})

test('a body over 256 KiB is refused, one of just that size is read', async (t) => {
  const app = await serve(t)
  const body = asking({})
  const full = body + ' '.repeat(256 * 1024 - body.length)
  await refuses(t, app, `${full} `, { status: 413, code: 'body-too-large' })
  const headers = { 'content-type': 'application/json' }
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/determinations',
    headers,
    payload: full,
  })
  t.equal(answer.statusCode, 200)
})

test('a request without a body is refused', async (t) => {
  const app = await serve(t)
  const answer = await app.inject({ method: 'POST', url: '/v1/determinations' })
  t.match(answer.json(), { status: 400, code: 'invalid-request' })
})

test('members are 1 to 50, with distinct ids', async (t) => {
  const app = await serve(t)
  const many = Array.from({ length: 51 }, (_, index) => ({ id: `m${index}` }))
  const pointer = '/household/members'
  await refuses(t, app, about({ members: many }), { code: 'too-many-members', pointer })
  await refuses(t, app, about({ members: [] }), { code: 'invalid-request', pointer })
  const twins = about({ members: [{ id: 'a' }, { id: 'a' }] })
  await refuses(t, app, twins, { code: 'invalid-request', pointer: `${pointer}/1/id` })
  await refuses(t, app, member({ id: 'a b' }), {
    code: 'invalid-request',
    pointer: `${pointer}/0/id`,
  })
  await refuses(t, app, about({ size: 1 }), { code: 'invalid-request', pointer: '/household/size' })
})

test('an unknown fact is refused and the nearest one named', async (t) => {
  const app = await serve(t)
  const misspelt = about({ montlyIncomeTotal: 31337 })
  const pointer = '/household/montlyIncomeTotal'
  await refuses(t, app, misspelt, { code: 'unknown-fact', pointer })
  const answer = await app.inject({
    method: 'POST',
    url: '/v1/determinations',
    headers: { 'content-type': 'application/json', 'accept-language': 'en' },
    payload: misspelt,
  })
  t.match(answer.json().errors[0].message, /monthlyIncomeTotal/)
  const onMember = { code: 'unknown-fact', pointer: '/household/members/0/income' }
  await refuses(t, app, member({ income: 31337 }), onMember)
  await refuses(t, app, asking({ knownat: 31337 }), {
    code: 'invalid-request',
    pointer: '/knownat',
  })
  const [misread] = await faults(app, asking({ knownat: 31337 }))
  t.match(misread, { code: 'unknown-key', message: /knownAt/ })
})

test('of a request full of faults the first hundred are listed', async (t) => {
  const app = await serve(t)
  const names = Object.fromEntries(Array.from({ length: 9_000 }, (_, index) => [`a${index}`, 1]))
  const [first] = Object.keys(names)
  for (const payload of [about(names), member(names), asking(names)]) {
    const listed = await faults(app, payload)
    t.equal(listed.length, 100)
    t.match(listed[0]?.pointer, new RegExp(`/${first}$`))
  }
  const members = Array.from({ length: 50 }, (_, index) => ({ id: `m${index}`, a: 1, b: 2, c: 3 }))
  t.equal((await faults(app, about({ members }))).length, 100)
  const programmes = Array.from({ length: 200 }, (_, index) => `no-programme-${index}`)
  t.equal((await faults(app, asking({ programmes }))).length, 100)
})

test('keys of the prototype are unknown facts and do no harm', async (t) => {
  const app = await serve(t)
  for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
    const body = about({}).replace('"members"', `"${key}":{"admin":true},"members"`)
    await refuses(t, app, body, { code: 'unknown-fact', pointer: `/household/${key}` })
  }
  const body = asking({}).replace('"asOf"', '"__proto__":{"detail":"summary"},"asOf"')
  await refuses(t, app, body, { code: 'invalid-request', pointer: '/__proto__' })
  t.equal(({} as { admin?: boolean }).admin, undefined)
})

test('a value of the wrong kind or out of range is refused', async (t) => {
  const app = await serve(t)
  const income = { code: 'invalid-request', pointer: '/household/monthlyIncomeTotal' }
  for (const value of ['31337', -1, 0.001, 10_000_000_000, true, [31337], {}]) {
    await refuses(t, app, about({ monthlyIncomeTotal: value }), income)
  }
  for (const number of ['1e999', '-1e999']) {
    await refuses(t, app, about({}).replace('2100', number), income)
  }
  const sex = { code: 'invalid-request', pointer: '/household/members/0/sex' }
  for (const value of [2, '3', '31337', '2\u0000', '\uff12'])
    await refuses(t, app, member({ sex: value }), sex)
})

test('a refusal says what would be right', async (t) => {
  const app = await serve(t)
  const born = (dateOfBirth: string) => member({ dateOfBirth })
  const cases: [Body, string, string][] = [
    [about({ monthlyIncomeTotal: -1 }), '不能小于 0', 'must be at least 0'],
    [
      about({ monthlyIncomeTotal: 10_000_000_000 }),
      '不能大于 9,999,999,999.99',
      'must be at most 9,999,999,999.99',
    ],
    [about({ monthlyIncomeTotal: 0.001 }), '小数最多 2 位', 'must have at most 2 decimals'],
    [
      about({ monthlyIncomeTotal: '3,180' }),
      '应为数字，请用半角数字，不加逗号和单位',
      'must be a number: digits only, without commas or a unit',
    ],
    [
      asking({ asOf: '1700-01-01' }),
      '应在 1850-01-01 至 2200-12-31 之间',
      'must be from 1850-01-01 to 2200-12-31',
    ],
    [
      born('1700-01-01'),
      '应在 1850-01-01 至 2200-12-31 之间',
      'must be from 1850-01-01 to 2200-12-31',
    ],
    [
      asking({ programmes: Array(1001).fill('dongguan/minimum-living') }),
      '不能超过 1,000 项',
      'must list at most 1,000',
    ],
    [about({ hukouCode: '4'.repeat(65) }), '不能超过 64 个字符', 'must have at most 64 characters'],
  ]
  for (const [payload, zh, en] of cases)
    for (const [language, message] of Object.entries({ zh, en })) {
      const headers = { 'content-type': 'application/json', 'accept-language': language }
      const url = '/v1/determinations'
      const answer = await app.inject({ method: 'POST', url, headers, payload })
      t.equal(answer.json().errors[0].message, message)
    }
})

test('dates that do not exist, are too far off or after asOf are refused', async (t) => {
  const app = await serve(t)
  const born = { code: 'invalid-request', pointer: '/household/members/0/dateOfBirth' }
  const dates = ['2020-02-30', '2019-02-29', '1950-5-1', '0000-01-01', '1849-12-31', '2201-01-01']
  for (const date of [...dates, '1950-05-01T00:00:00Z', '31337', 31337, '2020-06-02']) {
    await refuses(t, app, member({ dateOfBirth: date }), born)
  }
  const asOf = { code: 'invalid-request', pointer: '/asOf' }
  await refuses(t, app, asking({ asOf: '2020-13-01' }), asOf)
  const knownAt = { code: 'invalid-request', pointer: '/knownAt' }
  await refuses(t, app, asking({ knownAt: '2026-11-22T00:00:01Z' }), knownAt)
  await refuses(t, app, asking({ knownAt: '2026-11-22' }), knownAt)
})

test('a programme or jurisdiction that is not there is refused', async (t) => {
  const app = await serve(t)
  const programme = { code: 'unknown-programme', pointer: '/programmes/0' }
  await refuses(t, app, asking({ programmes: ['dongguan/free-money'] }), programme)
  await refuses(t, app, asking({ programmes: ['guangzhou/medical-assistance'] }), programme)
  const jurisdiction = { code: 'unknown-jurisdiction', pointer: '/jurisdiction' }
  await refuses(t, app, asking({ jurisdiction: '110000' }), jurisdiction)
})
