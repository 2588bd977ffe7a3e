import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'tap'
import { type Impact, impact } from '../../src/screening/impact/impact.js'
import { reportHtml } from '../../src/screening/impact/report-html.js'
import { LEAST_SHOWN, suppress } from '../../src/screening/impact/suppress.js'
import { reportCsv, writeReport } from '../../src/screening/impact/write-report.js'
import { seeded } from '../support/random-households.js'
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
function lines(): string {
  return Array.from({ length: 20 }, (_, index) => {
    const household = {
      monthlyIncomeTotal: 3000,
      hukouCode: '441900',
      meetsDibaoPropertyRule: true,
      settlementType: index < 17 ? 'urban' : 'rural',
      members: [{ id: 'm1' }, { id: 'm2' }, { id: 'm3' }],
    }
    return `${JSON.stringify({ householdId: `h${index}`, household })}\n`
  }).join('')
}

async function risingLine(folder: string): Promise<Impact> {
  writeFileSync(join(folder, 'households.ndjson'), lines())
  const rulebook = shippedRulebook()
  const side = { rulebook, knownAt: NOW.toISOString(), programmes: ['dongguan/minimum-living'] }
  return impact({
    before: { ...side, asOf: '2020-03-05' },
    after: { ...side, asOf: '2020-03-06' },
    households: join(folder, 'households.ndjson'),
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
