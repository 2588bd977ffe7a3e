import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { type Impact, impact } from '../../src/screening/impact/impact.js'
import { reportHtml } from '../../src/screening/impact/report-html.js'
import { LEAST_SHOWN, suppress } from '../../src/screening/impact/suppress.js'
import { reportCsv, writeReport } from '../../src/screening/impact/write-report.js'
import { makeRegister, readRegisterModel } from '../../src/screening/register/make-register.js'
import { screen } from '../../src/screening/screen.js'
import { seeded } from '../support/seeded.js'
import { NOW, shippedRulebook } from '../support/shipped-rulebook.js'

const row = (...counts: number[]) => ({ counts })

test('a table without small counts is shown whole', async (t) => {
  const hidden = suppress([row(0, 5), row(10, 7)], row(10, 12))
  t.strictSame(hidden, { rows: [false, false], total: false })
})

test('a row with a small count hides a second row, or it could be worked out', async (t) => {
  const hidden = suppress([row(3), row(40), row(7)], row(50))
  t.strictSame(hidden, { rows: [true, false, true], total: false })
})

test('a row of zeros does not protect a small count', async (t) => {
  const hidden = suppress([row(3), row(0), row(9)], row(12))
  t.strictSame(hidden, { rows: [true, true, true], total: false })
})

test('a small total is hidden with its rows', async (t) => {
  t.strictSame(suppress([row(2), row(1)], row(3)), { rows: [true, true], total: true })
})

test('no small count can be found by taking what is shown from the total (2,000 tables)', async (t) => {
  const random = seeded(7)
  for (let run = 0; run < 2000; run++) {
    const rows = Array.from({ length: 1 + Math.floor(random() * 6) }, () =>
      row(...[0, 1].map(() => Math.floor(random() ** 3 * 30))),
    )
    const sums = [0, 1].map((place) =>
      rows.reduce((sum, { counts }) => sum + (counts[place] as number), 0),
    )
    const hidden = suppress(rows, row(...sums))
    for (const place of [0, 1]) {
      const away = rows.filter((_, index) => hidden.rows[index])
      const rest = away.reduce((sum, { counts }) => sum + (counts[place] as number), 0)
      const small = rest > 0 && rest < LEAST_SHOWN
      if (small && !hidden.total) t.fail(`${JSON.stringify(rows)} lets ${rest} be found`)
      const open = rows.some(
        ({ counts }, index) =>
          !hidden.rows[index] && (counts[place] as number) > 0 && (counts[place] as number) < 5,
      )
      if (open) t.fail(`${JSON.stringify(rows)} shows a small count`)
    }
  }
  t.pass('none found')
})

/** A three-person household on the line of 1,060 yuan a head in twelve towns and three villages. */
function lines(monthlyIncomeTotal = 3000): string {
  return Array.from({ length: 20 }, (_, index) => {
    const household = {
      monthlyIncomeTotal,
      hukouCode: '441900',
      meetsDibaoPropertyRule: true,
      settlementType: index < 17 ? 'urban' : 'rural',
      members: [{ id: 'm1' }, { id: 'm2' }, { id: 'm3' }],
    }
    return `${JSON.stringify({ householdId: `h${index}`, household })}\n`
  }).join('')
}

async function risingLine(folder: string, batch?: number, income?: number): Promise<Impact> {
  writeFileSync(join(folder, 'households.ndjson'), lines(income))
  const rulebook = shippedRulebook()
  const side = { rulebook, knownAt: NOW.toISOString(), programmes: ['dongguan/minimum-living'] }
  return impact({
    before: { ...side, asOf: '2020-03-05' },
    after: { ...side, asOf: '2020-03-06' },
    households: join(folder, 'households.ndjson'),
    batch,
  })
}

test('who gains when the line rises, by settlement type and size', async (t) => {
  const found = await risingLine(t.testdir())
  const [programme] = found.programmes
  t.match(programme, {
    programme: 'dongguan/minimum-living',
    versionBefore: 'dongguan/minimum-living@undated',
    versionAfter: 'dongguan/minimum-living@2020-03-06',
    subjects: 20,
    eligibleBefore: 0,
    eligibleAfter: 20,
    gained: 20,
    lost: 0,
    // 20 households of three with 1,060 − 1,000 yuan a head.
    costPerMonth: 3600,
  })
  t.match(found.cities, [{ jurisdiction: '441900', gained: 20, costPerMonth: 3600 }])
  const groups = Object.fromEntries(
    (programme?.by ?? []).map(({ dimension, groups: parts }) => [dimension, parts]),
  )
  t.match(groups.size, [{ value: '3', gained: 20 }])
  const settlement = groups['household.settlementType']
  t.match(settlement, [
    { value: 'rural', subjects: null, gained: null, costPerMonth: null },
    { value: 'urban', subjects: null, gained: null, costPerMonth: null },
  ])
})

test('who was entitled before has a larger amount when the line rises', async (t) => {
  const found = await risingLine(t.testdir(), undefined, 2700)
  t.match(found.programmes, [
    {
      eligibleBefore: 20,
      eligibleAfter: 20,
      gained: 0,
      raised: 20,
      lowered: 0,
      // 20 households of three: 980 − 900 and 1,060 − 900 yuan a head.
      amountBefore: 4800,
      amountAfter: 9600,
      costPerMonth: 4800,
    },
  ])
})

test('batches together change what one batch changes', async (t) => {
  const folder = t.testdir()
  t.strictSame(await risingLine(folder, 7), await risingLine(folder))
})

interface Said {
  readonly outcome: string
  readonly amount: number | null
}
/** What a screening says, by programme and subject. */
type AllSaid = ReadonlyMap<string, ReadonlyMap<string, Said>>

async function saidOn(asOf: string, files: Population, folder: string): Promise<AllSaid> {
  const out = join(folder, `${asOf}.ndjson`)
  await screen({ rulebook: shippedRulebook(), knownAt: NOW.toISOString(), asOf, ...files, out })
  const all = new Map<string, Map<string, Said>>()
  for (const row of readFileSync(out, 'utf8').trim().split('\n')) {
    const { programme, householdId, memberId, outcome, amount } = JSON.parse(row)
    const said = { outcome, amount: amount === null ? null : Number(amount) }
    all.set(programme, (all.get(programme) ?? new Map()).set(`${householdId} ${memberId}`, said))
  }
  return all
}
interface Population {
  readonly households: string
  readonly members: string
}

test('an impact counts what two screenings of one register differ in', async (t) => {
  const folder = t.testdir()
  const rulebook = shippedRulebook()
  await makeRegister({
    households: 2000,
    seed: 11,
    format: 'parquet',
    out: folder,
    dictionary: rulebook.dictionary,
    model: readRegisterModel('seeds/register/distributions.json'),
    asOf: '2016-06-01',
  })
  const files = {
    households: join(folder, 'households.parquet'),
    members: join(folder, 'members.parquet'),
  }
  const [dayBefore, dayAfter] = ['2016-06-01', '2020-06-01'] as const
  const side = { rulebook, knownAt: NOW.toISOString() }
  const found = await impact({
    before: { ...side, asOf: dayBefore },
    after: { ...side, asOf: dayAfter },
    ...files,
    batch: 900,
  })
  const before = await saidOn(dayBefore, files, folder)
  const after = await saidOn(dayAfter, files, folder)
  const shown = found.programmes.filter(({ subjects }) => subjects !== null)
  for (const { programme, ...change } of shown) {
    const [was, now] = [before, after].map((all) => all.get(programme) ?? new Map())
    const subjects = [...new Set([...(was?.keys() ?? []), ...(now?.keys() ?? [])])]
    const pairs = subjects.map((key) => [was?.get(key), now?.get(key)] as [Said?, Said?])
    const is = (of: (typeof pairs)[number][number]) => of?.outcome === 'eligible'
    // The ceiling of a loan is paid to nobody.
    const isCeiling = programme === 'dongguan/startup-loan-interest-subsidy'
    const paid = (of: (typeof pairs)[number][number]) => (isCeiling ? 0 : (of?.amount ?? 0))
    const count = (when: (pair: (typeof pairs)[number]) => boolean) => pairs.filter(when).length
    const more = (a: number | null | undefined, b: number | null | undefined) =>
      a != null && b != null && a > b
    const both = ([was, now]: (typeof pairs)[number]) => is(was) && is(now)
    t.match(
      change,
      {
        subjects: pairs.length,
        eligibleBefore: count(([was]) => is(was)),
        eligibleAfter: count(([, now]) => is(now)),
        gained: count(([was, now]) => is(now) && !is(was)),
        lost: count(([was, now]) => is(was) && !is(now)),
        raised: count((pair) => both(pair) && more(pair[1]?.amount, pair[0]?.amount)),
        lowered: count((pair) => both(pair) && more(pair[0]?.amount, pair[1]?.amount)),
        amountBefore: pairs.reduce((sum, [was]) => sum + Math.round(paid(was) * 100), 0) / 100,
        amountAfter: pairs.reduce((sum, [, now]) => sum + Math.round(paid(now) * 100), 0) / 100,
      },
      programme,
    )
  }
  const sizes = found.programmes[0]?.by.find(({ dimension }) => dimension === 'size')?.groups
  const names = sizes?.map(({ name }) => name.en)
  t.strictSame(names, ['1', '2', '3', '4', '5', '6 and more'], 'the largest are one group')
  const sum = (name: 'gained' | 'lost') =>
    shown.reduce((total, change) => total + (change[name] ?? 0), 0)
  t.ok(shown.length > 20 && sum('gained') > 0 && sum('lost') > 0)
})

test('the report stands in one file, each chart with its table, in both languages', async (t) => {
  const folder = t.testdir()
  const found = await risingLine(folder)
  const paths = await writeReport(found, join(folder, 'report'), 'zh')
  t.equal(paths.length, 3)
  const [html, json, csv] = paths.map((path) => readFileSync(path, 'utf8')) as [
    string,
    string,
    string,
  ]
  t.match(html, /<svg/)
  t.notMatch(html, /<(script|link|img|iframe)|https?:\/\/(?!www\.w3\.org)/)
  t.equal((html.match(/<figure>/g) ?? []).length > 0, true)
  t.strictSame(JSON.parse(json), found)
  t.equal(csv, reportCsv(found))
  t.match(csv, /dongguan\/minimum-living,441900,CNY\/month,,,20,0,20,20,0,0,0,0,3600,3600\n/)
  t.match(reportHtml(found, 'en'), /Newly entitled/)
  t.match(html, /新符合/)
})

test('nothing is left behind when an impact is stopped', async (t) => {
  const folder = t.testdir()
  writeFileSync(join(folder, 'households.ndjson'), lines())
  mkdirSync(join(folder, 'work'))
  const side = { rulebook: shippedRulebook(), knownAt: NOW.toISOString(), asOf: '2020-06-01' }
  const stopped = impact({
    before: side,
    after: side,
    households: join(folder, 'households.ndjson'),
    folder: join(folder, 'work'),
    signal: AbortSignal.abort(new Error('stopped')),
  })
  await t.rejects(stopped, { message: 'stopped' })
})
