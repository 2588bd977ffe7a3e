import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Language } from '../../model/language.js'
import { makeFolder } from '../../rulebook/make-folder.js'
import { writeWhole } from '../workspace.js'
import { COUNTS } from './changes.js'
import type { Impact } from './impact.js'
import { reportHtml } from './report-html.js'
import type { ShownChange } from './show-impact.js'

/** The files of a report. */
export const REPORT_FILES = ['impact.html', 'impact.json', 'impact.csv'] as const

/** Writes the files of a report into a folder; the paths written. */
export async function writeReport(
  impact: Impact,
  folder: string,
  language: Language,
): Promise<readonly string[]> {
  makeFolder(folder)
  const files: Readonly<Record<(typeof REPORT_FILES)[number], string>> = {
    'impact.html': reportHtml(impact, language),
    'impact.json': `${JSON.stringify(impact, null, 2)}\n`,
    'impact.csv': reportCsv(impact),
  }
  const paths: string[] = []
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name)
    await writeWhole(path, (unfinished) => writeFileSync(unfinished, text))
    paths.push(path)
  }
  return paths
}

const FIGURES = [...COUNTS, 'amountBefore', 'amountAfter', 'costPerMonth'] as const

/** One line for each programme in all, and for each of its groups; empty: not shown. */
export function reportCsv({ programmes }: Impact): string {
  const line = (cells: readonly (string | number | null)[]) => `${cells.map(csv).join(',')}\n`
  const figures = (change: ShownChange) => FIGURES.map((name) => change[name])
  const lines = programmes.flatMap((one) => {
    const { programme, jurisdiction, unit, by } = one
    const head = [programme, jurisdiction, unit]
    const groups = by.flatMap(({ dimension, groups: parts }) =>
      parts.map((part) => line([...head, dimension, part.value, ...figures(part)])),
    )
    return [line([...head, null, null, ...figures(one)]), ...groups]
  })
  const title = ['programme', 'jurisdiction', 'unit', 'dimension', 'value', ...FIGURES]
  return [line(title), ...lines].join('')
}

function csv(value: string | number | null): string {
  const text = value === null ? '' : String(value)
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
