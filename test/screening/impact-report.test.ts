import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Test, test } from 'tap'
import { type Impact, impact } from '../../src/screening/impact/impact.js'
import { barChart } from '../../src/screening/impact/report-charts.js'
import { reportHtml } from '../../src/screening/impact/report-html.js'
import { reportCsv } from '../../src/screening/impact/write-report.js'
import { screen } from '../../src/screening/screen.js'
import { NOW, shippedRulebook } from '../support/shipped-rulebook.js'

const rulebook = shippedRulebook()
const SIDE = { rulebook, knownAt: NOW.toISOString(), programmes: ['dongguan/minimum-living'] }

/** Twenty households of three on 1,000 yuan a head. */
function households(t: Test): string {
  const path = join(t.testdir({ work: {} }), 'households.ndjson')
  const household = {
    monthlyIncomeTotal: 3000,
    hukouCode: '441900',
    meetsDibaoPropertyRule: true,
    members: [{ id: 'm1' }, { id: 'm2' }, { id: 'm3' }],
  }
  const lines = Array.from(
    { length: 20 },
    (_, index) => `${JSON.stringify({ householdId: `h${index}`, household })}\n`,
  )
  writeFileSync(path, lines.join(''))
  return path
}

/** From the rules of one day to those of another. */
function between(t: Test, before: string, after: string): Promise<Impact> {
  const sides = { before: { ...SIDE, asOf: before }, after: { ...SIDE, asOf: after } }
  return impact({ ...sides, households: households(t) })
}

test('those who lose stand left of the axis', async (t) => {
  const found = await between(t, '2020-03-06', '2020-03-05')
  t.match(found.programmes, [{ gained: 0, lost: 20, costPerMonth: -3600 }])
  const html = reportHtml(found, 'en')
  t.match(html, /<figcaption>Newly and no longer entitled/)
  t.match(html, /−20|-20/)
})

test('a side on which nothing is in force has no version', async (t) => {
  const begun = await between(t, '2010-01-01', '2020-03-06')
  t.match(begun.programmes, [{ versionBefore: null, gained: 20 }])
  t.match(reportHtml(begun, 'zh'), /— → dongguan\/minimum-living@2020-03-06/)
  const ended = await between(t, '2020-03-06', '2010-01-01')
  t.match(ended.programmes, [{ versionAfter: null, lost: 20 }])
  t.match(reportHtml(ended, 'zh'), /dongguan\/minimum-living@2020-03-06 → —/)
})

test('a cell with a comma or a quotation mark is quoted', async (t) => {
  const found = await between(t, '2020-03-05', '2020-03-06')
  const programmes = found.programmes.map((one) => ({ ...one, unit: 'CNY, "net"/month' }))
  t.match(reportCsv({ ...found, programmes }), /\n[^\n]*,441900,"CNY, ""net""\/month",,/)
})

test('an impact that is stopped says so and leaves nothing', async (t) => {
  const path = households(t)
  const folder = join(path, '../work')
  for (const phase of ['loading', 'screening']) {
    const controller = new AbortController()
    const stopped = impact({
      before: { ...SIDE, asOf: '2020-03-05' },
      after: { ...SIDE, asOf: '2020-03-06' },
      households: path,
      folder,
      batch: 5,
      signal: controller.signal,
      progress: (progress) => {
        if (progress.phase === phase) controller.abort()
      },
    })
    await t.rejects(stopped, { name: 'AbortError' }, phase)
    t.strictSame(readdirSync(folder), [], phase)
  }
})

test('a summary is in the order of the programmes, in whatever order they were loaded', async (t) => {
  const programmes = ['dongguan/minimum-living', 'dongguan/orphan-basic-living']
  const backwards = { ...rulebook, programmes: new Map([...rulebook.programmes].reverse()) }
  const question = { ...SIDE, rulebook: backwards, programmes, asOf: '2020-06-01' }
  const summary = await screen({ ...question, households: households(t) })
  t.strictSame(
    summary.programmes.map(({ programme }) => programme),
    programmes,
  )
})

test('a name that is too long for its chart is cut, and whole in the table', async (t) => {
  const long = '一个非常长的项目名称'.repeat(4)
  const short = 'short (dongguan/short)'
  const bars = [long, short].map((name) => ({ name, value: 7, series: 'a' }))
  const chart = barChart(bars, { label: 'x', series: ['a'] })
  t.match(chart, `>${long.slice(0, 27)}…<`)
  t.notMatch(chart, long)
  t.match(chart, `>${short}<`)
})
