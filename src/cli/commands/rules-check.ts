import { lintRulebook } from '../../rulebook/lints/lint-rulebook.js'
import { checkRulebook } from '../../rulebook/load-rulebook.js'
import { type Defect, defectLine, type Rulebook } from '../../rulebook/rulebook.js'
import { answer, type Command, type Given } from '../command.js'
import { placesOf } from '../rulebook-of.js'
import { counted, table } from '../table.js'

/** `huimin rules check` */
export const rulesCheck: Command = {
  help: `huimin rules check [--json]

Loads the rulebook, drafts included, and names every defect with its file, JSON pointer and reason.
Quotations are looked up when SOURCES_DIR names the folder of the source documents. Findings of
'huimin rules lint' follow as warnings.`,
  options: {},
  operands: [0, 0],
  run: (given) => {
    const checked = checkRulebook({ ...placesOf(given.io), drafts: true })
    return checked.kind === 'rulebook' ? good(given, checked.rulebook) : bad(given, checked.defects)
  },
}

function bad(given: Given, defects: readonly Defect[]): 1 {
  const lines = () => defects.map((defect) => `${defectLine(defect)}\n`).join('')
  answer(given, { defects }, () => `${lines()}${counted(defects.length, 'defect')}\n`)
  return 1
}

function good(given: Given, rulebook: Rulebook): 0 {
  const programmes = [...rulebook.programmes.values()].map(({ programme, versions, cases }) => ({
    id: programme.id,
    name: programme.name,
    versions: versions.map(({ rule }) => rule.version.version),
    drafts: versions
      .filter(({ publishedAt }) => publishedAt === null)
      .map(({ rule }) => rule.version.version),
    cases: cases.length,
  }))
  const { findings } = lintRulebook(rulebook)
  const json = { defects: [], warnings: findings, digest: rulebook.digest, programmes }
  answer(given, json, () => {
    const rows = programmes.map(({ id, versions, drafts, cases, name }) => [
      id,
      versions.join(' '),
      drafts.join(' ') || '-',
      cases,
      name.zh,
    ])
    const quotes = rulebook.paragraphs.size
    const looked =
      quotes > 0 ? `${quotes} quotations found` : 'quotations not looked up (SOURCES_DIR)'
    const warnings = findings.map(({ id, reason }) => `warning: ${id}: ${reason}\n`)
    return `${table([['programme', 'versions', 'drafts', 'cases', 'name'], ...rows])}\n${warnings.join('')}${rulebook.digest}, no defects, ${looked}\n`
  })
  return 0
}
