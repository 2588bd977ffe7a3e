import {
  type CaseAnswer,
  type ChangedCase,
  changedCases,
} from '../../determination/changed-cases.js'
import { diffVersions } from '../../rulebook/diff.js'
import type { LoadedProgramme, LoadedVersion, Rulebook } from '../../rulebook/rulebook.js'
import { wordChanges } from '../../rulebook/word-changes.js'
import { answer, type Command } from '../command.js'
import { UsageError } from '../io.js'
import { rulebookOf } from '../rulebook-of.js'

/** `huimin rules diff A B` */
export const rulesDiff: Command = {
  help: `huimin rules diff A B [--json]

What changes from rule version A to B, drafts included, in both languages, and the cases that come
out otherwise when B is applied instead of A.
A is such as dongguan/minimum-living@undated; B may leave out the programme: 2020-03-06.`,
  options: {},
  operands: [2, 2],
  run: (given) => {
    const [from, to] = given.operands as [string, string]
    const rulebook = rulebookOf(given.io, { drafts: true })
    const a = find(rulebook, from)
    const b = find(rulebook, to.includes('@') ? to : `${from.split('@')[0]}@${to}`)
    const changes = diffVersions(a.rule.version, b.rule.version)
    const words = (language: 'zh' | 'en') =>
      wordChanges(changes, b.rule.version, rulebook, language)
    const [zh, en] = [words('zh'), words('en')]
    const cases = casesBetween(rulebook, a, b)
    const json = { from: a.rule.id, to: b.rule.id, changes, words: { zh, en }, cases }
    answer(given, json, () => {
      const lines = zh.map((text, index) => `- ${text}\n  ${en[index]}\n`)
      const difference = lines.join('') || 'no difference\n'
      return `${a.rule.id} -> ${b.rule.id}\n${difference}${casesText(cases)}`
    })
    return 0
  },
}

/** How many cases the programme has, and which of them change; other programmes' are not compared. */
interface Cases {
  readonly compared: number
  readonly changed: readonly ChangedCase[]
}

function casesBetween(rulebook: Rulebook, a: LoadedVersion, b: LoadedVersion): Cases {
  const { programme } = a.rule.version
  const loaded = rulebook.programmes.get(programme) as LoadedProgramme
  if (b.rule.version.programme !== programme) return { compared: 0, changed: [] }
  return { compared: loaded.cases.length, changed: changedCases(rulebook, loaded, [a, b]) }
}

function casesText({ compared, changed }: Cases): string {
  const count = new Set(changed.map(({ name }) => name)).size
  const en = `${count} of ${compared} cases ${count === 1 ? 'changes' : 'change'}`
  const lines = changed.map(({ name, subject, from, to }) => {
    const whose = subject.kind === 'member' ? ` (${subject.id})` : ''
    return `- ${name}${whose}: ${answerText(from)} -> ${answerText(to)}\n`
  })
  return `${compared} 个案例中有 ${count} 个结果改变\n${en}\n${lines.join('')}`
}

function answerText({ outcome, amount, missing }: CaseAnswer): string {
  return [outcome, amount ?? [], missing].flat().join(' ')
}

function find(rulebook: Rulebook, id: string): LoadedVersion {
  const all = [...rulebook.programmes.values()].flatMap(({ versions }) => versions)
  const found = all.find(({ rule }) => rule.id === id)
  if (found === undefined) throw new UsageError(`there is no rule version "${id}"`)
  return found
}
