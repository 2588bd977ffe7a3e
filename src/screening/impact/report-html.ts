import type { Language } from '../../model/language.js'
import { COUNTS } from './changes.js'
import type { Impact } from './impact.js'
import { type Bar, barChart } from './report-charts.js'
import { COUNTED, HIDDEN_MARK, REPORT } from './report-words.js'
import type { ProgrammeImpact, ShownChange } from './show-impact.js'

/** The figures a table shows, in order. */
const SHOWN = [...COUNTS, 'costPerMonth'] as const

/** The report as one HTML file that needs no other: charts as SVG, each with its table. */
export function reportHtml(impact: Impact, language: Language): string {
  const word = (name: keyof typeof REPORT) => escaped(REPORT[name][language])
  const { before, after, households, members, rejected } = impact
  const counted = COUNTED[language](numeral(households), numeral(members), numeral(rejected))
  const clocks = (side: Impact['before'], name: 'before' | 'after') =>
    `<tr><th scope="row">${word(name)}</th><td>${word('asOf')} ${side.asOf}</td><td>${word('knownAt')} ${escaped(side.knownAt)}</td><td><code>${escaped(side.rulebook.slice(0, 23))}…</code></td></tr>`
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : 'en'}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${word('title')}</title>
<style>${STYLE}</style>
<body>
<h1>${word('title')}</h1>
<table>${clocks(before, 'before')}${clocks(after, 'after')}</table>
<p>${counted} ${word('hidden')}</p>
<section>
<h2>${word('cities')}</h2>
${costChart(
  impact.cities.map((city) => ({ name: city.name[language], change: city })),
  language,
)}
${changeTable(
  impact.cities.map((city) => ({ name: city.name[language], change: city })),
  'city',
  language,
)}
</section>
<section>
<h2>${word('programmes')}</h2>
${sectionOf(
  impact.programmes.map((one) => ({ name: titleOf(one, language), change: one })),
  'programme',
  language,
)}
</section>
${impact.programmes
  .filter(isChanged)
  .map((one) => programmeSection(one, language))
  .join('\n')}
</body>
</html>
`
}

interface Named {
  readonly name: string
  readonly change: ShownChange
}

function titleOf({ name, programme }: ProgrammeImpact, language: Language): string {
  return `${name[language]} (${programme})`
}

/** Whether a programme is worth a section: something in it changes and may be shown. */
function isChanged({ gained, lost, raised, lowered }: ProgrammeImpact): boolean {
  return [gained, lost, raised, lowered].some((count) => count !== null && count > 0)
}

function programmeSection(programme: ProgrammeImpact, language: Language): string {
  const tables = programme.by.map(({ name, groups }) => {
    const rows = groups.map((group) => ({ name: group.name[language], change: group }))
    return `<h3>${escaped(name[language])}</h3>\n${sectionOf(rows, 'group', language)}`
  })
  const versions = `${programme.versionBefore ?? '—'} → ${programme.versionAfter ?? '—'}`
  return `<section>
<h2>${escaped(titleOf(programme, language))}</h2>
<p><code>${escaped(versions)}</code></p>
${tables.join('\n')}
</section>`
}

function sectionOf(
  rows: readonly Named[],
  head: 'programme' | 'group',
  language: Language,
): string {
  return [
    changeChart(rows, language),
    costChart(rows, language),
    changeTable(rows, head, language),
  ].join('\n')
}

function changeChart(rows: readonly Named[], language: Language): string {
  const series = [REPORT.gained[language], REPORT.lost[language]]
  const bars = rows.flatMap(({ name, change: { gained, lost } }): readonly Bar[] => [
    ...(gained ? [{ name, value: gained, series: series[0] as string }] : []),
    ...(lost ? [{ name, value: -lost, series: series[1] as string }] : []),
  ])
  return figure(bars, REPORT.changeChart[language], series)
}

function costChart(rows: readonly Named[], language: Language): string {
  const series = [REPORT.costChart[language]]
  const bars = rows.flatMap(({ name, change: { costPerMonth } }): readonly Bar[] =>
    costPerMonth ? [{ name, value: costPerMonth, series: series[0] as string }] : [],
  )
  return figure(bars, REPORT.costChart[language], series)
}

/** A chart, or nothing where no bar may be shown: the table that follows says so. */
function figure(bars: readonly Bar[], label: string, series: readonly string[]): string {
  if (bars.length === 0) return ''
  return `<figure>${barChart(bars, { label, series })}<figcaption>${escaped(label)}</figcaption></figure>`
}

function changeTable(
  rows: readonly Named[],
  head: 'programme' | 'group' | 'city',
  language: Language,
): string {
  const titles = [head, ...SHOWN].map(
    (name) => `<th scope="col">${escaped(REPORT[name][language])}</th>`,
  )
  const lines = rows.map(({ name, change }) => {
    const cells = SHOWN.map((key) => `<td>${cell(key, change)}</td>`)
    return `<tr><th scope="row">${escaped(name)}</th>${cells.join('')}</tr>`
  })
  return `<table><thead><tr>${titles.join('')}</tr></thead><tbody>${lines.join('\n')}</tbody></table>`
}

function cell(key: (typeof SHOWN)[number], change: ShownChange): string {
  const value = change[key]
  if (value !== null) return numeral(value)
  // Without a cost there are counts all the same; without counts the row is hidden.
  return key === 'costPerMonth' && change.subjects !== null ? '—' : HIDDEN_MARK
}

function numeral(value: number): string {
  return value.toLocaleString('en-US')
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => ENTITIES[character] as string)
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
}

const STYLE = `
body{font:16px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;margin:1rem 0;font-size:.875rem;display:block;overflow-x:auto}
th,td{border:1px solid #ccc;padding:.25rem .5rem;text-align:right;font-variant-numeric:tabular-nums}
th[scope=row]{text-align:left;font-weight:normal}thead th{background:#f3f3f3}thead th:first-child{text-align:left}
figure{margin:1rem 0;overflow-x:auto}figcaption{font-size:.875rem;color:#555}`
