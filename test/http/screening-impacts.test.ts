import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import tap, { test } from 'tap'
import { oneAtATime } from '../../src/http/screenings/one-at-a-time.js'
import { Problem } from '../../src/model/errors.js'
import { changeParameters } from '../../src/rulebook/change-parameters.js'
import { type Impact, impact } from '../../src/screening/impact/impact.js'
import { KEYS } from '../support/ledger-service.js'
import {
  madeRegister,
  type ScreeningService,
  screeningService,
} from '../support/screening-service.js'
import { shippedRulebook } from '../support/shipped-rulebook.js'
import { until } from '../support/until.js'

tap.setTimeout(600_000)

const PROGRAMME = 'dongguan/minimum-living'
const VERSION = `${PROGRAMME}@2020-03-06`
const QUERY = '?asOf=2020-06-01&jurisdiction=441900'
const LIVING = `${QUERY}&programmes=${PROGRAMME}`
const rulebook = shippedRulebook()

/** Households of one person: so many with this income, by settlement type. */
function lines(groups: readonly (readonly [number, number, string])[]): string {
  return groups
    .flatMap(([count, income, settlementType], group) =>
      Array.from({ length: count }, (_, index) => {
        const facts = { monthlyIncomeTotal: income, settlementType }
        const known = { hukouCode: '441900', meetsDibaoPropertyRule: true }
        const household = { ...facts, ...known, members: [{ id: 'm1' }] }
        return `${JSON.stringify({ householdId: `h${group}-${index}`, household })}\n`
      }),
    )
    .join('')
}

const compare = async ({ fetch }: ScreeningService, id: string, body: unknown) => {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`/${id}/impacts`, {
    ...{ method: 'POST', headers },
    body: JSON.stringify(body),
  })
  const json = (await answer.json()) as Impact & { tried: unknown }
  return { http: answer.status, ...json }
}
const raised = (value: number) => ({
  changes: [{ programme: PROGRAMME, parameter: 'standard', value }],
})

test('a figure that is moved says who gains and who loses on the register that was screened', async (t) => {
  const service = await screeningService(t)
  const id = await service.upload(
    LIVING,
    lines([
      [20, 900, 'urban'],
      [10, 1_080, 'urban'],
      [12, 1_090, 'rural'],
    ]),
  )
  await service.ended(id)
  const up = await compare(service, id, raised(1_085))
  t.match(up, {
    http: 200,
    tried: [{ programme: PROGRAMME, ruleVersion: VERSION, from: 1060, to: 1085 }],
    households: 42,
    programmes: [{ subjects: 42, eligibleBefore: 20, eligibleAfter: 30, gained: 10, lost: 0 }],
  })
  // 20 × 25 more, and 10 × (1,085 − 1,080).
  t.equal(up.programmes[0]?.costPerMonth, 550)
  t.not(up.before.rulebook, up.after.rulebook)
  const again = await compare(service, id, raised(1_085))
  t.strictSame(again, up, 'the same question has the same answer')
  const named = { changes: [{ ruleVersion: VERSION, parameter: 'standard', value: 800 }] }
  t.match(await compare(service, id, named), {
    programmes: [{ eligibleBefore: 20, eligibleAfter: 0, gained: 0, lost: 20 }],
  })
  const same = await compare(service, id, raised(1_060))
  t.match(same.programmes[0], { gained: 0, lost: 0, raised: 0, costPerMonth: 0 })
  t.equal(same.before.rulebook, same.after.rulebook, 'no figure differs')
  const now = rulebook.programmes.get(PROGRAMME)?.versions.at(-1)?.rule.version.parameters
  t.equal(now?.standard?.value, 1060, 'the rulebook itself stays as it is')
})

test('it is what the command line computes for the same rules and register', async (t) => {
  const service = await screeningService(t)
  const folder = await madeRegister(join(t.testdir(), 'r'), 3_000, 'parquet')
  const [households, members] = ['households', 'members'].map((name) =>
    join(folder, `${name}.parquet`),
  ) as [string, string]
  const form = new FormData()
  for (const [part, path] of [
    ['households', households],
    ['members', members],
  ] as const)
    form.append(part, new Blob([readFileSync(path)]), `${part}.parquet`)
  const { id } = (await (await service.fetch(QUERY, { method: 'POST', body: form })).json()) as {
    id: string
  }
  t.match(await service.ended(id), { status: 'finished' })
  const version = rulebook.programmes
    .get(PROGRAMME)
    ?.versions.find(({ rule }) => rule.id === VERSION)
  const changed = changeParameters(rulebook, [
    { version: version as NonNullable<typeof version>, parameter: 'standard', value: 1_500 },
  ])
  if (changed.kind !== 'rulebook') throw new Error('the change is refused')
  const { tried, http, ...found } = await compare(service, id, raised(1_500))
  const side = {
    ...{ asOf: '2020-06-01', knownAt: '2026-11-24T02:00:00.000Z', programmes: [PROGRAMME] },
  }
  const expected = await impact({
    before: { ...side, rulebook },
    after: { ...side, rulebook: changed.rulebook },
    ...{ households, members },
  })
  t.ok((expected.programmes[0]?.gained ?? 0) > 20)
  t.strictSame(found, JSON.parse(JSON.stringify(expected)))
})

test('counts below five stay hidden, wherever the figure stands', async (t) => {
  const service = await screeningService(t)
  const id = await service.upload(
    LIVING,
    lines([
      [30, 900, 'urban'],
      [3, 1_080, 'urban'],
      [12, 1_090, 'rural'],
    ]),
  )
  await service.ended(id)
  const [hidden] = (await compare(service, id, raised(1_085))).programmes
  t.match(hidden, { subjects: null, gained: null, costPerMonth: null })
  for (const { groups } of hidden?.by ?? [])
    for (const group of groups) t.match(group, { subjects: null, gained: null })
  const [shown] = (await compare(service, id, raised(1_095))).programmes
  t.match(shown, { gained: 15 })
})

test('a change that cannot be is refused with its place, and nothing is computed', async (t) => {
  const service = await screeningService(t)
  const id = await service.upload(LIVING, lines([[5, 900, 'urban']]))
  await service.ended(id)
  const change = { programme: PROGRAMME, parameter: 'standard', value: 8_313_378 }
  const cases: readonly (readonly [string, unknown, string, string])[] = [
    ['nothing', {}, '/changes', 'required'],
    ['no change', { changes: [] }, '/changes', 'too-few'],
    ['a text', { changes: [{ ...change, value: '8313378' }] }, '/changes/0/value', 'wrong-type'],
    [
      'another key',
      { changes: [{ ...change, colour: 'red' }] },
      '/changes/0/colour',
      'unknown-key',
    ],
    [
      'no such programme',
      { changes: [{ ...change, programme: 'dongguan/none' }] },
      '/changes/0/programme',
      'unknown-programme',
    ],
    [
      'a version that is not in force',
      { changes: [{ ruleVersion: `${PROGRAMME}@undated`, parameter: 'standard', value: 5 }] },
      '/changes/0/ruleVersion',
      'not-in-force',
    ],
    [
      'no such version',
      { changes: [{ ruleVersion: 'dongguan/none@2020-01-01', parameter: 'a', value: 5 }] },
      '/changes/0/ruleVersion',
      'unknown-programme',
    ],
    [
      'a programme that has ended',
      {
        changes: [
          change,
          { programme: 'yuancheng/public-rental-housing', parameter: 'a', value: 5 },
        ],
      },
      '/changes/1/programme',
      'not-in-force',
    ],
    ['both', { changes: [{ ...change, ruleVersion: VERSION }] }, '/changes/0', 'required'],
    ['neither', { changes: [{ parameter: 'standard', value: 5 }] }, '/changes/0', 'required'],
    ['one figure twice', { changes: [change, { ...change, value: 5 }] }, '/changes/1', 'repeated'],
    [
      'one figure under both names',
      { changes: [change, { ruleVersion: VERSION, parameter: 'standard', value: 5 }] },
      '/changes/1',
      'repeated',
    ],
    [
      'no such parameter',
      { changes: [{ ...change, parameter: 'constructor' }] },
      '/changes/0/parameter',
      'unknown-parameter',
    ],
    [
      'too many decimals',
      { changes: [{ ...change, value: 1_060.005 }] },
      '/changes/0/value',
      'refused-by-rulebook',
    ],
    [
      'below what an income can be',
      { changes: [{ ...change, value: -1 }] },
      '/changes/0/value',
      'refused-by-rulebook',
    ],
    [
      'above what an income can be',
      { changes: [{ ...change, value: 1e300 }] },
      '/changes/0/value',
      'refused-by-rulebook',
    ],
    [
      'a payment below nothing',
      {
        changes: [{ programme: 'dongguan/orphan-basic-living', parameter: 'standard', value: -5 }],
      },
      '/changes/0/value',
      'refused-by-rulebook',
    ],
    ['an earlier day', { ...raised(5), asOf: '2020-05-31' }, '/asOf', 'before-screening'],
    ['no day', { ...raised(5), asOf: '2020-02-30' }, '/asOf', 'impossible-date'],
    ['the future', { ...raised(5), knownAt: '2027-01-01T00:00:00Z' }, '/knownAt', 'in-the-future'],
  ]
  for (const [what, body, pointer, code] of cases) {
    const found = await compare(service, id, body)
    t.match(found, { http: 400, errors: [{ pointer, code }] }, what)
    t.notMatch(JSON.stringify(found), /8313378|1060\.005/, what)
  }
  const other = { programme: 'dongguan/orphan-basic-living', parameter: 'standard', value: 5 }
  const mixed = await compare(service, id, { changes: [other, { ...change, value: 1_060.005 }] })
  t.match(mixed, { http: 400, errors: [{ pointer: '/changes/1/value' }] })
  t.equal(
    (mixed as unknown as { errors: unknown[] }).errors.length,
    1,
    'the sound one is not named',
  )
  const bare = await service.fetch(`/${id}/impacts`, { method: 'POST' })
  t.match(await bare.json(), { status: 400, errors: [{ pointer: '/changes', code: 'required' }] })
  const later = await compare(service, id, { ...raised(1_500), asOf: '2020-07-01' })
  t.match(later, { http: 200, before: { asOf: '2020-07-01' } })
  const orphans = { programme: 'dongguan/orphan-basic-living', parameter: 'standard' }
  const limit = { programme: 'dongguan/orphan-basic-living', parameter: 'ageLimit' }
  for (const [tried, zh] of [
    [{ ...change, value: -1 }, '不能小于 0'],
    [{ ...change, value: 1060.123 }, '应在 0 至 9,999,999,999.99 之间，小数最多 2 位'],
    [{ ...limit, value: 17.5 }, '应在 0 至 400 之间，不带小数'],
    [{ ...orphans, value: 0.0005 }, /^规则库不接受这个数/],
  ] as const) {
    const refused = await service.fetch(`/${id}/impacts`, {
      ...{ method: 'POST', body: JSON.stringify({ changes: [tried] }) },
      headers: { 'content-type': 'application/json', 'accept-language': 'zh' },
    })
    t.match(await refused.json(), { errors: [{ pointer: '/changes/0/value', message: zh }] })
  }
  const { items } = (await service.ask('auditor', 'GET', '/v1/readings')).json()
  const acts = items.map(({ act }: { act: string }) => act)
  t.strictSame(acts.sort(), ['screen', 'screening-impact'], 'each answer that is shown is noted')
})

test('every parameter of every rule can be moved, or is refused as the rulebook would', async (t) => {
  for (const { versions } of rulebook.programmes.values())
    for (const version of versions)
      for (const [parameter, { value }] of Object.entries(version.rule.version.parameters))
        for (const other of [0, -1, value * 2, value + 0.001, 1e-9, 1e15, 1e300]) {
          const { kind } = changeParameters(rulebook, [{ version, parameter, value: other }])
          if (other === value * 2 && kind !== 'rulebook')
            t.comment(`${version.rule.id} ${parameter} × 2 is refused`)
          if (other === 1e300 && kind === 'rulebook')
            t.fail(`${version.rule.id} ${parameter} takes ${other}`)
        }
  t.pass('none throws')
})

test('what has not finished, is gone, or was screened with other rules is not compared', async (t) => {
  const service = await screeningService(t)
  const { upload, fetch, ended, screenings } = service
  const id = await upload(LIVING, lines([[5, 900, 'urban']]))
  await ended(id)
  const run = screenings.find(id)
  Object.assign(run?.record as object, { rulebook: 'sha256:other' })
  t.match(await compare(service, id, raised(5)), { http: 409, code: 'rulebook-changed' })
  await fetch(`/${id}`, { method: 'DELETE' })
  t.match(await compare(service, id, raised(5)), { http: 404 })
  const long = await upload(QUERY, lines([[4_000, 900, 'urban']]))
  t.match(await compare(service, long, raised(5)), { http: 409, code: 'screening-not-finished' })
  await fetch(`/${long}`, { method: 'DELETE' })
})

test('a comparison ends when its client leaves, its register goes, or the service ends', async (t) => {
  const service = await screeningService(t)
  const id = await service.upload(LIVING, lines([[20_000, 900, 'urban']]))
  await service.ended(id)
  const folder = String(service.screenings.find(id)?.folder)
  const working = () => readdirSync(folder).some((name) => name.startsWith('huimin-screening-'))
  const ask = () => {
    const asked = request(`${service.base}/v1/screenings/${id}/impacts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEYS.auditor}`, 'content-type': 'application/json' },
    })
    asked.on('error', () => {})
    asked.end(JSON.stringify(raised(1_500)))
    return asked
  }
  const leaving = ask()
  await until(async () => working())
  leaving.destroy()
  await until(async () => !working())
  const waiting = compare(service, id, raised(1_500))
  await until(async () => working())
  t.equal((await service.fetch(`/${id}`, { method: 'DELETE' })).status, 204)
  t.match(await waiting, { http: 404 })
})

test('a register that cannot be read is a fault of the service, which lives on', async (t) => {
  const service = await screeningService(t)
  const id = await service.upload(LIVING, lines([[5, 900, 'urban']]))
  await service.ended(id)
  const run = service.screenings.find(id)
  const side = { asOf: '2020-06-01', knownAt: '2026-11-24T02:00:00.000Z', rulebook }
  const gone = AbortSignal.abort(new Problem('not-found'))
  await t.rejects(Promise.resolve(run?.compare({ before: side, after: side }, gone)), {
    code: 'not-found',
  })
  writeFileSync(join(String(run?.folder), 'register.duckdb'), 'no database')
  t.match(await compare(service, id, raised(5)), { http: 500, code: 'internal-error' })
  t.equal((await service.fetch(`/${id}`)).status, 200)
  const left = readdirSync(String(run?.folder)).filter((name) => name.startsWith('huimin-'))
  t.strictSame(left, [], 'nothing half done is left')
})

test('one is computed at a time, those given up are never begun, and one too many is refused', async (t) => {
  const lane = oneAtATime(2)
  const order: string[] = []
  let go: () => void = () => {}
  const first = lane(new AbortController().signal, async () => {
    order.push('first')
    await new Promise<void>((resolve) => {
      go = resolve
    })
  })
  const controller = new AbortController()
  const second = lane(controller.signal, async () => order.push('second'))
  await t.rejects(
    lane(controller.signal, async () => order.push('third')),
    { code: 'overloaded' },
  )
  controller.abort(new Problem('request-timeout'))
  go()
  await first
  await t.rejects(second, { code: 'request-timeout' })
  await lane(new AbortController().signal, async () => order.push('last'))
  t.strictSame(order, ['first', 'last'])
})
